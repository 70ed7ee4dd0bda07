//! Definitions of custom data types (CDTs).

use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Definitions of custom data types (CDTs).
    cdtFormations CdtFormationsResource;

    /// List CDT definitions.
    ///
    /// There are no pages: the answer holds all. Only CDTs with relation COMMON are listed.
    list "cdtFormationsList": GET "/{tenantName}/{instanceName}/formations/{version}/cdts"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
        )
        reply(List<CdtFormation>)
        pages PlainArray;

    /// Read one CDT definition.
    get "cdtFormationsGet": GET "/{tenantName}/{instanceName}/formations/{version}/cdts/{cdtName}"
        path(
            /// Formation version: current (published), draft, or a version number.
            version: Text,
            /// CDT name from Designer.
            cdtName: Text,
        )
        reply(CdtFormation);
}

records! {
    /// CDT definition; also used for document types and the encounter disposition.
    CdtFormation {
        id: Uuid,
        name: Text,
        title: Text | null,
        label: Text | null,
        version: Integer,
        internal: Boolean,
        readable: Boolean,
        updatable: Boolean,
        r#type: CdtType,
        relation: CdtRelation,
        fields: List<CdtField>,
        _containsPHI: Boolean | absent,
    }

    /// Field definition.
    CdtField {
        name: Text,
        r#type: CdtFieldType,
        /// Always null so far.
        formula: Anything | absent,
        dictionary: DictionaryRef | null,
        profileDataType: Text | null | absent,
        editable: Boolean | absent,
        searchable: Boolean,
        bulkEdit: Boolean,
        /// Protected health information.
        phi: Boolean,
        disable: Boolean | absent,
        injectedSource: Boolean | absent,
        /// Seen: SELECT, CHECKBOX.
        displayType: Text | null | absent,
        /// Seen: STRING, INTEGER.
        valueType: Text | null | absent,
        meta: CdtFieldMeta,
    }

    /// Dictionary behind a select field.
    DictionaryRef {
        /// Dictionary name.
        name: Text,
        /// Dictionary field name.
        field: Text,
    }

    /// Extra field settings.
    CdtFieldMeta {
        label: Text | absent,
        required: Boolean | absent,
        options: List<CdtFieldOption> | absent,
        multiple: Boolean | absent,
        /// Number as string.
        minValue: Text | absent,
        /// Number as string.
        maxValue: Text | absent,
        /// Allowed extensions for file fields.
        fileTypes: List<Text> | absent,
    }

    /// Choice of a list field.
    CdtFieldOption {
        label: Text,
        /// Stored value.
        value: TextOrInteger,
        refCdtName: Text | null,
    }
}

enumerations! {
    /// Whether a patient has one record of the CDT or many.
    CdtType { MULTI_RECORD = "MULTI_RECORD", SINGLE_RECORD = "SINGLE_RECORD" }

    /// What the CDT is attached to.
    CdtRelation {
        COMMON = "COMMON",
        ASSESSMENT = "ASSESSMENT",
        DOCUMENT_TYPE = "DOCUMENT_TYPE",
        DOCUMENT_SUMMARY = "DOCUMENT_SUMMARY",
        ENCOUNTER = "ENCOUNTER",
        ENCOUNTER_ASSESSMENT = "ENCOUNTER_ASSESSMENT",
        ENCOUNTER_DISPOSITION = "ENCOUNTER_DISPOSITION",
        PATIENT_GOAL = "PATIENT_GOAL",
        PATIENT_INFO = "PATIENT_INFO",
    }

    /// What a field holds, and how it is edited.
    CdtFieldType {
        TEXT = "text",
        TEXTAREA = "textarea",
        SELECT = "select",
        CHECKBOX = "checkbox",
        INTEGER = "integer",
        FLOAT = "float",
        DATE = "date",
        DATETIME = "datetime",
        EMAIL = "email",
        PHONE = "phone",
        UUID = "uuid",
        OBJECT = "object",
        FILE = "file",
    }
}
