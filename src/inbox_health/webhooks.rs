//! What Inbox Health sends to webhooks.

use super::webhook_endpoints::WebhookEventType;
use crate::records;
use crate::schema::*;

records! {
    /// What Inbox Health posts for an event.
    WebhookEvent {
        /// An event whose id came before is the same event again.
        id: Integer | required,
        /// Presumably `false` for data of the demo; no source says.
        livemode: Boolean | required,
        /// With the offset of its time zone.
        created_at: DateTime | required,
        event_type: WebhookEventType | required,
        event_data: WebhookEventData | required,
    }

    /// The record that an event is about.
    WebhookEventData {
        /// The record as it was then; its shape follows the type of the event.
        object: OpenObject | required,
    }
}
