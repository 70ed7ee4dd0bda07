//! Patient documents, files and document types.

use super::cdt_formations::{CdtFieldMeta, CdtFieldType, CdtFormation, DictionaryRef};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Patient documents, files and document types.
    documentTypes DocumentTypesResource;

    /// List document type definitions.
    ///
    /// Recorded with page=0 yet answered the whole array; there is no paging.
    list "documentTypesList": GET "/{tenantName}/{instanceName}/formations/{version}/document-types"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
        )
        reply(List<CdtFormation>)
        pages PlainArray;

    /// Create a document type.
    ///
    /// Docs use version current in the write URL; every other definition write goes to draft. Try
    /// draft first, unverified. Docs show no request body; docs URL ends with a slash.
    create "documentTypesCreate": POST "/{tenantName}/{instanceName}/formations/{version}/document-types"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
        )
        body(CdtFormationInput)
        reply(CdtFormation);

    /// Read one document type definition.
    get "documentTypesGet": GET "/{tenantName}/{instanceName}/formations/{version}/document-types/{documentTypeName}"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
            /// Document type name, for example doc-type-others.
            documentTypeName: Text,
        )
        reply(CdtFormation);

    /// Replace a document type.
    ///
    /// Docs use version current in the write URL; every other definition write goes to draft. Try
    /// draft first, unverified.
    replace "documentTypesReplace": PUT "/{tenantName}/{instanceName}/formations/{version}/document-types/{documentTypeName}"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
            /// Document type name, for example doc-type-others.
            documentTypeName: Text,
        )
        body(CdtFormationInput)
        reply(CdtFormation);

    /// Delete a document type.
    ///
    /// Docs use version current in the write URL; every other definition write goes to draft. Try
    /// draft first, unverified.
    delete "documentTypesDelete": DELETE "/{tenantName}/{instanceName}/formations/{version}/document-types/{documentTypeName}"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
            /// Document type name, for example doc-type-others.
            documentTypeName: Text,
        );
}

records! {
    /// Definition to store; the docs only show a request body for the disposition formation.
    CdtFormationInput {
        name: Text,
        title: Text,
        label: Text,
        fields: List<CdtFieldInput>,
    }

    /// Field definition to store.
    CdtFieldInput {
        name: Text,
        r#type: CdtFieldType,
        dictionary: DictionaryRef | null,
        searchable: Boolean,
        bulkEdit: Boolean,
        /// Protected health information.
        phi: Boolean,
        meta: CdtFieldMeta,
    }
}

enumerations! {}

aliases! {}
