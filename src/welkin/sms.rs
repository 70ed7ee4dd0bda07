//! SMS.

use super::emails::MessageDirection;
use super::pages::{SpringPageBase, spring_paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// SMS.
    sms SmsResource;

    /// List SMS of a patient.
    list "smsList": GET "/{tenantName}/{instanceName}/patients/{patientId}/sms"
        path(
            /// Patient id.
            patientId: Uuid,
        )
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

    /// Send an SMS.
    ///
    /// Needs the telephony module configured.
    send "smsSend": POST "/{tenantName}/{instanceName}/patients/{patientId}/sms"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        body(SmsSend)
        reply(Sms);

    /// Read one SMS.
    ///
    /// Only the 404 answer is recorded.
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
    /// Headings say PUT while the sample code calls post; PUT is used. Sent outbound: only starred.
    /// Inbound: sender reassigns the patient. SCHEDULED: full edit.
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
    /// Only SCHEDULED or UNRECOGNISED. Heading says DELETE, the sample code calls get; DELETE is
    /// used.
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
    /// Samples come from the 2021 docs only and are all outbound; recordings held an empty list.
    /// Expect null in scheduledAt, sender, senderName and patientInfo on inbound or unrecognized
    /// ones.
    Sms {
        id: Uuid,
        /// Reads false even after a send-now request.
        sendNow: Boolean,
        scheduledAt: DateTime,
        /// Null expected while scheduled, as seen on emails.
        sentAt: DateTime | null,
        receivedAt: DateTime | null,
        /// Null expected while scheduled, as seen on emails.
        date: DateTime | null,
        /// Display text, not a list.
        careTeam: Text,
        /// Display text.
        patientInfo: Text,
        timezone: Text,
        /// User or patient id.
        sender: Uuid,
        from: Text,
        /// User or patient id.
        receiver: Uuid,
        to: Text,
        direction: MessageDirection,
        /// Provider message id.
        externalId: Text,
        starred: Boolean,
        senderName: Text,
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
        /// Receiver id (the patient; the docs sample shows an id other than the one in the path).
        receiver: Uuid,
    }

    /// Allowed fields depend on the current status.
    SmsUpdate {
        starred: Boolean,
        /// Reassigns an inbound SMS; taken to be the patient id, the docs only say sender.
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
    /// Docs spell the last value both ways.
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

aliases! {}
