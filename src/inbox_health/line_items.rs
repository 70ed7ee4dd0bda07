//! Procedures and adjustments on invoices.

use super::patients::DateOrDateTime;
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Procedures and adjustments on invoices.
    lineItems LineItemsResource;

    /// List line items of an invoice.
    list_by_invoice "lineItemsListByInvoice": GET "/partner/v2/invoices/{id}/line_items"
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
            /// Sent as `filter[field]=value`; no field is shown for this list.
            filter: Map<Text>,
        }
        reply(LineItemListResponse)
        pages PageNumber("line_items");

    /// Add a line item or adjustment to an invoice.
    create "lineItemsCreate": POST "/partner/v2/line_items"
        body(LineItemInput) in "line_item"
        reply(LineItem) in "line_item";

    /// Read a line item.
    get "lineItemsGet": GET "/partner/v2/line_items/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        reply(LineItem) in "line_item";

    /// Update a line item.
    update "lineItemsUpdate": PUT "/partner/v2/line_items/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        body(LineItemInput) in "line_item" and id
        reply(LineItem) in "line_item";

    /// Delete a line item.
    ///
    /// Called by one public client; not in any official source.
    delete "lineItemsDelete": DELETE "/partner/v2/line_items/{id}"
        path(
            /// Record id.
            id: Integer,
        );
}

records! {
    /// Array under "line_items"; paging metadata, if any, is undocumented and must be kept.
    LineItemListResponse {
        line_items: List<LineItem>,
    }

    /// One procedure or adjustment on an invoice.
    ///
    /// No official response sample.
    LineItem {
        id: Integer,
        invoice_id: Integer,
        /// Procedure code.
        service_code: Text | null,
        description: Text,
        date_of_service: DateOrDateTime,
        /// Gross charge. Unit: whole US cents.
        total_charge_amount_cents: Cents,
        /// Part covered or adjusted away. Unit: whole US cents.
        covered_amount_cents: Cents,
        /// Part insurance still owes; while above 0 the invoice does not add to the patient
        /// balance. Unit: whole US cents.
        insurance_owed_amount_cents: Cents | null,
        /// Unit: whole US cents.
        tax_amount_cents: Cents | null,
        quantity: Integer,
        /// Unit: whole US cents. Seen only in code of integrators.
        insurance_balance_cents: Cents | null,
    }

    /// Writable line item attributes.
    LineItemInput {
        invoice_id: Integer,
        /// Procedure code; left out for adjustments.
        service_code: Text,
        description: Text,
        date_of_service: DateOrDateTime,
        /// Gross charge. Unit: whole US cents.
        total_charge_amount_cents: Cents,
        /// Part covered or adjusted away. Unit: whole US cents.
        covered_amount_cents: Cents,
        /// Unit: whole US cents.
        insurance_owed_amount_cents: Cents,
        /// Unit: whole US cents.
        tax_amount_cents: Cents,
        quantity: Integer,
        /// Unit: whole US cents. Seen only in code of integrators.
        insurance_balance_cents: Cents,
    }
}

enumerations! {
}

aliases! {
}
