//! Providers, who are named on invoices.

use super::pages::{filtered_paging, paging};
use super::patients::{ExternalId, SoftDelete};
use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Providers, who are named on invoices.
    doctors DoctorsResource;

    /// List doctors of an enterprise.
    list_by_enterprise "doctorsListByEnterprise": GET "/partner/v2/enterprises/{id}/doctors"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(DoctorListResponse)
        pages PageNumber("doctors");

    /// List providers of a practice.
    list_by_practice "doctorsListByPractice": GET "/partner/v2/practices/{id}/doctors"
        path(
            /// Id of the practice.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(DoctorListResponse)
        pages PageNumber("doctors");

    /// List providers.
    list "doctorsList": GET "/partner/v2/doctors"
        query {
            ..paging,
            /// Values by field, sent as `filter[field]=value`. Known field: `first_name`.
            filter: Map<Text>,
        }
        reply(DoctorListResponse)
        pages PageNumber("doctors");

    /// Create a provider.
    create "doctorsCreate": POST "/partner/v2/doctors"
        body(DoctorInput) in "doctor"
        reply(Doctor) in "doctor";

    /// Read a provider.
    get "doctorsGet": GET "/partner/v2/doctors/{id}"
        path(
            /// Id of the provider.
            id: Integer,
        )
        reply(Doctor) in "doctor";

    /// Update a provider.
    ///
    /// Send only what changes. The only sample sends `soft_delete` as the string `"true"`.
    update "doctorsUpdate": PUT "/partner/v2/doctors/{id}"
        path(
            /// Id of the provider.
            id: Integer,
        )
        body(DoctorInput) in "doctor" and id
        reply(Doctor) in "doctor";

    /// Delete a provider.
    delete "doctorsDelete": DELETE "/partner/v2/doctors/{id}"
        path(
            /// Id of the provider.
            id: Integer,
        );
}

records! {
    /// A page of doctors; no source shows what else it holds.
    DoctorListResponse {
        doctors: List<Doctor> | required,
    }

    /// A provider, who is named on invoices.
    Doctor {
        id: Integer,
        first_name: Text,
        middle_name: Text | null,
        last_name: Text,
        phone: Text | null,
        email: Text | null,
        specialty: Text | null,
        suffix: Text | null,
        certification: Text | null,
        npi: Text | null,
        enterprise_id: Integer,
        status: DoctorStatus,
        provider_code: Text | null,
        soft_delete: SoftDelete | null,
        /// Unofficial: seen only in the code of integrators.
        created_at: DateTime | null,
        /// Unofficial: seen only in the code of integrators.
        updated_at: DateTime | null,
        /// Unofficial: seen only in the code of integrators.
        photo_file_name: Text | null,
        /// Unofficial: seen only in the code of integrators.
        photo_content_type: Text | null,
        /// Its type is not documented; probably integer or string. Unofficial: seen only in the
        /// code of integrators.
        photo_file_size: Anything,
        /// Unofficial: seen only in the code of integrators.
        message: Text | null,
        /// Unofficial: seen only in the code of integrators.
        profile_id: Integer | null,
        /// Unofficial: seen only in the code of integrators.
        deposit_account_id: Integer | null,
        /// Unofficial: seen only in the code of integrators.
        external_ids: List<ExternalId>,
        /// Its type is not documented; probably object. Unofficial: seen only in the code of
        /// integrators.
        links: Anything,
    }

    /// What is given of a provider.
    DoctorInput {
        first_name: Text,
        middle_name: Text,
        last_name: Text,
        phone: Text,
        email: Text,
        specialty: Text,
        suffix: Text,
        certification: Text,
        npi: Text,
        enterprise_id: Integer,
        status: DoctorStatus,
        provider_code: Text,
        /// Seen in an update only, as the string `"true"`.
        soft_delete: SoftDelete | null,
    }
}

enumerations! {
    /// State of a provider.
    DoctorStatus { FLOATING = "floating" }
}
