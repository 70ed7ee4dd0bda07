//! SMS.

use super::emails::MessageDirection;
use super::pages::spring_paging;
use super::sms::{Sms, SmsPage, SmsStatus, SmsUpdate};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// SMS.
    unrecognizedSms UnrecognizedSmsResource;

    /// List SMS without a known patient.
    ///
    /// Same answer as the patient list. A sample URL inserts a patient id here; the documented
    /// structure has none. The 2026 doc site has other paths for these.
    list "unrecognizedSmsList": GET "/{tenantName}/{instanceName}/unrecognized-patients/sms"
        query {
            ..spring_paging,
            /// Text search in the message.
            search: Text,
            /// Sender id.
            sender: Uuid,
            /// Receiver id.
            receiver: Uuid,
            /// Direction.
            direction: MessageDirection,
            /// Starred flag.
            starred: Boolean,
            /// Matches the from number.
            from: Text,
            /// Matches the to number.
            to: Text,
            /// Matches from or to.
            phone: Text,
            /// Sender name.
            senderName: Text,
            /// Receiver name.
            receiverName: Text,
            /// One or more statuses, comma separated.
            status: List<SmsStatus>,
        }
        reply(SmsPage)
        pages SpringPage;

    /// Read one unrecognized SMS.
    get "unrecognizedSmsGet": GET "/{tenantName}/{instanceName}/unrecognized-patients/sms/{smsId}"
        path(
            /// SMS id.
            smsId: Uuid,
        )
        reply(Sms);

    /// Star or assign one unrecognized SMS.
    ///
    /// Set sender to assign it (taken to be the patient id).
    update "unrecognizedSmsUpdate": PUT "/{tenantName}/{instanceName}/unrecognized-patients/sms/{smsId}"
        path(
            /// SMS id.
            smsId: Uuid,
        )
        body(SmsUpdate)
        reply(Sms);

    /// Delete one unrecognized SMS.
    delete "unrecognizedSmsDelete": DELETE "/{tenantName}/{instanceName}/unrecognized-patients/sms/{smsId}"
        path(
            /// SMS id.
            smsId: Uuid,
        );
}

records! {}

enumerations! {}

aliases! {}
