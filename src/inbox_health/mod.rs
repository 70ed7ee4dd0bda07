//! The Inbox Health Partner API: patient billing.

crate::api! {
    /// A client of the Inbox Health Partner API over your own transport and token source.
    InboxHealth;

    /// Client organisations.
    enterprises: EnterprisesResource,
    /// Locations of an enterprise.
    practices: PracticesResource,
    /// Billed persons.
    patients: PatientsResource,
    /// Providers.
    doctors: DoctorsResource,
    /// Platform invoices (named only).
    enterprise_invoices: EnterpriseInvoicesResource,
    /// Enterprise payment methods (named only).
    enterprise_payment_infos: EnterprisePaymentInfosResource,
    /// Enterprise payments (named only).
    enterprise_payments: EnterprisePaymentsResource,
    /// Payouts (named only).
    transfers: TransfersResource,
    /// Partner organisations.
    admin_organizations: AdminOrganizationsResource,
    /// Appointment kinds (named only).
    appointment_templates: AppointmentTemplatesResource,
    /// Codes that explain payments.
    payment_reasons: PaymentReasonsResource,
    /// Integrations (named only).
    api_integrations: ApiIntegrationsResource,
    /// Statement schedules (named only).
    billing_cycle_templates: BillingCycleTemplatesResource,
    /// Codes for write-offs.
    write_off_codes: WriteOffCodesResource,
    /// Payout accounts (named only).
    deposit_accounts: DepositAccountsResource,
    /// Card terminals (named only).
    card_readers: CardReadersResource,
    /// Charges.
    invoices: InvoicesResource,
    /// User memberships of a practice.
    practice_users: PracticeUsersResource,
    /// Portal users.
    users: UsersResource,
    /// Provider shifts.
    shifts: ShiftsResource,
    /// Money in.
    payments: PaymentsResource,
    /// Messages sent to patients.
    notifications: NotificationsResource,
    /// Saved payment methods.
    patient_payment_infos: PatientPaymentInfosResource,
    /// Out-of-band messages to patients (named only).
    tickets: TicketsResource,
    /// Procedures and adjustments on invoices.
    line_items: LineItemsResource,
    /// Application of payments to invoices.
    invoice_payments: InvoicePaymentsResource,
    /// Refunds and voids.
    payment_adjustments: PaymentAdjustmentsResource,
    /// File metadata.
    attachments: AttachmentsResource,
    /// Forgiven amounts.
    write_offs: WriteOffsResource,
    /// Webhook subscriptions.
    webhook_endpoints: WebhookEndpointsResource,
    /// Bulk import files.
    sftp_uploads: SftpUploadsResource,
    /// Patient categories (named only).
    account_types: AccountTypesResource,
}
