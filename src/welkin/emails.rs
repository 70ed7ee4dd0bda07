//! Emails from and to patients.

use super::pages::{SpringPageBase, spring_paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

/// What a list of emails can be asked for. A part of [`resource!`](crate::resource).
macro_rules! email_filters {
    ({} $beside:tt) => {
        $crate::query! {
            {
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
            $beside
        }
    };
}
pub(crate) use email_filters;

resource! {
    /// Emails from and to patients.
    emails EmailsResource;

    /// List emails of a patient.
    list "emailsList": GET "/{tenantName}/{instanceName}/patients/{patientId}/emails"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query { ..email_filters }
        reply(EmailPage)
        pages SpringPage;

    /// Send or schedule an email.
    ///
    /// Needs the mail module. Attachments go out as files under `attachmentsAsFiles`.
    send "emailsSend": POST "/{tenantName}/{instanceName}/patients/{patientId}/emails"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        body(EmailSend)
        form(EmailSendMultipart)
        reply(Email);

    /// Read one email.
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
    /// What can change depends on the email: `starred` once it was sent, `sender` on one that came
    /// in (which moves it to that patient), everything while it is SCHEDULED.
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
    /// Only one that is SCHEDULED or UNRECOGNISED.
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
    /// Known from documented examples of outbound email only: expect null in `scheduledAt`,
    /// `sender`, `senderName` and `patientInfo` of others.
    Email {
        id: Uuid,
        /// Reads false even after a send-now request.
        sendNow: Boolean,
        scheduledAt: DateTime | null,
        sentAt: DateTime | null,
        receivedAt: DateTime | null,
        /// Effective message time; null while scheduled.
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
        subject: Text,
        body: Text,
        status: EmailStatus,
        secure: Boolean,
        /// Null in every example, also after attachments were sent; its shape is not known.
        attachments: Anything,
    }

    /// Email to send.
    EmailSend {
        subject: Text,
        body: Text,
        /// Id of the receiver: the patient.
        receiver: Uuid,
        sendNow: Boolean,
        /// True sends through the secure provider.
        secure: Boolean,
        /// When to send it, if not now.
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

    /// Change of an email. Which fields it may have depends on the status.
    EmailUpdate {
        /// Only allowed change once an OUT email has left.
        starred: Boolean,
        /// Moves an inbound email to another patient: taken to be the patient's id, the
        /// documentation only says sender.
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
    /// IN is from the patient, OUT to the patient.
    MessageDirection { IN = "IN", OUT = "OUT" }

    /// The last value comes in two spellings; filter with UNRECOGNISED.
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

aliases! {}
