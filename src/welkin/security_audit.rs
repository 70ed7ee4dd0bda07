//! Log of changes to access rights.

use super::data_audit::AuditActor;
use super::pages::{MetaInfo, spring_paging};
use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Log of changes to access rights.
    securityAudit SecurityAuditResource;

    /// Find security-audit entries.
    ///
    /// The envelope is taken to be that of the other audit logs.
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
            /// Only entries of this subtype.
            eventSubtype: SecurityAuditSubtype,
            /// Only entries sent at this time or later.
            dateStart: DateTime,
            /// Only entries sent until this time.
            dateEnd: DateTime,
        }
        reply(SecurityAuditList)
        pages MetaInfo;
}

records! {
    /// Page of security-audit entries.
    ///
    /// No answer was seen: the envelope is taken to be that of the other audit logs.
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
        /// Documented, but in no example.
        cdtName: Text | absent,
        /// What it was after the change, for example an `ApplicationAccess`.
        record: OpenObject,
    }
}

enumerations! {
    /// What was changed.
    SecurityAuditSubtype { USER_ACCESS_UPDATED = "USER_ACCESS_UPDATED" }
}
