//! What Welkin sends to webhooks.

use super::webhook_audit::{WebhookEventEntity, WebhookEventSubtype};
use crate::records;
use crate::schema::*;

records! {
    /// What Welkin posts when a user writes a chat message to a patient.
    ///
    /// The key and the secret that Admin holds for the receiver come in the headers
    /// `X-WEBHOOK-API-KEY` and `X-WEBHOOK-API-SECRET`.
    ChatWebhookPayload {
        patientId: Uuid,
        patientUrl: Text,
        tenantName: Text,
        instanceName: Text,
        message: Text,
    }

    /// What Welkin posts for a webhook that Designer configures: of the predefined fields those that
    /// the configuration picks, and fields of its own.
    ///
    /// Headers and query parameters are free configuration too.
    EventWebhookPayload + Shaped {
        /// Id of the changed record.
        sourceId: Uuid,
        patientId: Uuid | absent,
        /// Depends on the entity: a CDT name, a patient name, ENCOUNTER.
        sourceName: Text,
        tenantName: Text,
        instanceName: Text,
        eventEntity: WebhookEventEntity,
        eventSubtype: WebhookEventSubtype,
        /// The name of this key is assumed from the predefined field URL: no body was seen with it.
        url: Text | absent,
    }
}
