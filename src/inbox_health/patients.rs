//! Billed persons.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Billed persons.
    patients PatientsResource;

    /// List patients of an enterprise.
    list_by_enterprise "patientsListByEnterprise": GET "/partner/v2/enterprises/{id}/patients"
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
        reply(PatientListResponse)
        pages PageNumber("patients");

    /// List patients.
    list "patientsList": GET "/partner/v2/patients"
        query {
            /// Sent as `filter[first_name]=value`. Known filter fields: first_name.
            filter: Map<Text>,
            /// Field to sort by, ascending; no descending form is documented.
            sort: Text,
            /// Page number; probably starts at 1. The collection calls it the number of pages to
            /// return; its sample of page 2 with 2 per page reads as a page index.
            page: Integer,
            /// Records per page; default and maximum unknown.
            per_page: Integer,
        }
        reply(PatientListResponse)
        pages PageNumber("patients");

    /// Create a patient.
    ///
    /// A collection script reads patient.id from the reply, so the reply is wrapped. The force key
    /// comes from a third party.
    create "patientsCreate": POST "/partner/v2/patients"
        body(PatientInput) in "patient"
            beside {
                /// Meaning not documented; probably skips duplicate detection. Seen only in code of
                /// integrators.
                force: Boolean,
            }
        reply(Patient) in "patient";

    /// Read a patient, including balances.
    get "patientsGet": GET "/partner/v2/patients/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        reply(Patient) in "patient";

    /// Update a patient or its billing status.
    ///
    /// One sample sends only billing_status and precollection, so partial attribute sets look
    /// acceptable. An emergency contact without id (third-party) would be added again by a repeat.
    update "patientsUpdate": PUT "/partner/v2/patients/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        body(PatientInput) in "patient" and id adds ["emergency_contacts_attributes"]
        reply(Patient) in "patient";
}

