//! The Inbox Health Partner API: patient billing.

crate::api! {
    /// A client of the Inbox Health Partner API over your own transport and token source.
    InboxHealth;

    /// Billed persons.
    patients: PatientsResource,
    /// Charges.
    invoices: InvoicesResource,
    /// Procedures and adjustments on invoices.
    line_items: LineItemsResource,
    /// Money in.
    payments: PaymentsResource,
}
