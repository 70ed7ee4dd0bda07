//! Messages sent to patients.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Messages sent to patients.
    notifications NotificationsResource;

    /// List messages sent to a patient.
    list_by_patient "notificationsListByPatient": GET "/partner/v2/patients/{id}/notifications"
        path(
            /// Record id.
            id: Integer,
        )
        query {
            /// Page number; not shown for this list.
            page: Integer,
            /// Records per page; not shown for this list.
            per_page: Integer,
            /// Sort field; not shown for this list.
            sort: Text,
            /// Sent as filter[field]=value; no field is shown for this list.
            filter: Map<Text>,
        }
        reply(NotificationListResponse)
        pages PageNumber("notifications");

    /// List messages about an invoice.
    list_by_invoice "notificationsListByInvoice": GET "/partner/v2/invoices/{id}/notifications"
        path(
            /// Record id.
            id: Integer,
        )
        query {
            /// Page number; not shown for this list.
            page: Integer,
            /// Records per page; not shown for this list.
            per_page: Integer,
            /// Sort field; not shown for this list.
            sort: Text,
            /// Sent as filter[field]=value; no field is shown for this list.
            filter: Map<Text>,
        }
        reply(NotificationListResponse)
        pages PageNumber("notifications");
}

records! {
    /// Array under "notifications"; paging metadata, if any, is undocumented and must be kept.
    NotificationListResponse {
        notifications: List<Notification>,
    }

    /// A message sent to a patient. Fields unknown.
    Notification {
        id: Integer,
    }
}

enumerations! {
}

aliases! {
}
