//! Details of patient documents, in the fields of their type.

use super::cdt_records::CdtRecord;
use crate::schema::*;
use crate::{aliases, resource};

resource! {
    /// Details of patient documents, in the fields of their type.
    documentTypeRecords DocumentTypeRecordsResource;

    /// Read the detail record of a document.
    ///
    /// One detail record per document; no id in the path.
    get "documentTypeRecordsGet": GET "/{tenantName}/{instanceName}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Document summary id.
            documentSummaryId: Uuid,
            /// Name of the document type, for example doc-type-others.
            documentTypeName: Text,
        )
        reply(CdtRecord);

    /// Create the detail record of a document.
    create "documentTypeRecordsCreate": POST "/{tenantName}/{instanceName}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Document summary id.
            documentSummaryId: Uuid,
            /// Name of the document type, for example doc-type-others.
            documentTypeName: Text,
        )
        body(DocumentTypeRecordInput)
        reply(CdtRecord);

    /// Replace the detail record of a document.
    replace "documentTypeRecordsReplace": PUT "/{tenantName}/{instanceName}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Document summary id.
            documentSummaryId: Uuid,
            /// Name of the document type, for example doc-type-others.
            documentTypeName: Text,
        )
        body(DocumentTypeRecordInput)
        reply(CdtRecord);

    /// Delete the detail record of a document.
    delete "documentTypeRecordsDelete": DELETE "/{tenantName}/{instanceName}/patients/{patientId}/document-summary/{documentSummaryId}/{documentTypeName}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Document summary id.
            documentSummaryId: Uuid,
            /// Name of the document type, for example doc-type-others.
            documentTypeName: Text,
        );
}

aliases! {
    /// Fields of the document type at top level, for example notes. No request body is documented:
    /// this is that of other CDT records.
    DocumentTypeRecordInput = Shaped<OpenObject>;
}
