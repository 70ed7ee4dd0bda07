//! SMS from and to patients.

use super::emails::MessageDirection;
use super::pages::{SpringPageBase, spring_paging};
use crate::schema::*;
use crate::{enumerations, records, resource};

/// What a list of SMS can be asked for. A part of [`resource!`](crate::resource).
macro_rules! sms_filters {
    ({} $beside:tt) => {
        $crate::query! {
            {
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
            $beside
        }
    };
}
pub(crate) use sms_filters;

resource! {
    /// SMS from and to patients.
    sms SmsResource;

    /// List SMS of a patient.
    list "smsList": GET "/{tenantName}/{instanceName}/patients/{patientId}/sms"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query { ..sms_filters }
        reply(SmsPage)
        pages SpringPage;

    /// Send an SMS.
    ///
    /// Needs the telephony module.
    send "smsSend": POST "/{tenantName}/{instanceName}/patients/{patientId}/sms"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        body(SmsSend)
        reply(Sms);

    /// Read one SMS.
    get "smsGet": GET "/{tenantName}/{instanceName}/patients/{patientId}/sms/{smsId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// SMS id.
            smsId: Uuid,
        )
        reply(Sms);

    /// Star, reassign or edit one SMS.
    ///
    /// What can change depends on the SMS: `starred` once it was sent, `sender` on one that came in
    /// (which moves it to that patient), everything while it is SCHEDULED.
    update "smsUpdate": PUT "/{tenantName}/{instanceName}/patients/{patientId}/sms/{smsId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// SMS id.
            smsId: Uuid,
        )
        body(SmsUpdate)
        reply(Sms);

    /// Delete one SMS.
    ///
    /// Only one that is SCHEDULED or UNRECOGNISED.
    delete "smsDelete": DELETE "/{tenantName}/{instanceName}/patients/{patientId}/sms/{smsId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// SMS id.
            smsId: Uuid,
        );
}

records! {
    /// Page of SMS.
    SmsPage: SpringPageBase {
        content: List<Sms>,
    }

    /// SMS record.
    ///
    /// Known from documented examples of outbound SMS only: expect null in `scheduledAt`,
    /// `sender`, `senderName` and `patientInfo` of others.
    Sms {
        id: Uuid,
        /// Reads false even after a send-now request.
        sendNow: Boolean,
        scheduledAt: DateTime | null,
        /// Null while scheduled.
        sentAt: DateTime | null,
        receivedAt: DateTime | null,
        /// Null while scheduled.
        date: DateTime | null,
        /// Display text, not a list.
        careTeam: Text,
        /// Display text.
        patientInfo: Text | null,
        timezone: Text,
        /// User or patient id.
        sender: Uuid | null,
        from: Text,
        /// User or patient id.
        receiver: Uuid,
        to: Text,
        direction: MessageDirection,
        /// Provider message id.
        externalId: Text,
        starred: Boolean,
        senderName: Text | null,
        receiverName: Text,
        message: Text,
        /// Number of SMS segments.
        parts: Integer,
        status: SmsStatus,
    }

    /// SMS to send.
    SmsSend {
        message: Text,
        sendNow: Boolean,
        /// Id of the receiver: the patient.
        receiver: Uuid,
    }

    /// Change of an SMS. Which fields it may have depends on the status.
    SmsUpdate {
        starred: Boolean,
        /// Moves an inbound SMS to another patient: taken to be the patient's id, the documentation
        /// only says sender.
        sender: Uuid,
        /// While SCHEDULED.
        message: Text,
        /// While SCHEDULED.
        sendNow: Boolean,
        /// While SCHEDULED.
        receiver: Uuid,
    }
}

enumerations! {
    /// The last value comes in two spellings; filter with UNRECOGNISED.
    SmsStatus {
        SCHEDULED = "SCHEDULED",
        ACCEPTED = "ACCEPTED",
        SENT = "SENT",
        RECEIVED = "RECEIVED",
        DELIVERED = "DELIVERED",
        UNDELIVERED = "UNDELIVERED",
        FAILED = "FAILED",
        UNRECOGNISED = "UNRECOGNISED",
        UNRECOGNIZED = "UNRECOGNIZED",
    }
}
