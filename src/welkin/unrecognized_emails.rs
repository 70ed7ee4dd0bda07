//! Emails without a known patient.

use super::emails::{Email, EmailPage, EmailStatus, EmailUpdate, MessageDirection};
use super::pages::spring_paging;
use crate::resource;
use crate::schema::*;

resource! {
    /// Emails without a known patient.
    unrecognizedEmails UnrecognizedEmailsResource;

    /// List emails without a known patient.
    list "unrecognizedEmailsList": GET "/{tenantName}/{instanceName}/unrecognized-patients/emails"
        query {
            ..spring_paging,
            /// Text search in subject and body.
            search: Text,
            /// Only from this sender.
            sender: Uuid,
            /// Only to this receiver.
            receiver: Uuid,
            /// Only this direction.
            direction: MessageDirection,
            /// Only starred ones, or only others.
            starred: Boolean,
            /// Matches the `from` address.
            from: Text,
            /// Matches the `to` address.
            to: Text,
            /// Matches `from` or `to`.
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
    /// Set `sender` to the id of a patient to assign it.
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
