//! Bulk import files.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Bulk import files.
    sftpUploads SftpUploadsResource;

    /// List files in the SFTP drop.
    ///
    /// The enterprise_ids[] parameter is present but switched off in the collection, so it is
    /// optional.
    list "sftpUploadsList": GET "/partner/v2/sftp_uploads"
        query {
            /// Limit to these enterprises; repeat the key per id.
            enterprise_ids as "enterprise_ids[]": List<Integer>,
        }
        reply(OpenListResponse)
        pages PlainArray;

    /// Start an import from an uploaded file.
    ///
    /// Flat body, no envelope.
    create_import_batch "sftpUploadsCreateImportBatch": POST "/partner/v2/sftp_uploads/create_import_batch"
        body(SftpImportBatchRequest)
        reply(OpenObject);
}

records! {
    /// Flat body without an envelope.
    SftpImportBatchRequest {
        filename: Text,
        enterprise_id: Integer,
        /// Start the import at once.
        start: Boolean,
        /// Remove the file afterwards.
        delete_file: Boolean,
    }
}

enumerations! {
}

aliases! {
    /// List body of unknown shape; by convention an object with one plural array key.
    OpenListResponse = OpenObject;
}
