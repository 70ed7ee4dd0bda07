//! The Inbox Health Partner API: patient billing.

mod pages;

crate::api! {
    /// A client of the Inbox Health Partner API over your own transport and token source.
    InboxHealth, with the records of webhooks;

    /// Client organisations, which bill patients.
    enterprises: EnterprisesResource,
    /// Locations of an enterprise.
    practices: PracticesResource,
    /// Billed persons and their balances.
    patients: PatientsResource,
    /// Providers, who are named on invoices.
    doctors: DoctorsResource,
    /// What the platform bills to an enterprise.
    enterprise_invoices: EnterpriseInvoicesResource,
    /// Payment methods of an enterprise.
    enterprise_payment_infos: EnterprisePaymentInfosResource,
    /// Payments of an enterprise to the platform.
    enterprise_payments: EnterprisePaymentsResource,
    /// Payouts to enterprises.
    transfers: TransfersResource,
    /// Partner organisations, above the enterprises.
    admin_organizations: AdminOrganizationsResource,
    /// Kinds of appointments of an enterprise.
    appointment_templates: AppointmentTemplatesResource,
    /// Codes that explain payments and denials.
    payment_reasons: PaymentReasonsResource,
    /// Integrations of an enterprise with other systems.
    api_integrations: ApiIntegrationsResource,
    /// Schedules by which statements are sent.
    billing_cycle_templates: BillingCycleTemplatesResource,
    /// Codes that explain write-offs.
    write_off_codes: WriteOffCodesResource,
    /// Bank accounts to which an enterprise is paid out.
    deposit_accounts: DepositAccountsResource,
    /// Card terminals of an enterprise.
    card_readers: CardReadersResource,
    /// Charges to patients, made of line items.
    invoices: InvoicesResource,
    /// Memberships of portal users in practices.
    practice_users: PracticeUsersResource,
    /// Users of the partner portal.
    users: UsersResource,
    /// Work shifts of providers.
    shifts: ShiftsResource,
    /// Money received or to be collected.
    payments: PaymentsResource,
    /// Messages sent to patients.
    notifications: NotificationsResource,
    /// Saved payment methods of patients.
    patient_payment_infos: PatientPaymentInfosResource,
    /// Messages to patients outside the portal: SMS, email, calls.
    tickets: TicketsResource,
    /// Procedures and adjustments on invoices.
    line_items: LineItemsResource,
    /// Parts of payments, applied to invoices.
    invoice_payments: InvoicePaymentsResource,
    /// Refunds and voids of payments.
    payment_adjustments: PaymentAdjustmentsResource,
    /// Metadata of stored files.
    attachments: AttachmentsResource,
    /// Amounts forgiven to patients.
    write_offs: WriteOffsResource,
    /// Subscriptions to webhooks.
    webhook_endpoints: WebhookEndpointsResource,
    /// Files for bulk imports.
    sftp_uploads: SftpUploadsResource,
    /// Categories of patients, which can hold them back from billing.
    account_types: AccountTypesResource,
}
