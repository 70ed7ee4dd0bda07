//! Metadata of stored files.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Metadata of stored files.
    attachments AttachmentsResource;

    /// List the attachments of a payment.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_payment "attachmentsListByPayment": GET "/partner/v2/payments/{id}/attachments"
        path(
            /// Id of the payment.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(AttachmentListResponse)
        pages PageNumber("attachments");

    /// List attachments.
    ///
    /// No filter field is confirmed for this list.
    list "attachmentsList": GET "/partner/v2/attachments"
        query { ..filtered_paging }
        reply(AttachmentListResponse)
        pages PageNumber("attachments");

    /// Create attachment metadata.
    ///
    /// No source shows how the bytes of the file are uploaded.
    create "attachmentsCreate": POST "/partner/v2/attachments"
        body(AttachmentInput) in "attachment"
        reply(Attachment) in "attachment";

    /// Read attachment metadata.
    get "attachmentsGet": GET "/partner/v2/attachments/{id}"
        path(
            /// Id of the attachment.
            id: Integer,
        )
        reply(Attachment) in "attachment";

    /// Update attachment metadata.
    update "attachmentsUpdate": PUT "/partner/v2/attachments/{id}"
        path(
            /// Id of the attachment.
            id: Integer,
        )
        body(AttachmentInput) in "attachment" and id
        reply(Attachment) in "attachment";

    /// Delete an attachment.
    delete "attachmentsDelete": DELETE "/partner/v2/attachments/{id}"
        path(
            /// Id of the attachment.
            id: Integer,
        );

    /// Download an attachment.
    ///
    /// The reply may be bytes, a redirect or JSON with a URL: no source says which. What comes is
    /// given as a file, with its type. A redirect is not followed and ends in an `ApiError`.
    download "attachmentsDownload": GET "/partner/v2/attachments/{id}/download"
        path(
            /// Id of the attachment.
            id: Integer,
        )
        gives file;
}

records! {
    /// A page of attachments; no source shows what else it holds.
    AttachmentListResponse {
        attachments: List<Attachment>,
    }

    /// Metadata of a stored file.
    Attachment {
        id: Integer,
        enterprise_id: Integer,
        category: Text,
        output_source: Text,
        mime_type: Text,
        /// In bytes.
        size: Integer,
        checksum: Text,
        /// A string, although it counts.
        version: Text,
        display_name: Text,
        path: Text,
    }

    /// What is given of an attachment.
    AttachmentInput {
        enterprise_id: Integer,
        category: Text,
        output_source: Text,
        mime_type: Text,
        /// In bytes.
        size: Integer,
        checksum: Text,
        /// A string, although it counts.
        version: Text,
        display_name: Text,
        path: Text,
    }
}
