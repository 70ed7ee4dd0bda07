//! Custom data type records of patients.

use super::pages::{SpringPageBase, spring_paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Custom data type records of patients.
    cdtRecords CdtRecordsResource;

    /// List CDT records of a patient.
    ///
    /// The 2026 doc site inserts /records after the CDT name; recordings (2022) and the 2026 client
    /// do not.
    list "cdtRecordsList": GET "/{tenantName}/{instanceName}/patients/{patientId}/cdts/{cdtName}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// CDT name from Designer.
            cdtName: Text,
        )
        query {
            ..spring_paging,
            /// Fields to return, comma separated.
            fields: List<Text>,
            /// Filter in the form key=v1,v2,v3 as one parameter value. Exact encoding unverified.
            filters: Text,
            /// Lower time bound; which timestamp it applies to is undocumented.
            dateStart: DateTime,
            /// Upper time bound.
            dateEnd: DateTime,
        }
        reply(CdtRecordPage)
        pages NamedSpringPage;

    /// Create a CDT record.
    ///
    /// Request is flat; the answer nests the same keys in jsonBody. Docs mention a userId path
    /// parameter that does not exist. A recorded create also carried cdtName in the body, without
    /// effect.
    create "cdtRecordsCreate": POST "/{tenantName}/{instanceName}/patients/{patientId}/cdts/{cdtName}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// CDT name from Designer.
            cdtName: Text,
        )
        body(CdtFieldsInput)
        reply(CdtRecord);

    /// Change many CDT records.
    ///
    /// 200 even if single rows fail: read rows[].result.status. Documented as limited to list
    /// fields with bulkEdit.
    bulk_update "cdtRecordsBulkUpdate": PATCH "/{tenantName}/{instanceName}/patients/{patientId}/cdts/{cdtName}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// CDT name from Designer.
            cdtName: Text,
        )
        body(CdtBulkUpdate)
        reply(CdtBulkResult);

    /// Read a CDT record.
    ///
    /// type comes from the official sample app.
    get "cdtRecordsGet": GET "/{tenantName}/{instanceName}/patients/{patientId}/cdts/{cdtName}/{cdtRecordId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// CDT name from Designer.
            cdtName: Text,
            /// Record id (UUID); on GET also external_id or external_guid together with type.
            cdtRecordId: Text,
        )
        query {
            /// Meaning of the path segment, default ID.
            r#type: CdtIdentifierType,
        }
        reply(CdtRecord);

    /// Change a CDT record.
    ///
    /// Flat request, merge semantics.
    update "cdtRecordsUpdate": PATCH "/{tenantName}/{instanceName}/patients/{patientId}/cdts/{cdtName}/{cdtRecordId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// CDT name from Designer.
            cdtName: Text,
            /// Record id (UUID); on GET also external_id or external_guid together with type.
            cdtRecordId: Text,
        )
        body(Changes<CdtFieldsInput>)
        reply(CdtRecord);

    /// Delete a CDT record.
    delete "cdtRecordsDelete": DELETE "/{tenantName}/{instanceName}/patients/{patientId}/cdts/{cdtName}/{cdtRecordId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// CDT name from Designer.
            cdtName: Text,
            /// Record id (UUID); on GET also external_id or external_guid together with type.
            cdtRecordId: Text,
        );
}

records! {
    /// CDT list answer: Spring page one level down, under data.
    CdtRecordPage {
        /// Name of the CDT the records belong to.
        name: Text,
        data: CdtRecordPageData,
    }

    /// The page itself.
    CdtRecordPageData: SpringPageBase {
        content: List<CdtRecord>,
    }

    /// Custom data type record.
    CdtRecord {
        id: Uuid,
        patientId: Uuid,
        cdtId: Uuid,
        /// Formation version.
        version: Integer,
        jsonBody: CdtJsonBody,
        /// Missing in 2021 samples.
        cdtName: Text | absent,
    }

    /// System keys plus one key per Designer field (for example cdtf-heart-rate). Unset custom
    /// fields are null.
    CdtJsonBody: CdtSystemFields + Shaped {}

    /// System keys present in every jsonBody; snake_case, mixed with the custom fields.
    CdtSystemFields {
        /// Same value as the outer id.
        id: Uuid,
        external_guid: Text | null,
        external_id: Text | null,
        created_at: DateTime,
        /// Id of user or API client.
        created_by: Text,
        /// User name, or API_CLIENT:\<client name>.
        created_by_name: Text | null,
        updated_at: DateTime,
        /// Id of user or API client.
        updated_by: Text,
        updated_by_name: Text | null,
        /// For example ASSESSMENT, ENCOUNTER, DOCUMENT_SUMMARY.
        source_type: Text | null,
        source_name: Text | null,
        /// Record id of the source.
        source_id: Text | null,
        /// Only in the 2021 docs sample.
        source_record_id: Text | null | absent,
    }

    /// Bulk change; only list fields flagged bulkEdit are documented as allowed.
    CdtBulkUpdate {
        rows: List<CdtBulkRowInput>,
    }

    /// Row to change.
    CdtBulkRowInput {
        id: Uuid,
        /// Only the fields to change.
        jsonBody: Changes<Shaped<OpenObject>>,
    }

    /// Per-row outcome.
    CdtBulkResult {
        rows: List<CdtBulkRow>,
    }

    /// Outcome of one row.
    CdtBulkRow {
        id: Uuid,
        jsonBody: CdtJsonBody,
        result: CdtBulkRowResult,
    }

    /// Whether one row was changed.
    CdtBulkRowResult {
        /// OK on success; check every row.
        status: Text,
        /// Null on success; error content otherwise (shape unseen).
        content: Anything,
    }
}

enumerations! {
    /// Which identifier the path segment carries: record id, external_id or external_guid.
    CdtIdentifierType { ID = "ID", EID = "EID", EGUID = "EGUID" }
}

aliases! {
    /// Custom fields at top level, keyed by Designer field name. No jsonBody wrapper.
    CdtFieldsInput = Shaped<OpenObject>;
}
