//! Billed persons and their balances.

use super::pages::{filtered_paging, paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Billed persons and their balances.
    patients PatientsResource;

    /// List patients of an enterprise.
    list_by_enterprise "patientsListByEnterprise": GET "/partner/v2/enterprises/{id}/patients"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(PatientListResponse)
        pages PageNumber("patients");

    /// List patients.
    list "patientsList": GET "/partner/v2/patients"
        query {
            ..paging,
            /// Values by field, sent as `filter[field]=value`. Known field: `first_name`.
            filter: Map<Text>,
        }
        reply(PatientListResponse)
        pages PageNumber("patients");

    /// Create a patient.
    ///
    /// `billing_status: "complete"` is advised for a new patient, so that nothing is pending.
    create "patientsCreate": POST "/partner/v2/patients"
        body(PatientInput) in "patient"
            beside {
                /// Its name suggests: create the patient even if one seems to be there already.
                /// Unofficial: seen only in the code of integrators.
                force: Boolean,
            }
        reply(Patient) in "patient";

    /// Read a patient, including balances.
    ///
    /// `balance_cents` and `cached_balance_cents` are whole US cents.
    get "patientsGet": GET "/partner/v2/patients/{id}"
        path(
            /// Id of the patient.
            id: Integer,
        )
        reply(Patient) in "patient";

    /// Update a patient or its billing status.
    ///
    /// Send only what changes. A `billing_status` overrides what the API would decide by itself. An
    /// emergency contact without `id` is added, so such a call is sent once only.
    update "patientsUpdate": PUT "/partner/v2/patients/{id}"
        path(
            /// Id of the patient.
            id: Integer,
        )
        body(PatientInput) in "patient" and id
        reply(Patient) in "patient";
}

