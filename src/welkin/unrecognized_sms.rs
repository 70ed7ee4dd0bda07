//! SMS without a known patient.

use super::emails::MessageDirection;
use super::pages::spring_paging;
use super::sms::{Sms, SmsPage, SmsStatus, SmsUpdate};
use crate::resource;
use crate::schema::*;

resource! {
    /// SMS without a known patient.
    unrecognizedSms UnrecognizedSmsResource;

    /// List SMS without a known patient.
    list "unrecognizedSmsList": GET "/{tenantName}/{instanceName}/unrecognized-patients/sms"
        query {
            ..spring_paging,
            /// Text search in the message.
            search: Text,
            /// Only from this sender.
            sender: Uuid,
            /// Only to this receiver.
            receiver: Uuid,
            /// Only this direction.
            direction: MessageDirection,
            /// Only starred ones, or only others.
            starred: Boolean,
            /// Matches the `from` number.
            from: Text,
            /// Matches the `to` number.
            to: Text,
            /// Matches `from` or `to`.
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
    /// Set `sender` to the id of a patient to assign it.
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
