//! Document type definitions.

use super::cdt_formations::{CdtFieldMeta, CdtFieldType, CdtFormation, DictionaryRef};
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Document type definitions.
    documentTypes DocumentTypesResource;

    /// List document type definitions.
    ///
    /// There are no pages: the answer holds all.
    list "documentTypesList": GET "/{tenantName}/{instanceName}/formations/{version}/document-types"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
        )
        reply(List<CdtFormation>)
        pages PlainArray;

    /// Create a document type.
    ///
    /// Which version takes the change is not certain: Welkin's documentation says current, but all
    /// other definitions are changed in draft. Try draft first.
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
            /// Name of the document type, for example doc-type-others.
            documentTypeName: Text,
        )
        reply(CdtFormation);

    /// Replace a document type.
    ///
    /// Which version takes the change is not certain: Welkin's documentation says current, but all
    /// other definitions are changed in draft. Try draft first.
    replace "documentTypesReplace": PUT "/{tenantName}/{instanceName}/formations/{version}/document-types/{documentTypeName}"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
            /// Name of the document type, for example doc-type-others.
            documentTypeName: Text,
        )
        body(CdtFormationInput)
        reply(CdtFormation);

    /// Delete a document type.
    ///
    /// Which version takes the change is not certain: Welkin's documentation says current, but all
    /// other definitions are changed in draft. Try draft first.
    delete "documentTypesDelete": DELETE "/{tenantName}/{instanceName}/formations/{version}/document-types/{documentTypeName}"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
            /// Name of the document type, for example doc-type-others.
            documentTypeName: Text,
        );
}

records! {
    /// CDT definition to store. A request body is documented for the disposition definition only.
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
