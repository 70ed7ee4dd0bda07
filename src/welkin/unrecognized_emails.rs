//! Emails without a known patient.

use super::emails::{Email, EmailPage, EmailStatus, EmailUpdate, MessageDirection, email_filters};
use super::pages::spring_paging;
use crate::resource;
use crate::schema::*;

resource! {
    /// Emails without a known patient.
    unrecognizedEmails UnrecognizedEmailsResource;

    /// List emails without a known patient.
    list "unrecognizedEmailsList": GET "/{tenantName}/{instanceName}/unrecognized-patients/emails"
        query { ..email_filters }
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
