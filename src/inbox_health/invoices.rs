//! Charges.

use super::patients::DateOrDateTime;
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Charges.
    invoices InvoicesResource;

    /// List invoices of a practice.
    list_by_practice "invoicesListByPractice": GET "/partner/v2/practices/{id}/invoices"
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
        reply(InvoiceListResponse)
        pages PageNumber("invoices");

    /// List invoices of a provider.
    list_by_doctor "invoicesListByDoctor": GET "/partner/v2/doctors/{id}/invoices"
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
        reply(InvoiceListResponse)
        pages PageNumber("invoices");

    /// List invoices of a patient.
    list_by_patient "invoicesListByPatient": GET "/partner/v2/patients/{id}/invoices"
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
        reply(InvoiceListResponse)
        pages PageNumber("invoices");

    /// List invoices.
    list "invoicesList": GET "/partner/v2/invoices"
        query {
            /// Sent as `filter[first_name]=value`; matches the first name of the invoiced patient.
            /// Known filter fields: first_name.
            filter: Map<Text>,
            /// Field to sort by, ascending; no descending form is documented.
            sort: Text,
            /// Page number; probably starts at 1. The collection calls it the number of pages to
            /// return; its sample of page 2 with 2 per page reads as a page index.
            page: Integer,
            /// Records per page; default and maximum unknown.
            per_page: Integer,
        }
        reply(InvoiceListResponse)
        pages PageNumber("invoices");

    /// Create an invoice with line items.
    create "invoicesCreate": POST "/partner/v2/invoices"
        body(InvoiceInput) in "invoice"
            beside {
                /// Sits beside the envelope; purpose not documented.
                email: Email,
            }
        reply(Invoice) in "invoice";

    /// Read an invoice.
    get "invoicesGet": GET "/partner/v2/invoices/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        reply(Invoice) in "invoice";

    /// Update an invoice and its line items.
    ///
    /// A line item without id adds one, so a repeat bills it again.
    update "invoicesUpdate": PUT "/partner/v2/invoices/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        body(InvoiceInput) in "invoice"
            beside {
                /// Sits beside the envelope; purpose not documented.
                email: Email,
            }
            and id
            adds ["line_items_attributes"]
        reply(Invoice) in "invoice";

    /// Delete an invoice.
    delete "invoicesDelete": DELETE "/partner/v2/invoices/{id}"
        path(
            /// Record id.
            id: Integer,
        );

    /// List invoices of a payment.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    ///
    /// Known only as a link name in a third-party payment model.
    list_by_payment "invoicesListByPayment": GET "/partner/v2/payments/{id}/invoices"
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
        reply(InvoiceListResponse)
        pages PageNumber("invoices");
}

records! {
    /// Array under "invoices"; paging metadata, if any, is undocumented and must be kept.
    InvoiceListResponse {
        invoices: List<Invoice>,
    }

    /// Charges for one visit, made of line items.
    ///
    /// No response sample; expect many more fields.
    Invoice {
        id: Integer,
        patient_id: Integer,
        practice_id: Integer,
        date_of_service: DateOrDateTime,
        doctor_id: Integer | null,
        appointment_id: Integer | null,
        notes: Text | null,
        estimate: Boolean,
        /// Sum of line item insurance_owed_amount_cents minus applied insurance payments. Unit:
        /// whole US cents.
        total_insurance_balance_cents: Cents,
    }

    /// Writable invoice attributes.
    InvoiceInput {
        patient_id: Integer,
        practice_id: Integer,
        date_of_service: DateOrDateTime,
        doctor_id: Integer,
        notes: Text,
        estimate: Boolean,
        /// Seen on update only.
        appointment_id: Integer,
        line_items_attributes: List<NestedLineItemAttributes>,
    }

    /// Line item created or changed together with its invoice.
    NestedLineItemAttributes {
        /// Present to change an existing line item on invoice update.
        id: Integer,
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
    }
}

enumerations! {
}

aliases! {
}
