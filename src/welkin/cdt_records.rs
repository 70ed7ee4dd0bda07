//! Custom data type (CDT) records of patients.

use super::pages::{SpringPageBase, spring_paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Custom data type (CDT) records of patients.
    cdtRecords CdtRecordsResource;

    /// List CDT records of a patient.
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
            /// A filter in the form `key=v1,v2,v3`, as one value. How it is escaped is not
            /// documented.
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
    /// The fields go out flat, and come back in `jsonBody`.
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
    /// It succeeds even when single rows fail: read `rows[].result.status`. Only list fields with
    /// `bulkEdit` are documented as allowed.
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
    get "cdtRecordsGet": GET "/{tenantName}/{instanceName}/patients/{patientId}/cdts/{cdtName}/{cdtRecordId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// CDT name from Designer.
            cdtName: Text,
            /// Record id (UUID). To read, also an external id or GUID together with `type`.
            cdtRecordId: Text,
        )
        query {
            /// What kind of id is given, default ID.
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
            /// Record id (UUID). To read, also an external id or GUID together with `type`.
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
            /// Record id (UUID). To read, also an external id or GUID together with `type`.
            cdtRecordId: Text,
        );
}

records! {
    /// Page of CDT records, one level down.
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
        /// Missing in old examples.
        cdtName: Text | absent,
    }

    /// System keys plus one key per Designer field (for example cdtf-heart-rate). Unset custom
    /// fields are null.
    CdtJsonBody: CdtSystemFields + Shaped {}

    /// Keys of every `jsonBody`, in snake_case, among the custom fields.
    CdtSystemFields {
        /// Same value as the outer id.
        id: Uuid,
        external_guid: Text | null,
        external_id: Text | null,
        created_at: DateTime,
        /// Id of a user or API client.
        created_by: Text,
        /// Name of a user, or `API_CLIENT:<client name>`.
        created_by_name: Text | null,
        updated_at: DateTime,
        /// Id of a user or API client.
        updated_by: Text,
        updated_by_name: Text | null,
        /// For example ASSESSMENT, ENCOUNTER or DOCUMENT_SUMMARY.
        source_type: Text | null,
        source_name: Text | null,
        /// Record id of the source.
        source_id: Text | null,
        /// Only in an old example.
        source_record_id: Text | null | absent,
    }

    /// Change of many records. Only list fields with `bulkEdit` are documented as allowed.
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

impl CdtBulkResult {
    /// The rows that were not changed: the API answers 200 all the same, with a status for each row.
    pub fn failed_rows(&self) -> impl Iterator<Item = &CdtBulkRow> {
        let is_done = |row: &CdtBulkRow| {
            row.result
                .get()
                .and_then(|result| result.status.get())
                .is_some_and(|status| status == "OK")
        };
        self.rows.get().into_iter().flatten().filter(move |row| !is_done(row))
    }
}

enumerations! {
    /// What kind of id is given: that of the record, `external_id` or `external_guid`.
    CdtIdentifierType { ID = "ID", EID = "EID", EGUID = "EGUID" }
}

aliases! {
    /// Custom fields at top level, under their names in Designer: there is no `jsonBody` around
    /// them.
    CdtFieldsInput = Shaped<OpenObject>;
}
