//! Subscriptions to webhooks.

use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Subscriptions to webhooks.
    webhookEndpoints WebhookEndpointsResource;

    /// Subscribe a URL to webhook events.
    ///
    /// Deliveries are signed with the API key of the user who created or last changed the
    /// subscription: yours, after this call.
    create "webhookEndpointsCreate": POST "/partner/v2/endpoints"
        body(WebhookEndpointInput) in "endpoint"
        reply(WebhookEndpoint) in "endpoint";
}

records! {
    /// What is given of a subscription.
    WebhookEndpointInput {
        url: Uri,
        registered_webhooks: List<WebhookEventType>,
    }

    /// A subscription to webhooks.
    WebhookEndpoint {
        id: Integer,
        url: Uri,
        registered_webhooks: List<WebhookEventType>,
    }
}

enumerations! {
    /// Names of events. There are more, made of a resource and `_created` or `_updated`.
    WebhookEventType {
        ACCOUNT_MANAGER_CREATED = "account_manager_created",
        ATTACHMENT_CREATED = "attachment_created",
        ATTACHMENT_UPDATED = "attachment_updated",
        PATIENT_CREATED = "patient_created",
        PATIENT_UPDATED = "patient_updated",
        INVOICE_CREATED = "invoice_created",
        INVOICE_UPDATED = "invoice_updated",
        LINE_ITEM_CREATED = "line_item_created",
        INVOICE_PAYMENT_CREATED = "invoice_payment_created",
        INVOICE_PAYMENT_UPDATED = "invoice_payment_updated",
        PAYMENT_CREATED = "payment_created",
        PAYMENT_UPDATED = "payment_updated",
        PATIENT_PAYMENT_PROCESSED = "patient_payment_processed",
    }
}
