//! Emails.

use super::emails::{Email, EmailPage, EmailStatus, EmailUpdate, MessageDirection};
use super::pages::spring_paging;
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Emails.
    unrecognizedEmails UnrecognizedEmailsResource;

    /// List email without a known patient.
    ///
    /// Same answer as the patient list. The 2026 doc site has other paths for these.
    list "unrecognizedEmailsList": GET "/{tenantName}/{instanceName}/unrecognized-patients/emails"
        query {
            ..spring_paging,
            /// Text search in subject and body.
            search: Text,
            /// Sender id.
            sender: Uuid,
            /// Receiver id.
            receiver: Uuid,
            /// Direction.
            direction: MessageDirection,
            /// Starred flag.
            starred: Boolean,
            /// Matches the from address.
            from: Text,
            /// Matches the to address.
            to: Text,
            /// Matches from or to.
            email: Text,
            /// Sender name.
            senderName: Text,
            /// Receiver name.
            receiverName: Text,
            /// One or more statuses, comma separated.
            status: List<EmailStatus>,
        }
        reply(EmailPage)
        pages SpringPage;

    /// Read one unrecognized email.
    get "unrecognizedEmailsGet": GET "/{tenantName}/{instanceName}/unrecognized-patients/emails/{emailId}"
        path(
            /// Email id.
            emailId: Uuid,
        )
        reply(Email);

    /// Star or assign one unrecognized email.
    ///
    /// Set sender to assign it (taken to be the patient id).
    update "unrecognizedEmailsUpdate": PUT "/{tenantName}/{instanceName}/unrecognized-patients/emails/{emailId}"
        path(
            /// Email id.
            emailId: Uuid,
        )
        body(EmailUpdate)
        reply(Email);

    /// Delete one unrecognized email.
    delete "unrecognizedEmailsDelete": DELETE "/{tenantName}/{instanceName}/unrecognized-patients/emails/{emailId}"
        path(
            /// Email id.
            emailId: Uuid,
        );
}

records! {}

enumerations! {}

aliases! {}
