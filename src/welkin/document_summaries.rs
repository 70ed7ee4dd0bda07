//! Heads of patient documents: type and files.

use super::cdt_records::CdtSystemFields;
use super::pages::{SpringPageBase, spring_paging};
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Heads of patient documents: type and files.
    documentSummaries DocumentSummariesResource;

    /// List documents of a patient.
    list "documentSummariesList": GET "/{tenantName}/{instanceName}/patients/{patientId}/document-summary"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query {
            ..spring_paging,
            /// Only documents of this source record.
            sourceId: Uuid,
        }
        reply(DocumentSummaryPage)
        pages NamedSpringPage;

    /// Create a document head.
    create "documentSummariesCreate": POST "/{tenantName}/{instanceName}/patients/{patientId}/document-summary"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        body(DocumentSummaryInput)
        reply(DocumentSummary);

    /// Read a document head.
    get "documentSummariesGet": GET "/{tenantName}/{instanceName}/patients/{patientId}/document-summary/{documentSummaryId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Document summary id.
            documentSummaryId: Uuid,
        )
        reply(DocumentSummary);

    /// Replace a document head.
    replace "documentSummariesReplace": PUT "/{tenantName}/{instanceName}/patients/{patientId}/document-summary/{documentSummaryId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Document summary id.
            documentSummaryId: Uuid,
        )
        body(DocumentSummaryInput)
        reply(DocumentSummary);

    /// Delete a document head.
    delete "documentSummariesDelete": DELETE "/{tenantName}/{instanceName}/patients/{patientId}/document-summary/{documentSummaryId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Document summary id.
            documentSummaryId: Uuid,
        );
}

records! {
    /// Page of documents, one level down.
    DocumentSummaryPage {
        /// Name of the CDT the records belong to.
        name: Text,
        data: DocumentSummaryPageData,
    }

    /// The page itself.
    DocumentSummaryPageData: SpringPageBase {
        content: List<DocumentSummary>,
    }

    /// Document head record (a CDT record).
    DocumentSummary {
        id: Uuid,
        patientId: Uuid,
        cdtId: Uuid,
        version: Integer,
        jsonBody: DocumentSummaryBody,
        /// Always `_document_summary`.
        cdtName: Text | absent,
    }

    /// The `jsonBody` of a document.
    DocumentSummaryBody: CdtSystemFields {
        /// Document type: doc-type-assessment, doc-type-docusign, doc-type-others or one of your
        /// own.
        r#type: Text,
        /// Null until a file is uploaded.
        files: List<FileInfo> | null,
    }

    /// Stored file.
    FileInfo {
        id: Uuid,
        originalName: Text,
        /// In bytes.
        size: Integer,
        /// Null was seen on files in a document list.
        contentType: Text | null,
        /// Internal storage path; not a download URL.
        storageKey: Text,
    }

    /// Document head fields at top level.
    DocumentSummaryInput {
        /// Document type name.
        r#type: Text | required,
    }
}
