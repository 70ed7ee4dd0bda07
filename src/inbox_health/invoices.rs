//! Charges to patients, made of line items.

use super::pages::{filtered_paging, paging};
use super::patients::DateOrDateTime;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Charges to patients, made of line items.
    invoices InvoicesResource;

    /// List invoices of a practice.
    list_by_practice "invoicesListByPractice": GET "/partner/v2/practices/{id}/invoices"
        path(
            /// Id of the practice.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(InvoiceListResponse)
        pages PageNumber("invoices");

    /// List invoices of a provider.
    list_by_doctor "invoicesListByDoctor": GET "/partner/v2/doctors/{id}/invoices"
        path(
            /// Id of the provider.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(InvoiceListResponse)
        pages PageNumber("invoices");

    /// List invoices of a patient.
    list_by_patient "invoicesListByPatient": GET "/partner/v2/patients/{id}/invoices"
        path(
            /// Id of the patient.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(InvoiceListResponse)
        pages PageNumber("invoices");

    /// List invoices.
    list "invoicesList": GET "/partner/v2/invoices"
        query {
            ..paging,
            /// Sent as `filter[first_name]=value`; matches the first name of the invoiced patient.
            /// Known filter fields: first_name.
            filter: Map<Text>,
        }
        reply(InvoiceListResponse)
        pages PageNumber("invoices");

    /// Create an invoice with line items.
    ///
    /// The patient balance is the sum of the open invoices less unapplied patient payments; an
    /// invoice on which insurance still owes does not add to it.
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
            /// Id of the invoice.
            id: Integer,
        )
        reply(Invoice) in "invoice";

    /// Update an invoice and its line items.
    ///
    /// Only what is given changes. A line item without `id` is added, and billed, so such a call is
    /// sent once only. Changes of line items raise webhooks of their own, not `invoice_updated`.
    update "invoicesUpdate": PUT "/partner/v2/invoices/{id}"
        path(
            /// Id of the invoice.
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
            /// Id of the invoice.
            id: Integer,
        );

    /// List invoices of a payment.
    ///
    /// Experimental: only the name of this call is known; it takes and gives open types.
    list_by_payment "invoicesListByPayment": GET "/partner/v2/payments/{id}/invoices"
        path(
            /// Id of the payment.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(InvoiceListResponse)
        pages PageNumber("invoices");
}

records! {
    /// A page of invoices; no source shows what else it holds.
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
        /// Sum of line item insurance_owed_amount_cents minus applied insurance payments, in whole
        /// US cents.
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
        /// Gross charge, in whole US cents.
        total_charge_amount_cents: Cents,
        /// Part covered or adjusted away, in whole US cents.
        covered_amount_cents: Cents,
        /// In whole US cents.
        insurance_owed_amount_cents: Cents,
        /// In whole US cents.
        tax_amount_cents: Cents,
        quantity: Integer,
    }
}
