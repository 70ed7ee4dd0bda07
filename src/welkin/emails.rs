//! Emails.

use super::pages::SpringPageBase;
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Emails.
    emails EmailsResource;

    /// List email of a patient.
    list "emailsList": GET "/{tenantName}/{instanceName}/patients/{patientId}/emails"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query {
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
            /// Zero-based page number, default 0.
            page: Integer,
            /// Page size, default 20.
            size: Integer,
            /// Field and direction, as in firstName,desc.
            sort: Text,
        }
        reply(EmailPage)
        pages SpringPage;

    /// Send or schedule an email.
    ///
    /// JSON without attachments, multipart/form-data with files under attachmentsAsFiles. Needs the
    /// mail module configured. The samples carry no sender field.
    send "emailsSend": POST "/{tenantName}/{instanceName}/patients/{patientId}/emails"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        body(EmailSend)
        form(EmailSendMultipart)
        reply(Email);

    /// Read one email.
    ///
    /// Only the 404 answer is recorded.
    get "emailsGet": GET "/{tenantName}/{instanceName}/patients/{patientId}/emails/{emailId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Email id.
            emailId: Uuid,
        )
        reply(Email);

    /// Star, reassign or edit one email.
    ///
    /// Headings say PUT while the sample code calls post; PUT is used. Sent outbound: only starred.
    /// Inbound: sender reassigns the patient. SCHEDULED: full edit. One sample URL nests
    /// unrecognized-patients under a patient; treated as a typo.
    update "emailsUpdate": PUT "/{tenantName}/{instanceName}/patients/{patientId}/emails/{emailId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Email id.
            emailId: Uuid,
        )
        body(EmailUpdate)
        reply(Email);

    /// Delete one email.
    ///
    /// Only SCHEDULED or UNRECOGNISED. Heading says DELETE, the sample code calls get; DELETE is
    /// used.
    delete "emailsDelete": DELETE "/{tenantName}/{instanceName}/patients/{patientId}/emails/{emailId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Email id.
            emailId: Uuid,
        );
}

records! {
    /// Page of emails.
    EmailPage: SpringPageBase {
        content: List<Email>,
    }

    /// Email record.
    ///
    /// Samples come from the 2021 docs only and are all outbound; recordings held an empty list.
    /// Expect null in scheduledAt, sender, senderName and patientInfo on inbound or unrecognized
    /// ones.
    Email {
        id: Uuid,
        /// Reads false even after a send-now request.
        sendNow: Boolean,
        scheduledAt: DateTime,
        sentAt: DateTime | null,
        receivedAt: DateTime | null,
        /// Effective message time; null while scheduled.
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
        subject: Text,
        body: Text,
        status: EmailStatus,
        secure: Boolean,
        /// Null in every sample, even after sending attachments; shape unknown.
        attachments: Anything,
    }

    /// Email to send.
    EmailSend {
        subject: Text,
        body: Text,
        /// Receiver id (the patient; the docs sample shows an id other than the one in the path).
        receiver: Uuid,
        sendNow: Boolean,
        /// True sends through the secure provider.
        secure: Boolean,
        /// For later sending (shown only in the update sample).
        scheduledAt: DateTime,
    }

    /// Form parts for an email with attachments.
    EmailSendMultipart {
        /// Files; repeat the part for several.
        attachmentsAsFiles: List<File>,
        subject: Text,
        body: Text,
        receiver: Uuid,
        /// Literal true or false as text.
        sendNow: Text,
        /// Literal true or false as text; not shown in the multipart sample.
        secure: Text,
    }

    /// Allowed fields depend on the current status.
    EmailUpdate {
        /// Only allowed change once an OUT email has left.
        starred: Boolean,
        /// Reassigns an IN email; taken to be the patient id, the docs only say sender.
        sender: Uuid,
        /// While SCHEDULED.
        subject: Text,
        /// While SCHEDULED.
        body: Text,
        /// While SCHEDULED.
        receiver: Uuid,
        /// While SCHEDULED.
        scheduledAt: DateTime,
        /// While SCHEDULED.
        secure: Boolean,
    }
}

enumerations! {
    /// IN = from patient, OUT = to patient.
    MessageDirection { IN = "IN", OUT = "OUT" }

    /// Docs spell the last value both ways; accept both, filter with UNRECOGNISED (the spelling in
    /// the parameter table).
    EmailStatus {
        SCHEDULED = "SCHEDULED",
        ACCEPTED = "ACCEPTED",
        DELIVERED = "DELIVERED",
        REJECTED = "REJECTED",
        FAILED = "FAILED",
        UNRECOGNISED = "UNRECOGNISED",
        UNRECOGNIZED = "UNRECOGNIZED",
    }
}

aliases! {
}
