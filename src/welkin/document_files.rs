//! Files of patient documents.

use super::document_summaries::FileInfo;
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Files of patient documents.
    documentFiles DocumentFilesResource;

    /// Upload files to a document.
    ///
    /// Part name is files, repeatable; give each part a filename and content type. Allowed: jpg,
    /// jpeg, png, pdf.
    upload "documentFilesUpload": POST "/{tenantName}/{instanceName}/patients/{patientId}/document-summary/{documentSummaryId}/files"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Document summary id.
            documentSummaryId: Uuid,
        )
        form(FilesUpload)
        reply(List<FileInfo>);

    /// Download a file.
    ///
    /// The content type is that of the file.
    download "documentFilesDownload": GET "/{tenantName}/{instanceName}/patients/{patientId}/document-summary/{documentSummaryId}/files/{fileId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Document summary id.
            documentSummaryId: Uuid,
            /// File id.
            fileId: Uuid,
        )
        gives file;
}

records! {
    /// Form parts of the upload.
    FilesUpload {
        /// One part per file, all named files; jpg, jpeg, png or pdf.
        files: List<File> | required,
    }
}

enumerations! {}

aliases! {}
