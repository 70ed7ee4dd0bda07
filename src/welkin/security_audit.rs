//! Security audit log.

use super::data_audit::AuditActor;
use super::pages::{MetaInfo, spring_paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Security audit log.
    securityAudit SecurityAuditResource;

    /// Find security-audit entries.
    ///
    /// Envelope assumed from the recorded sibling audits.
    list "securityAuditList": GET "/{tenantName}/admin/audit-security"
        query {
            ..spring_paging,
            /// Acting username.
            subjectUsername: Text,
            /// Acting full name.
            subjectFullName: Text,
            /// Kind of actor.
            subjectActor: AuditActor,
            /// Affected username.
            objectUsername: Text,
            /// Affected full name.
            objectFullName: Text,
            /// Kind of affected actor.
            objectActor: AuditActor,
            /// Subtype filter.
            eventSubtype: SecurityAuditSubtype,
            /// sentAt from.
            dateStart: DateTime,
            /// sentAt until.
            dateEnd: DateTime,
        }
        reply(SecurityAuditList)
        pages MetaInfo;
}

records! {
    /// Page of security-audit entries.
    ///
    /// Envelope never shown; assumed equal to the two recorded sibling audits. Decode defensively
    /// (data/metaInfo or content).
    SecurityAuditList {
        data: List<SecurityAuditEvent>,
        metaInfo: MetaInfo,
    }

    /// Security-audit entry.
    SecurityAuditEvent {
        sentAt: DateTime,
        subjectUsername: Text,
        subjectUserId: Uuid,
        subjectActor: AuditActor,
        subjectFullName: Text,
        objectUsername: Text,
        objectUserId: Uuid,
        objectActor: AuditActor,
        objectFullName: Text,
        eventSubtype: SecurityAuditSubtype,
        /// Listed in the docs table, not in the sample.
        cdtName: Text | absent,
        /// Snapshot after the change, for example an ApplicationAccess.
        record: OpenObject,
    }
}

enumerations! {
    SecurityAuditSubtype { USER_ACCESS_UPDATED = "USER_ACCESS_UPDATED" }
}

aliases! {}
