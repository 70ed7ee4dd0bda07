//! Messages sent to patients.

use super::pages::filtered_paging;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Messages sent to patients.
    notifications NotificationsResource;

    /// List messages sent to a patient.
    list_by_patient "notificationsListByPatient": GET "/partner/v2/patients/{id}/notifications"
        path(
            /// Id of the patient.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(NotificationListResponse)
        pages PageNumber("notifications");

    /// List messages about an invoice.
    list_by_invoice "notificationsListByInvoice": GET "/partner/v2/invoices/{id}/notifications"
        path(
            /// Id of the invoice.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(NotificationListResponse)
        pages PageNumber("notifications");
}

records! {
    /// A page of notifications; no source shows what else it holds.
    NotificationListResponse {
        notifications: List<Notification>,
    }

    /// A message sent to a patient. No source shows its fields.
    Notification {
        id: Integer,
    }
}
