//! Log of calls to webhooks.

use super::pages::{MetaInfo, spring_paging};
use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Log of calls to webhooks.
    webhookAudit WebhookAuditResource;

    /// Find webhook calls.
    ///
    /// Always bound it with `dateStart` and `dateEnd`: logs of a million calls were seen.
    list "webhookAuditList": GET "/{tenantName}/admin/audit-webhook"
        query {
            ..spring_paging,
            /// Instance name.
            instance: Text,
            /// Only entries of this subtype.
            eventSubtype: WebhookEventSubtype,
            /// Only changes of this kind of record.
            entity: WebhookEventEntity,
            /// Only entries sent at this time or later.
            dateStart: DateTime,
            /// Only entries sent until this time.
            dateEnd: DateTime,
        }
        reply(WebhookAuditList)
        pages MetaInfo;
}

records! {
    /// Page of webhook calls.
    WebhookAuditList {
        data: List<WebhookAuditEvent>,
        metaInfo: MetaInfo,
    }

    /// Webhook call entry.
    WebhookAuditEvent {
        id: Uuid,
        sentAt: DateTime,
        eventEntity: WebhookEventEntity,
        patientId: Uuid | absent,
        instance: Text,
        status: WebhookDeliveryStatus,
        statusCode: WebhookStatusCode | absent,
        /// Body returned by the receiver, may be a whole HTML page.
        response: Text | absent,
        eventSubtype: WebhookEventSubtype,
        record: WebhookConfigRecord,
    }

    /// Webhook configuration at call time.
    WebhookConfigRecord {
        name: Text,
        title: Text | absent,
        url: Text,
        headers: List<NameValue>,
        queryParameters: List<NameValue>,
        payload: WebhookPayload | absent,
        active: Boolean | absent,
        enabled: Boolean | absent,
    }

    /// Which fields the webhook sends.
    WebhookPayload {
        /// Always empty so far.
        customFields: List<Anything>,
        predefinedFields: List<WebhookPredefinedField>,
    }

    /// Header or query pair.
    NameValue {
        name: Text,
        value: Text,
    }
}

enumerations! {
    /// What happened.
    WebhookEventSubtype {
        ASSESSMENT_COMPLETED = "ASSESSMENT_COMPLETED",
        CALENDAR_EVENT_CREATED = "CALENDAR_EVENT_CREATED",
        CALENDAR_EVENT_UPDATED = "CALENDAR_EVENT_UPDATED",
        CDT_CREATED = "CDT_CREATED",
        CDT_UPDATED = "CDT_UPDATED",
        PATIENT_CREATED = "PATIENT_CREATED",
        USER_ACCESS_UPDATED = "USER_ACCESS_UPDATED",
    }

    /// To what kind of record it happened.
    WebhookEventEntity {
        CDT = "CDT",
        ASSESSMENT = "ASSESSMENT",
        CALENDAR = "CALENDAR",
        PATIENT = "PATIENT",
        USER_APP_ACCESS = "USER_APP_ACCESS",
    }

    /// How far a call got.
    WebhookDeliveryStatus { SENT = "SENT", DELIVERED = "DELIVERED", FAILED = "FAILED" }

    /// How the receiver answered: the name of an HTTP status, not its number.
    WebhookStatusCode {
        OK = "OK",
        BAD_REQUEST = "BAD_REQUEST",
        INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR",
        BAD_GATEWAY = "BAD_GATEWAY",
        SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE",
    }

    /// The fields that a webhook can be told to send.
    WebhookPredefinedField {
        EVENT_ENTITY = "EVENT_ENTITY",
        EVENT_SUBTYPE = "EVENT_SUBTYPE",
        INSTANCE_NAME = "INSTANCE_NAME",
        PATIENT_ID = "PATIENT_ID",
        SOURCE_ID = "SOURCE_ID",
        SOURCE_NAME = "SOURCE_NAME",
        TENANT_NAME = "TENANT_NAME",
        URL = "URL",
    }
}