records! {
    /// Array under "patients"; paging metadata, if any, is undocumented and must be kept.
    PatientListResponse {
        patients: List<Patient> | required,
    }

    /// A person billed by an enterprise; carries the balance.
    ///
    /// Full field list comes from the webhook sample; REST bodies add balances and billing fields.
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
        /// First choice for SMS.
        cell_phone: Text | null,
        /// Second choice for SMS.
        secondary_phone: Text | null,
        date_of_birth: PlainDate | null,
        primary: Boolean,
        ssn: Text | null,
        sex: Sex | null,
        removed: Boolean,
        email: Text | null,
        zip: Text | null,
        email_two: Text | null,
        /// Chart number; string in the webhook sample, integer in a third-party model.
        health_record_id: TextOrInteger | null,
        notes: Text | null,
        /// Balance owed by the patient. Unit: whole US cents.
        balance_cents: Cents,
        /// Stored balance; the field the docs compare before and after adjustments. Unit: whole US
        /// cents.
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
        /// Third choice for SMS.
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
        /// Literal "patient"; seen in webhook payloads.
        object: Text,
        billing_status: BillingStatus | null,
        allow_self_directed_payment_plan: Boolean | null,
        precollection: Boolean | null,
        /// Seen only in code of integrators.
        patient_plans: List<OpenObject>,
        /// Seen only in code of integrators.
        balance_error_message: Text | null,
        /// Type not documented; probably boolean. Seen only in code of integrators.
        force_bad_address_mailing: Anything,
        /// Seen only in code of integrators.
        last_collection_report_sent_at: Text | null,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        guarantor_id: Anything,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        merged_patient_id: Anything,
        /// Seen only in code of integrators.
        billing_error_message: Text | null,
        /// Type not documented; probably boolean. Seen only in code of integrators.
        auto_charge: Anything,
        /// Type not documented; probably integer. Seen only in code of integrators.
        auto_charge_max_cents: Anything,
        /// Type not documented; probably integer. Seen only in code of integrators.
        current_billing_cycle_paper_bills_count: Anything,
        /// Seen only in code of integrators.
        hold_until: Text | null,
        /// Type not documented; probably boolean. Seen only in code of integrators.
        is_auto_applying_payments: Anything,
    }

    /// Emergency contact of a patient.
    EmergencyContact {
        id: Integer,
        first_name: Text | null,
        last_name: Text | null,
        cell_phone: Text | null,
        secondary_phone: Text | null,
        relationship: Text | null,
        patient_id: Integer | null,
    }

    /// Identifier of a record in another system.
    ExternalId {
        id: Integer,
        /// System that issued the foreign id.
        issuer: Text,
        /// Id in that system.
        external_id: Text,
    }

    /// Sub-collection URLs of a patient; all null inside webhook payloads.
    PatientLinks {
        invoices: Link | null,
        payments: Link | null,
        notifications: Link | null,
        patient_payment_infos: Link | null,
        tickets: Link | null,
    }

    /// Writable patient attributes.
    ///
    /// An account type can be set on a patient, but no source names the attribute.
    PatientInput {
        first_name: Text,
        middle_name: Text,
        last_name: Text,
        /// Write-only in samples; not among response fields.
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
        /// Docs advise complete on create; excluded stops billing.
        billing_status: BillingStatus,
        /// Sent together with billing_status excluded.
        precollection: Boolean,
        /// Seen only in code of integrators.
        health_record_id: Text,
        /// Seen only in code of integrators.
        notes: Text,
        /// Seen only in code of integrators.
        race: Text,
        /// Seen only in code of integrators.
        marital_status: Text,
        /// Seen only in code of integrators.
        language: Text,
        /// Seen only in code of integrators.
        ethnicity: Text,
        /// Seen only in code of integrators.
        employment_status: Text,
        /// Seen only in code of integrators.
        employer_name: Text,
        /// Seen only in code of integrators.
        occupation: Text,
        /// Seen only in code of integrators.
        pharmacy_name: Text,
        /// Seen only in code of integrators.
        pharmacy_address_line_1: Text,
        /// Seen only in code of integrators.
        pharmacy_address_line_2: Text,
        /// Seen only in code of integrators.
        pharmacy_city: Text,
        /// Seen only in code of integrators.
        pharmacy_state: Text,
        /// Seen only in code of integrators.
        pharmacy_phone_number: Text,
        /// Seen only in code of integrators.
        maiden_name: Text,
        /// Seen only in code of integrators.
        home_phone: Text,
        /// Seen only in code of integrators.
        work_phone: Text,
        /// Seen only in code of integrators.
        primary_care_provider_name: Text,
        /// Seen only in code of integrators.
        primary_care_provider_city: Text,
        /// Seen only in code of integrators.
        primary_care_provider_state: Text,
        /// Seen only in code of integrators.
        contact_preference: ContactPreference,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        practice_id: Anything,
        /// Seen only in code of integrators.
        sms_opt_out: Boolean,
        /// Seen only in code of integrators.
        phone_opt_out: Boolean,
        /// Seen only in code of integrators.
        auto_charge: Boolean,
        /// Seen only in code of integrators.
        force_bad_address_mailing: Boolean,
        /// Unit: whole US cents. Seen only in code of integrators.
        auto_charge_max_cents: Cents,
        /// Seen only in code of integrators.
        hold_until: DateOrDateTime,
        /// Seen only in code of integrators.
        emergency_contacts_attributes: List<EmergencyContact>,
    }
}

enumerations! {
    /// Patient sex; both the long and the one-letter form occur.
    Sex { MALE = "Male", M = "M" }

    /// Preferred contact channel of a patient.
    ContactPreference { BOTH = "both" }

    /// Where a patient stands in the statement workflow; unknown values must be kept.
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
    /// Deleted flag; seen as boolean (enterprise), integer 0 (patient) and string "true" (doctor
    /// update).
    SoftDelete = TextIntegerOrBoolean | null;

    /// Absolute URL of a sub-collection, or null.
    Link = Text | null;

    /// Calendar date (YYYY-MM-DD) or ISO-8601 timestamp; both are sent in samples.
    DateOrDateTime = Text;
}
