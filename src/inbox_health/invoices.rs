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
            /// Values by field, sent as `filter[field]=value`. Known field: `first_name`, that of
            /// the patient.
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
                /// Its purpose is not documented. It travels beside the invoice.
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
    /// Send only what changes. A line item without `id` is added, and billed, so such a call is
    /// sent once only. Changes of line items raise webhooks of their own, not `invoice_updated`.
    update "invoicesUpdate": PUT "/partner/v2/invoices/{id}"
        path(
            /// Id of the invoice.
            id: Integer,
        )
        body(InvoiceInput) in "invoice"
            beside {
                /// Its purpose is not documented. It travels beside the invoice.
                email: Email,
            }
            and id
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

    /// The charges of a visit, made of line items. No source shows a whole one: expect more fields.
    Invoice {
        id: Integer,
        patient_id: Integer,
        practice_id: Integer,
        date_of_service: DateOrDateTime,
        doctor_id: Integer | null,
        appointment_id: Integer | null,
        notes: Text | null,
        estimate: Boolean,
        /// What insurance still owes: the sum of `insurance_owed_amount_cents` of the line items
        /// less the insurance payments applied. In whole US cents.
        total_insurance_balance_cents: Cents,
    }

    /// What is given of an invoice.
    InvoiceInput {
        patient_id: Integer,
        practice_id: Integer,
        date_of_service: DateOrDateTime,
        doctor_id: Integer,
        notes: Text,
        estimate: Boolean,
        /// Seen in an update only.
        appointment_id: Integer,
        line_items_attributes: List<NestedLineItemAttributes>,
    }

    /// A line item given with its invoice.
    NestedLineItemAttributes {
        /// Changes this line item; without it one is added.
        id: Integer,
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
    }
}