records! {
    /// A page of patients; no source shows what else it holds.
    PatientListResponse {
        patients: List<Patient> | required,
    }

    /// A person who is billed by an enterprise.
    Patient {
        id: Integer,
        user_id: Integer | null,
        enterprise_id: Integer,
        first_name: Text,
        middle_name: Text | null,
        last_name: Text,
        created_at: DateTime,
        updated_at: DateTime,
        address_line_1: Text | null,
        address_line_2: Text | null,
        city: Text | null,
        state: Text | null,
        /// The first number that is tried for SMS.
        cell_phone: Text | null,
        /// The second number that is tried for SMS.
        secondary_phone: Text | null,
        date_of_birth: PlainDate | null,
        primary: Boolean,
        ssn: Text | null,
        sex: Sex | null,
        removed: Boolean,
        email: Text | null,
        zip: Text | null,
        email_two: Text | null,
        /// Chart number: a string or a whole number.
        health_record_id: TextOrInteger | null,
        notes: Text | null,
        /// What the patient owes, in whole US cents: the open invoices less unapplied payments.
        balance_cents: Cents,
        /// The balance as it is stored, in whole US cents.
        cached_balance_cents: Cents | null,
        soft_delete: SoftDelete | null,
        patient_plan_ids: List<Integer>,
        last_notified_at: DateTime | null,
        race: Text | null,
        language: Text | null,
        ethnicity: Text | null,
        marital_status: Text | null,
        employment_status: Text | null,
        employer_name: Text | null,
        contact_preference: ContactPreference | null,
        occupation: Text | null,
        pharmacy_name: Text | null,
        pharmacy_address_line_1: Text | null,
        pharmacy_address_line_2: Text | null,
        pharmacy_city: Text | null,
        pharmacy_state: Text | null,
        pharmacy_phone_number: Text | null,
        maiden_name: Text | null,
        /// The third number that is tried for SMS.
        home_phone: Text | null,
        work_phone: Text | null,
        practice_id: Integer | null,
        sms_opt_out: Boolean,
        phone_opt_out: Boolean,
        emergency_contacts: List<EmergencyContact>,
        external_ids: List<ExternalId>,
        statement_cycle_started_at: Text | null,
        collection_warning_letter_date: Text | null,
        needs_card_update: Boolean,
        corrected_address_line_1: Text | null,
        corrected_address_line_2: Text | null,
        corrected_city: Text | null,
        corrected_state: Text | null,
        corrected_zip: Text | null,
        links: PatientLinks,
        /// The word `patient`, seen in webhooks.
        object: Text,
        billing_status: BillingStatus | null,
        allow_self_directed_payment_plan: Boolean | null,
        precollection: Boolean | null,
        /// Unofficial: seen only in the code of integrators.
        patient_plans: List<OpenObject>,
        /// Unofficial: seen only in the code of integrators.
        balance_error_message: Text | null,
        /// Its type is not documented; probably boolean. Unofficial: seen only in the code of
        /// integrators.
        force_bad_address_mailing: Anything,
        /// Unofficial: seen only in the code of integrators.
        last_collection_report_sent_at: Text | null,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        guarantor_id: Anything,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        merged_patient_id: Anything,
        /// Unofficial: seen only in the code of integrators.
        billing_error_message: Text | null,
        /// Its type is not documented; probably boolean. Unofficial: seen only in the code of
        /// integrators.
        auto_charge: Anything,
        /// Its type is not documented; probably integer. Unofficial: seen only in the code of
        /// integrators.
        auto_charge_max_cents: Anything,
        /// Its type is not documented; probably integer. Unofficial: seen only in the code of
        /// integrators.
        current_billing_cycle_paper_bills_count: Anything,
        /// Unofficial: seen only in the code of integrators.
        hold_until: Text | null,
        /// Its type is not documented; probably boolean. Unofficial: seen only in the code of
        /// integrators.
        is_auto_applying_payments: Anything,
    }

    /// Whom to call about a patient.
    EmergencyContact {
        id: Integer,
        first_name: Text | null,
        last_name: Text | null,
        cell_phone: Text | null,
        secondary_phone: Text | null,
        relationship: Text | null,
        patient_id: Integer | null,
    }

    /// What another system calls the record.
    ExternalId {
        id: Integer,
        /// The other system.
        issuer: Text,
        /// Id in that system.
        external_id: Text,
    }

    /// Addresses of what belongs to the patient. They lead to an older host; the client never
    /// follows them. All are `null` in webhooks.
    PatientLinks {
        invoices: Link | null,
        payments: Link | null,
        notifications: Link | null,
        patient_payment_infos: Link | null,
        tickets: Link | null,
    }

    /// What is given of a patient.
    PatientInput {
        first_name: Text,
        middle_name: Text,
        last_name: Text,
        /// No reply shows it.
        phone: Text,
        email: Text,
        enterprise_id: Integer,
        address_line_1: Text,
        address_line_2: Text,
        city: Text,
        state: Text,
        cell_phone: Text,
        secondary_phone: Text | null,
        date_of_birth: PlainDate,
        primary: Boolean,
        ssn: Text,
        sex: Sex,
        removed: Boolean,
        zip: Text,
        allow_self_directed_payment_plan: Boolean,
        /// Overrides what the API would decide. `complete` is advised for a new patient, `excluded`
        /// stops billing.
        billing_status: BillingStatus,
        /// `true` goes with the billing status `excluded`.
        precollection: Boolean,
        /// Unofficial: seen only in the code of integrators.
        health_record_id: Text,
        /// Unofficial: seen only in the code of integrators.
        notes: Text,
        /// Unofficial: seen only in the code of integrators.
        race: Text,
        /// Unofficial: seen only in the code of integrators.
        marital_status: Text,
        /// Unofficial: seen only in the code of integrators.
        language: Text,
        /// Unofficial: seen only in the code of integrators.
        ethnicity: Text,
        /// Unofficial: seen only in the code of integrators.
        employment_status: Text,
        /// Unofficial: seen only in the code of integrators.
        employer_name: Text,
        /// Unofficial: seen only in the code of integrators.
        occupation: Text,
        /// Unofficial: seen only in the code of integrators.
        pharmacy_name: Text,
        /// Unofficial: seen only in the code of integrators.
        pharmacy_address_line_1: Text,
        /// Unofficial: seen only in the code of integrators.
        pharmacy_address_line_2: Text,
        /// Unofficial: seen only in the code of integrators.
        pharmacy_city: Text,
        /// Unofficial: seen only in the code of integrators.
        pharmacy_state: Text,
        /// Unofficial: seen only in the code of integrators.
        pharmacy_phone_number: Text,
        /// Unofficial: seen only in the code of integrators.
        maiden_name: Text,
        /// Unofficial: seen only in the code of integrators.
        home_phone: Text,
        /// Unofficial: seen only in the code of integrators.
        work_phone: Text,
        /// Unofficial: seen only in the code of integrators.
        primary_care_provider_name: Text,
        /// Unofficial: seen only in the code of integrators.
        primary_care_provider_city: Text,
        /// Unofficial: seen only in the code of integrators.
        primary_care_provider_state: Text,
        /// Unofficial: seen only in the code of integrators.
        contact_preference: ContactPreference,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        practice_id: Anything,
        /// Unofficial: seen only in the code of integrators.
        sms_opt_out: Boolean,
        /// Unofficial: seen only in the code of integrators.
        phone_opt_out: Boolean,
        /// Unofficial: seen only in the code of integrators.
        auto_charge: Boolean,
        /// Unofficial: seen only in the code of integrators.
        force_bad_address_mailing: Boolean,
        /// In whole US cents. Unofficial: seen only in the code of integrators.
        auto_charge_max_cents: Cents,
        /// Unofficial: seen only in the code of integrators.
        hold_until: DateOrDateTime,
        /// Unofficial: seen only in the code of integrators.
        emergency_contacts_attributes: List<EmergencyContact>,
    }
}

enumerations! {
    /// Sex of a patient, in long or in short.
    Sex { MALE = "Male", M = "M" }

    /// How a patient wants to be reached.
    ContactPreference { BOTH = "both" }

    /// Where a patient stands in billing.
    ///
    /// `complete`: nothing is pending. `billable`: there is a balance to bill. `scheduled`:
    /// statements are going out. It ends as `complete`, `no_response` or `collections`. `excluded`:
    /// not billed.
    BillingStatus {
        COMPLETE = "complete",
        BILLABLE = "billable",
        SCHEDULED = "scheduled",
        NO_RESPONSE = "no_response",
        COLLECTIONS = "collections",
        EXCLUDED = "excluded",
    }
}

aliases! {
    /// Whether a record counts as deleted: a boolean, 0 or 1, or the string `"true"`.
    SoftDelete = TextIntegerOrBoolean | null;

    /// An absolute URL that lists what belongs to the record. Call the list instead: the host may
    /// be another.
    Link = Text | null;

    /// A date, `YYYY-MM-DD`, or an instant in ISO 8601.
    DateOrDateTime = Text;
}
