//! Files for bulk imports.

use crate::schema::*;
use crate::{aliases, records, resource};

resource! {
    /// Files for bulk imports.
    sftpUploads SftpUploadsResource;

    /// List files in the SFTP drop.
    ///
    /// The shape of the reply and its paging are not known, so this is one reply, passed on whole.
    list "sftpUploadsList": GET "/partner/v2/sftp_uploads"
        query {
            /// Only files of these enterprises.
            enterprise_ids as "enterprise_ids[]": List<Integer>,
        }
        reply(OpenListResponse);

    /// Start an import from an uploaded file.
    ///
    /// The body goes as it is, without an envelope.
    create_import_batch "sftpUploadsCreateImportBatch": POST "/partner/v2/sftp_uploads/create_import_batch"
        body(SftpImportBatchRequest)
        reply(OpenObject);
}

records! {
    /// What is imported.
    SftpImportBatchRequest {
        filename: Text,
        enterprise_id: Integer,
        /// Start the import at once.
        start: Boolean,
        /// Remove the file afterwards.
        delete_file: Boolean,
    }
}

aliases! {
    /// No source shows its fields; other lists are an object with one array.
    OpenListResponse = OpenObject;
}
