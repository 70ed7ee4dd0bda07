//! Client organisations, which bill patients.

use super::pages::filtered_paging;
use super::patients::{ExternalId, Link, SoftDelete};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Client organisations, which bill patients.
    enterprises EnterprisesResource;

    /// List enterprises.
    list "enterprisesList": GET "/partner/v2/enterprises"
        query { ..filtered_paging }
        reply(EnterpriseListResponse)
        pages PageNumber("enterprises");

    /// Create an enterprise, optionally with practices.
    ///
    /// Without `practices_attributes` the API makes one practice from the data of the enterprise.
    create "enterprisesCreate": POST "/partner/v2/enterprises"
        body(EnterpriseInput) in "enterprise"
        reply(Enterprise) in "enterprise";

    /// Update an enterprise and its nested practices.
    ///
    /// Send only what changes. A practice without `id` is added, so such a call is sent once only.
    update "enterprisesUpdate": PUT "/partner/v2/enterprises/{id}"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        body(EnterpriseInput) in "enterprise" and id
        reply(Enterprise) in "enterprise";
}

records! {
    /// A page of enterprises; no source shows what else it holds.
    EnterpriseListResponse {
        enterprises: List<Enterprise>,
    }

    /// A client organisation, which bills patients. All other records belong to one.
    Enterprise {
        id: Integer,
        name: Text,
        created_at: DateTime,
        updated_at: DateTime,
        enterprise_plan_id: Integer,
        bank_name: Text | null,
        bank_last_4: Text | null,
        country: Text | null,
        address_line_1: Text,
        address_line_2: Text | null,
        city: Text,
        state: Text,
        ein: Text | null,
        transfer_date_scheduled: Text | null,
        transfer_status: TransferStatus,
        transfer_interval: Text | null,
        enterprise_payment_date_scheduled: Text | null,
        billing_name: Text | null,
        /// In whole US cents.
        minimum_bill_amount_cents: Cents,
        support_phone_number: Text,
        use_support_phone_number: Boolean,
        payment_phone_number: Text | null,
        default_service_code: Text,
        additional_fees_description: Text | null,
        /// In whole US cents.
        additional_fees_cents: Cents,
        /// In percent, with decimals: 6.35.
        sales_tax: Number,
        default_service_location: Text,
        zip: Text,
        default_statement_memo: Text | null,
        days_before_patient_balance_reminder: Integer,
        days_before_patient_balance_reminder_with_paper_statements: Integer,
        enterprise_plan: EnterprisePlan,
        /// Only `null` was seen.
        stripe_fields_needed: Anything,
        has_stripe_subscription: Boolean,
        /// A fraction: 0.2 is 20 %.
        estimate_down_payment_rate: Number,
        /// Only `null` was seen.
        bcbs_payer_id: Anything,
        default_quick_pay_description: Text,
        enable_scheduled_eligible_requests: Boolean,
        logo_background_color: Text | null,
        /// A JSON document inside a string. The API fills it in when `null` is sent.
        default_checkin_routes: Text | null,
        gift_card_merchant_number: Text | null,
        gift_card_user_name: Text | null,
        enable_giftcards: Boolean,
        /// What card statements show. It may differ from what was sent.
        statement_descriptor: Text,
        has_logo_base64: Boolean,
        cancellation_fee_window: Integer,
        /// In whole US cents.
        cancellation_fee_cents: Cents,
        reschedule_window: Integer,
        soonest_bookable_time_window: Integer,
        apply_payment: Boolean,
        default_eligible_npi: Text | null,
        checkin_card_on_file_required: Boolean,
        patient_billing_active: Boolean,
        auto_charge: Boolean,
        /// In whole US cents.
        auto_charge_max_cents: Cents,
        past_due_balance_days: Integer,
        collection_warning_balance_days: Integer,
        enable_scheduled_appointment_reminders: Boolean,
        max_paper_bills_per_billing_cycle_count: Integer,
        soft_delete: SoftDelete | null,
        billing_business_name: Text | null,
        billing_address_line_1: Text | null,
        billing_address_line_2: Text | null,
        billing_city: Text | null,
        billing_state: Text | null,
        billing_zip: Text | null,
        time_zone: TimeZoneName,
        billing_contact_email: Text | null,
        baa_agree: Boolean,
        baa_agreed_at: DateTime | null,
        baa_html: Text | null,
        has_baa_signature_base64: Boolean,
        send_initial_statement_sms: Boolean,
        default_billing_cycle_template_id: Integer,
        twenty_four_hours_appt_reminders: Boolean,
        /// Spelt so by the API.
        fourty_eight_hours_appt_reminders: Boolean,
        one_week_appt_reminders: Boolean,
        make_checks_payable_to: Text | null,
        custom_collection_copy: Text | null,
        legacy_payer_model: Boolean,
        enable_advanced_payment_routing: Boolean,
        self_pay_imported_payer_id: Integer | null,
        enable_unapplied_payment_only: Boolean,
        post_checkin_message: Text | null,
        enable_simplified_account_view: Boolean,
        accepts_credit_card: Boolean,
        color_statements: Boolean,
        first_class: Boolean,
        return_envelope: Boolean,
        perforation: Boolean,
        patient_support_email: Text | null,
        portal_accepts_credit_card: Boolean,
        portal_accepts_ach: Boolean,
        links: EnterpriseLinks,
        /// Unofficial: seen only in the code of integrators.
        practices: List<Practice>,
        /// Unofficial: seen only in the code of integrators.
        external_ids: List<ExternalId>,
        /// Unofficial: seen only in the code of integrators.
        account_manager_id: Integer | null,
        /// Unofficial: seen only in the code of integrators.
        admin_organization_id: Integer | null,
        /// Unofficial: seen only in the code of integrators.
        payment_plan_minimums: Anything,
        /// Its type is not documented; probably boolean. Unofficial: seen only in the code of
        /// integrators.
        paper_bill_includes_payment_reasons: Anything,
        /// Its type is not documented; probably boolean. Unofficial: seen only in the code of
        /// integrators.
        enable_live_chat: Anything,
        /// Its type is not documented; probably boolean. Unofficial: seen only in the code of
        /// integrators.
        churned: Anything,
        /// Its type is not documented; probably boolean. Unofficial: seen only in the code of
        /// integrators.
        enable_unposted_payment_tab: Anything,
        /// Unofficial: seen only in the code of integrators.
        connect_onboarding_uuid: Text | null,
    }

    /// The prices that an enterprise pays. A `*_rate` is a fraction of the amount, `*_cents` are
    /// whole US cents.
    EnterprisePlan {
        id: Integer,
        plan_name: Text,
        created_at: DateTime,
        updated_at: DateTime,
        /// In whole US cents.
        per_eligibility_benefit_rate_cents: Cents,
        eligibility_benefits_per_month: Integer,
        /// In whole US cents.
        monthly_fee_cents: Cents,
        custom: Boolean,
        /// In whole US cents.
        check_fee_cents: Cents,
        /// A fraction of the amount, not cents: 0.029 is 2.9 %.
        card_transaction_rate: Number,
        amex_transaction_rate: Number,
        amex_debit_transaction_rate: Number,
        amex_prepaid_transaction_rate: Number,
        amex_credit_transaction_rate: Number,
        discover_debit_transaction_rate: Number,
        discover_prepaid_transaction_rate: Number,
        discover_credit_transaction_rate: Number,
        mastercard_debit_transaction_rate: Number,
        mastercard_prepaid_transaction_rate: Number,
        mastercard_credit_transaction_rate: Number,
        visa_debit_transaction_rate: Number,
        visa_prepaid_transaction_rate: Number,
        visa_credit_transaction_rate: Number,
        terminal_amex_debit_transaction_rate: Number,
        terminal_amex_prepaid_transaction_rate: Number,
        terminal_amex_credit_transaction_rate: Number,
        terminal_discover_debit_transaction_rate: Number,
        terminal_discover_prepaid_transaction_rate: Number,
        terminal_discover_credit_transaction_rate: Number,
        terminal_mastercard_debit_transaction_rate: Number,
        terminal_mastercard_prepaid_transaction_rate: Number,
        terminal_mastercard_credit_transaction_rate: Number,
        terminal_visa_debit_transaction_rate: Number,
        terminal_visa_prepaid_transaction_rate: Number,
        terminal_visa_credit_transaction_rate: Number,
        /// In whole US cents.
        amex_debit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        amex_prepaid_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        amex_credit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        discover_debit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        discover_prepaid_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        discover_credit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        mastercard_debit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        mastercard_prepaid_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        mastercard_credit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        visa_debit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        visa_prepaid_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        visa_credit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        terminal_amex_debit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        terminal_amex_prepaid_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        terminal_amex_credit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        terminal_discover_debit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        terminal_discover_prepaid_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        terminal_discover_credit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        terminal_mastercard_debit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        terminal_mastercard_prepaid_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        terminal_mastercard_credit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        terminal_visa_debit_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        terminal_visa_prepaid_transaction_flat_fee_cents: Cents,
        /// In whole US cents.
        terminal_visa_credit_transaction_flat_fee_cents: Cents,
        ach_transaction_rate: Number,
        /// In whole US cents.
        ach_transaction_flat_fee_cents: Cents,
        inbox_health_transaction_rate: Number,
        /// In whole US cents.
        transaction_flat_fee_cents: Cents,
        stripe_plan_id: Text,
        number_of_users: Integer,
        /// In whole US cents.
        per_email_rate_cents: Cents,
        /// In whole US cents.
        per_paper_rate_cents: Cents,
        /// In whole US cents.
        per_voice_call_minute_rate_cents: Cents,
        /// In whole US cents.
        per_sms_rate_cents: Cents,
        enable_preauth: Boolean,
        enable_estimates: Boolean,
        enable_billing: Boolean,
        enable_checkin: Boolean,
        enable_eligibility: Boolean,
        enable_full_service: Boolean,
    }

    /// Addresses of what belongs to the enterprise. They lead to an older host; the client never
    /// follows them.
    EnterpriseLinks {
        practices: Link | null,
        patients: Link | null,
        enterprise_invoices: Link | null,
        enterprise_payment_infos: Link | null,
        enterprise_payments: Link | null,
        transfers: Link | null,
        admin_organizations: Link | null,
        doctors: Link | null,
        appointment_templates: Link | null,
        payment_reasons: Link | null,
        api_integrations: Link | null,
        billing_cycle_templates: Link | null,
        write_off_codes: Link | null,
        deposit_accounts: Link | null,
        card_readers: Link | null,
    }

    /// A location of an enterprise.
    Practice {
        id: Integer,
        name: Text,
        enterprise_id: Integer,
        city: Text,
        state: Text,
        address_line_1: Text,
        address_line_2: Text | null,
        zip: Text,
        time_zone: TimeZoneName,
        monday_open: Text | null,
        monday_close: Text | null,
        /// Unofficial: seen only in the code of integrators.
        tuesday_open: Text | null,
        /// Unofficial: seen only in the code of integrators.
        tuesday_close: Text | null,
        /// Unofficial: seen only in the code of integrators.
        wednesday_open: Text | null,
        /// Unofficial: seen only in the code of integrators.
        wednesday_close: Text | null,
        /// Unofficial: seen only in the code of integrators.
        thursday_open: Text | null,
        /// Unofficial: seen only in the code of integrators.
        thursday_close: Text | null,
        /// Unofficial: seen only in the code of integrators.
        friday_open: Text | null,
        /// Unofficial: seen only in the code of integrators.
        friday_close: Text | null,
        /// Unofficial: seen only in the code of integrators.
        saturday_open: Text | null,
        /// Unofficial: seen only in the code of integrators.
        saturday_close: Text | null,
        /// Unofficial: seen only in the code of integrators.
        sunday_open: Text | null,
        /// Unofficial: seen only in the code of integrators.
        sunday_close: Text | null,
        /// Unofficial: seen only in the code of integrators.
        created_at: DateTime | null,
        /// Unofficial: seen only in the code of integrators.
        updated_at: DateTime | null,
        /// Unofficial: seen only in the code of integrators.
        logo_file_name: Text | null,
        /// Unofficial: seen only in the code of integrators.
        logo_content_type: Text | null,
        /// Unofficial: seen only in the code of integrators.
        logo_file_size: Integer | null,
        /// Unofficial: seen only in the code of integrators.
        logo_updated_at: Text | null,
        /// Unofficial: seen only in the code of integrators.
        practice_summary: Text | null,
        /// Unofficial: seen only in the code of integrators.
        email: Text | null,
        /// Unofficial: seen only in the code of integrators.
        website: Text | null,
        /// Unofficial: seen only in the code of integrators.
        phone: Text | null,
        /// Unofficial: seen only in the code of integrators.
        npi: Text | null,
        /// Unofficial: seen only in the code of integrators.
        deposit_account_id: Integer | null,
        /// Unofficial: seen only in the code of integrators.
        external_ids: List<ExternalId>,
        /// Its type is not documented; probably object. Unofficial: seen only in the code of
        /// integrators.
        links: Anything,
    }

    /// What is given of an enterprise.
    EnterpriseInput {
        name: Text,
        city: Text,
        state: Text,
        address_line_1: Text,
        address_line_2: Text | null,
        zip: Text,
        support_phone_number: Text,
        /// In percent, with decimals: 6.35.
        sales_tax: Number,
        default_quick_pay_description: Text,
        logo_background_color: Text | null,
        default_checkin_routes: Text | null,
        statement_descriptor: Text,
        time_zone: TimeZoneName,
        color_statements: Boolean,
        first_class: Boolean,
        return_envelope: Boolean,
        perforation: Boolean,
        /// Practices to add or, with their `id`, to change. When an enterprise is created without
        /// any, the API makes one from its data.
        practices_attributes: List<NestedPracticeAttributes>,
        /// The statement schedule that new billing cycles follow.
        default_billing_cycle_template_id: Integer,
        /// In whole US cents. Unofficial: seen only in the code of integrators.
        minimum_bill_amount_cents: Cents,
        /// In whole US cents. Unofficial: seen only in the code of integrators.
        cancellation_fee_cents: Cents,
        /// In whole US cents. Unofficial: seen only in the code of integrators.
        auto_charge_max_cents: Cents,
        /// Unofficial: seen only in the code of integrators.
        days_before_patient_balance_reminder: Integer,
        /// Unofficial: seen only in the code of integrators.
        days_before_patient_balance_reminder_with_paper_statements: Integer,
        /// Unofficial: seen only in the code of integrators.
        cancellation_fee_window: Integer,
        /// Unofficial: seen only in the code of integrators.
        reschedule_window: Integer,
        /// Unofficial: seen only in the code of integrators.
        soonest_bookable_time_window: Integer,
        /// Unofficial: seen only in the code of integrators.
        past_due_balance_days: Integer,
        /// Unofficial: seen only in the code of integrators.
        collection_warning_balance_days: Integer,
        /// Unofficial: seen only in the code of integrators.
        max_paper_bills_per_billing_cycle_count: Integer,
        /// Unofficial: seen only in the code of integrators.
        self_pay_imported_payer_id: Integer,
        /// Unofficial: seen only in the code of integrators.
        use_support_phone_number: Boolean,
        /// Unofficial: seen only in the code of integrators.
        enable_scheduled_eligible_requests: Boolean,
        /// Unofficial: seen only in the code of integrators.
        apply_payment: Boolean,
        /// Unofficial: seen only in the code of integrators.
        checkin_card_on_file_required: Boolean,
        /// Unofficial: seen only in the code of integrators.
        patient_billing_active: Boolean,
        /// Unofficial: seen only in the code of integrators.
        auto_charge: Boolean,
        /// Unofficial: seen only in the code of integrators.
        enable_scheduled_appointment_reminders: Boolean,
        /// Unofficial: seen only in the code of integrators.
        send_initial_statement_sms: Boolean,
        /// Unofficial: seen only in the code of integrators.
        twenty_four_hours_appt_reminders: Boolean,
        /// Unofficial: seen only in the code of integrators.
        fourty_eight_hours_appt_reminders: Boolean,
        /// Unofficial: seen only in the code of integrators.
        one_week_appt_reminders: Boolean,
        /// Unofficial: seen only in the code of integrators.
        enable_advanced_payment_routing: Boolean,
        /// Unofficial: seen only in the code of integrators.
        enable_unapplied_payment_only: Boolean,
        /// Unofficial: seen only in the code of integrators.
        enable_simplified_account_view: Boolean,
        /// Unofficial: seen only in the code of integrators.
        accepts_credit_card: Boolean,
        /// Unofficial: seen only in the code of integrators.
        ein: Text,
        /// Unofficial: seen only in the code of integrators.
        default_service_code: Text,
        /// Unofficial: seen only in the code of integrators.
        default_statement_memo: Text,
        /// Unofficial: seen only in the code of integrators.
        billing_contact_email: Text,
        /// Unofficial: seen only in the code of integrators.
        billing_name: Text,
        /// Unofficial: seen only in the code of integrators.
        billing_business_name: Text,
        /// Unofficial: seen only in the code of integrators.
        billing_address_line_1: Text,
        /// Unofficial: seen only in the code of integrators.
        billing_address_line_2: Text,
        /// Unofficial: seen only in the code of integrators.
        billing_city: Text,
        /// Unofficial: seen only in the code of integrators.
        billing_state: Text,
        /// Unofficial: seen only in the code of integrators.
        billing_zip: Text,
        /// Unofficial: seen only in the code of integrators.
        make_checks_payable_to: Text,
        /// Unofficial: seen only in the code of integrators.
        custom_collection_copy: Text,
        /// Unofficial: seen only in the code of integrators.
        post_checkin_message: Text,
        /// Unofficial: seen only in the code of integrators.
        patient_support_email: Text,
        /// Unofficial: seen only in the code of integrators.
        estimate_down_payment_rate: Number,
    }

    /// A practice given with its enterprise.
    NestedPracticeAttributes {
        /// Changes this practice; without it one is added.
        id: Integer,
        name: Text,
        address_line_1: Text,
        city: Text,
        state: Text,
        zip: Text,
        time_zone: TimeZoneName,
    }
}

enumerations! {
    /// Payout status of an enterprise.
    TransferStatus { SCHEDULED = "scheduled" }
}

aliases! {
    /// A name of Ruby on Rails, not of IANA: `"Eastern Time (US & Canada)"`.
    TimeZoneName = Text;
}
