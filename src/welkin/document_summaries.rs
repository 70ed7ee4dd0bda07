//! Patient documents, files and document types.

use super::cdt_records::CdtSystemFields;
use super::pages::{SpringPageBase, spring_paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Patient documents, files and document types.
    documentSummaries DocumentSummariesResource;

    /// List documents of a patient.
    ///
    /// Docs show {content}; recordings show {name, data: {content, ...}}. page recorded; size and
    /// sort assumed from the envelope.
    list "documentSummariesList": GET "/{tenantName}/{instanceName}/patients/{patientId}/document-summary"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query {
            ..spring_paging,
            /// Source record filter.
            sourceId: Uuid,
        }
        reply(DocumentSummaryPage)
        pages NamedSpringPage;

    /// Create a document head.
    ///
    /// Docs URL ends with a slash; recorded without.
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
    /// Document list answer: Spring page one level down, under data.
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
        /// Always _document_summary.
        cdtName: Text | absent,
    }

    /// jsonBody of a document summary.
    DocumentSummaryBody: CdtSystemFields {
        /// Document type name: doc-type-assessment, doc-type-docusign, doc-type-others or a custom
        /// one.
        r#type: Text,
        /// Null until a file is uploaded.
        files: List<FileInfo> | null,
    }

    /// Stored file.
    FileInfo {
        id: Uuid,
        originalName: Text,
        /// Bytes.
        size: Integer,
        /// Null was recorded in 2022 on files of a document list.
        contentType: Text | null,
        /// Internal storage path; not a download URL.
        storageKey: Text,
    }

    /// Document head fields at top level.
    ///
    /// type is flagged required in the sample-app formation of _document_summary; the docs show no
    /// request body.
    DocumentSummaryInput {
        /// Document type name.
        r#type: Text | required,
    }
}

enumerations! {}

aliases! {}
