//! Procedures and adjustments on invoices.

use super::pages::filtered_paging;
use super::patients::DateOrDateTime;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Procedures and adjustments on invoices.
    lineItems LineItemsResource;

    /// List line items of an invoice.
    list_by_invoice "lineItemsListByInvoice": GET "/partner/v2/invoices/{id}/line_items"
        path(
            /// Id of the invoice.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(LineItemListResponse)
        pages PageNumber("line_items");

    /// Add a line item or adjustment to an invoice.
    ///
    /// Never sent twice: a repeat would bill it again. An adjustment has no `service_code`.
    create "lineItemsCreate": POST "/partner/v2/line_items"
        body(LineItemInput) in "line_item"
        reply(LineItem) in "line_item";

    /// Read a line item.
    get "lineItemsGet": GET "/partner/v2/line_items/{id}"
        path(
            /// Id of the line item.
            id: Integer,
        )
        reply(LineItem) in "line_item";

    /// Update a line item.
    update "lineItemsUpdate": PUT "/partner/v2/line_items/{id}"
        path(
            /// Id of the line item.
            id: Integer,
        )
        body(LineItemInput) in "line_item" and id
        reply(LineItem) in "line_item";

    /// Delete a line item.
    ///
    /// Seen in the code of one integrator only, in no official source.
    delete "lineItemsDelete": DELETE "/partner/v2/line_items/{id}"
        path(
            /// Id of the line item.
            id: Integer,
        );
}

records! {
    /// A page of line items; no source shows what else it holds.
    LineItemListResponse {
        line_items: List<LineItem>,
    }

    /// A procedure or an adjustment on an invoice.
    LineItem {
        id: Integer,
        invoice_id: Integer,
        /// Procedure code.
        service_code: Text | null,
        description: Text,
        date_of_service: DateOrDateTime,
        /// The whole charge, in whole US cents.
        total_charge_amount_cents: Cents,
        /// What is covered or adjusted away, in whole US cents. The patient owes the rest, once
        /// insurance owes 0.
        covered_amount_cents: Cents,
        /// What insurance still owes, in whole US cents. Above 0 it keeps the invoice out of the
        /// balance of the patient.
        insurance_owed_amount_cents: Cents | null,
        /// In whole US cents.
        tax_amount_cents: Cents | null,
        quantity: Integer,
        /// In whole US cents. Unofficial: seen only in the code of integrators.
        insurance_balance_cents: Cents | null,
    }

    /// What is given of a line item.
    LineItemInput {
        invoice_id: Integer,
        /// Procedure code; an adjustment has none.
        service_code: Text,
        description: Text,
        date_of_service: DateOrDateTime,
        /// The whole charge, in whole US cents.
        total_charge_amount_cents: Cents,
        /// What is covered or adjusted away, in whole US cents. The patient owes the rest, once
        /// insurance owes 0.
        covered_amount_cents: Cents,
        /// In whole US cents.
        insurance_owed_amount_cents: Cents,
        /// In whole US cents.
        tax_amount_cents: Cents,
        quantity: Integer,
        /// In whole US cents. Unofficial: seen only in the code of integrators.
        insurance_balance_cents: Cents,
    }
}
