//! Log of changes to data.

use super::cdt_formations::CdtRelation;
use super::pages::{MetaInfo, spring_paging};
use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Log of changes to data.
    dataAudit DataAuditResource;

    /// Find data-audit entries.
    ///
    /// The log is that of the tenant, over all instances. The newest entries come first with sort
    /// `createdAt,desc`.
    list "dataAuditList": GET "/{tenantName}/admin/audit-data"
        query {
            ..spring_paging,
            /// Only changes of this kind of record.
            entity: DataAuditEntity,
            /// CDT name, with entity CDT.
            cdtName: Text,
            /// Acting username.
            subjectUsername: Text,
            /// Acting full name.
            subjectFullName: Text,
            /// Kind of actor.
            subjectActor: AuditActor,
            /// Instance name.
            instance: Text,
            /// Patient name.
            patientFullName: Text,
            /// Patient id.
            patientId: Uuid,
            /// Only changes of this kind.
            operation: DataAuditOperation,
            /// Add the CDT definition.
            includeFormation: Boolean,
            /// Only entries sent at this time or later.
            dateStart: DateTime,
            /// Only entries sent until this time.
            dateEnd: DateTime,
        }
        reply(DataAuditList)
        pages MetaInfo;
}

records! {
    /// Page of data-audit entries.
    DataAuditList {
        data: List<DataAuditEvent>,
        metaInfo: MetaInfo,
    }

    /// Data-audit entry.
    DataAuditEvent {
        /// Long numeric string; only on some rows.
        eventId: Text | absent,
        eventEntity: DataAuditEntity,
        /// Only in an old example.
        url: Text | absent,
        /// Absent for SYSTEM.
        subjectUsername: Text | absent,
        /// Absent for SYSTEM.
        subjectUserId: Uuid | absent,
        subjectActor: AuditActor,
        subjectFullName: Text,
        patientFullName: Text,
        patientId: Uuid,
        instance: Text,
        /// CDT events only.
        cdtName: Text | absent,
        cdtRelation: CdtRelation | absent,
        /// Field list with types, expected with `includeFormation`; never seen.
        cdt: Anything | absent,
        eventSubtype: DataAuditSubtype,
        sentAt: DateTime,
        /// What it was after the change: a `CdtRecord` (where `jsonBody`, `cdtName`, `cdtId` and
        /// `version` may be null), a `Task` or a `Patient`.
        record: OpenObject,
    }
}

enumerations! {
    /// TASK was seen, the other two are documented.
    DataAuditEntity { CDT = "CDT", PATIENT = "PATIENT", TASK = "TASK" }

    /// SYSTEM is automations.
    AuditActor {
        API_CLIENT = "API_CLIENT",
        PATIENT = "PATIENT",
        CS_TOOL_CLIENT = "CS_TOOL_CLIENT",
        USER = "USER",
        SYSTEM = "SYSTEM",
    }

    /// For the query only: entries have an `eventSubtype`.
    DataAuditOperation { CREATE = "CREATE", UPDATE = "UPDATE", DELETE = "DELETE" }

    /// What happened to the record.
    DataAuditSubtype {
        PATIENT_UPDATED = "PATIENT_UPDATED",
        CDT_CREATED = "CDT_CREATED",
        CDT_UPDATED = "CDT_UPDATED",
        CDT_DELETED = "CDT_DELETED",
        TASK_CREATED = "TASK_CREATED",
    }
}
