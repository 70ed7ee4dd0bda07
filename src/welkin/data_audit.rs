//! Data audit log.

use super::cdt_formations::CdtRelation;
use super::pages::{MetaInfo, spring_paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Data audit log.
    dataAudit DataAuditResource;

    /// Find data-audit entries.
    ///
    /// Tenant-wide, no instance in the path. Docs example sorts by createdAt,desc.
    list "dataAuditList": GET "/{tenantName}/admin/audit-data"
        query {
            ..spring_paging,
            /// Entity filter.
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
            /// Operation filter.
            operation: DataAuditOperation,
            /// Add the CDT definition.
            includeFormation: Boolean,
            /// sentAt from.
            dateStart: DateTime,
            /// sentAt until.
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
    ///
    /// The docs field table lists entity and operation; real answers carry eventEntity and
    /// eventSubtype.
    DataAuditEvent {
        /// Long numeric string; only on some rows.
        eventId: Text | absent,
        eventEntity: DataAuditEntity,
        /// Only in the 2021 docs sample.
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
        /// Field list with types; expected with includeFormation=true, never seen.
        cdt: Anything | absent,
        eventSubtype: DataAuditSubtype,
        sentAt: DateTime,
        /// Snapshot after the change: a CdtRecord (jsonBody, cdtName, cdtId, version may be null),
        /// a Task, or a Patient.
        record: OpenObject,
    }
}

enumerations! {
    /// TASK recorded, the other two documented.
    DataAuditEntity { CDT = "CDT", PATIENT = "PATIENT", TASK = "TASK" }

    /// SYSTEM was recorded for automations.
    AuditActor {
        API_CLIENT = "API_CLIENT",
        PATIENT = "PATIENT",
        CS_TOOL_CLIENT = "CS_TOOL_CLIENT",
        USER = "USER",
        SYSTEM = "SYSTEM",
    }

    /// Query filter only; answers carry eventSubtype instead.
    DataAuditOperation { CREATE = "CREATE", UPDATE = "UPDATE", DELETE = "DELETE" }

    DataAuditSubtype {
        PATIENT_UPDATED = "PATIENT_UPDATED",
        CDT_CREATED = "CDT_CREATED",
        CDT_UPDATED = "CDT_UPDATED",
        CDT_DELETED = "CDT_DELETED",
        TASK_CREATED = "TASK_CREATED",
    }
}

aliases! {}
