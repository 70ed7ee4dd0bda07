//! File metadata.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// File metadata.
    attachments AttachmentsResource;

    /// List attachments of a payment.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link name in a third-party payment model.
    list_by_payment "attachmentsListByPayment": GET "/partner/v2/payments/{id}/attachments"
        path(
            /// Record id.
            id: Integer,
        )
        query {
            /// Page number; not shown for this list.
            page: Integer,
            /// Records per page; not shown for this list.
            per_page: Integer,
            /// Sort field; not shown for this list.
            sort: Text,
            /// Sent as filter[field]=value; no field is shown for this list.
            filter: Map<Text>,
        }
        reply(AttachmentListResponse)
        pages PageNumber("attachments");

    /// List attachments.
    ///
    /// The collection entry meant to show a filter here points at the practices list, so no filter
    /// field is confirmed.
    list "attachmentsList": GET "/partner/v2/attachments"
        query {
            /// Sent as filter[field]=value; no field is shown for this list.
            filter: Map<Text>,
            /// Field to sort by, ascending; no descending form is documented.
            sort: Text,
            /// Page number; probably starts at 1. The collection calls it the number of pages to
            /// return; its sample of page 2 with 2 per page reads as a page index.
            page: Integer,
            /// Records per page; default and maximum unknown.
            per_page: Integer,
        }
        reply(AttachmentListResponse)
        pages PageNumber("attachments");

    /// Create attachment metadata.
    create "attachmentsCreate": POST "/partner/v2/attachments"
        body(AttachmentInput) in "attachment"
        reply(Attachment) in "attachment";

    /// Read attachment metadata.
    get "attachmentsGet": GET "/partner/v2/attachments/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        reply(Attachment) in "attachment";

    /// Update attachment metadata.
    update "attachmentsUpdate": PUT "/partner/v2/attachments/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        body(AttachmentInput) in "attachment" and id
        reply(Attachment) in "attachment";

    /// Delete an attachment.
    delete "attachmentsDelete": DELETE "/partner/v2/attachments/{id}"
        path(
            /// Record id.
            id: Integer,
        );

    /// Download an attachment.
    ///
    /// Reply may be raw bytes, a redirect or JSON with a URL; no source says.
    download "attachmentsDownload": GET "/partner/v2/attachments/{id}/download"
        path(
            /// Record id.
            id: Integer,
        );
}

records! {
    /// Array under "attachments"; paging metadata, if any, is undocumented and must be kept.
    AttachmentListResponse {
        attachments: List<Attachment>,
    }

    /// Metadata of a stored file.
    ///
    /// No response sample.
    Attachment {
        id: Integer,
        enterprise_id: Integer,
        category: Text,
        output_source: Text,
        mime_type: Text,
        /// Bytes.
        size: Integer,
        checksum: Text,
        /// String, not a number.
        version: Text,
        display_name: Text,
        path: Text,
    }

    /// Writable attachment metadata; no source shows how bytes are uploaded.
    AttachmentInput {
        enterprise_id: Integer,
        category: Text,
        output_source: Text,
        mime_type: Text,
        /// Bytes.
        size: Integer,
        checksum: Text,
        /// String, not a number.
        version: Text,
        display_name: Text,
        path: Text,
    }
}

enumerations! {
}

aliases! {
}
