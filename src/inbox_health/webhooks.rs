//! What Inbox Health sends to webhooks.

use super::webhook_endpoints::WebhookEventType;
use crate::records;
use crate::schema::*;

records! {
    /// What Inbox Health posts for an event.
    WebhookEvent {
        /// The same when an event is delivered again.
        id: Integer | required,
        /// Whether it is about real data, not about those of the demo.
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
