//! Providers.

use super::patients::{ExternalId, SoftDelete};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Providers.
    doctors DoctorsResource;

    /// List doctors of an enterprise.
    list_by_enterprise "doctorsListByEnterprise": GET "/partner/v2/enterprises/{id}/doctors"
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
            /// Sent as filter[field]=value; no field is shown for this list.
            filter: Map<Text>,
        }
        reply(DoctorListResponse)
        pages PageNumber("doctors");

    /// List providers of a practice.
    list_by_practice "doctorsListByPractice": GET "/partner/v2/practices/{id}/doctors"
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
            /// Sent as filter[field]=value; no field is shown for this list.
            filter: Map<Text>,
        }
        reply(DoctorListResponse)
        pages PageNumber("doctors");

    /// List providers.
    list "doctorsList": GET "/partner/v2/doctors"
        query {
            /// Sent as filter[first_name]=value. Known filter fields: first_name.
            filter: Map<Text>,
            /// Field to sort by, ascending; no descending form is documented.
            sort: Text,
            /// Page number; probably starts at 1. The collection calls it the number of pages to
            /// return; its sample of page 2 with 2 per page reads as a page index.
            page: Integer,
            /// Records per page; default and maximum unknown.
            per_page: Integer,
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
            /// Record id.
            id: Integer,
        )
        reply(Doctor) in "doctor";

    /// Update a provider.
    ///
    /// The sample sends soft_delete as the string "true".
    update "doctorsUpdate": PUT "/partner/v2/doctors/{id}"
        path(
            /// Record id.
            id: Integer,
        )
        body(DoctorInput) in "doctor" and id
        reply(Doctor) in "doctor";

    /// Delete a provider.
    delete "doctorsDelete": DELETE "/partner/v2/doctors/{id}"
        path(
            /// Record id.
            id: Integer,
        );
}

records! {
    /// Array under "doctors"; paging metadata, if any, is undocumented and must be kept.
    DoctorListResponse {
        doctors: List<Doctor> | required,
    }

    /// A provider named on invoices.
    ///
    /// No official response sample; request fields plus third-party fields.
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
        /// Seen only in code of integrators.
        created_at: DateTime | null,
        /// Seen only in code of integrators.
        updated_at: DateTime | null,
        /// Seen only in code of integrators.
        photo_file_name: Text | null,
        /// Seen only in code of integrators.
        photo_content_type: Text | null,
        /// Type not documented; probably integer or string. Seen only in code of integrators.
        photo_file_size: Anything,
        /// Seen only in code of integrators.
        message: Text | null,
        /// Seen only in code of integrators.
        profile_id: Integer | null,
        /// Seen only in code of integrators.
        deposit_account_id: Integer | null,
        /// Seen only in code of integrators.
        external_ids: List<ExternalId>,
        /// Type not documented; probably object. Seen only in code of integrators.
        links: Anything,
    }

    /// Writable provider attributes.
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
        /// Seen on update only, as the string "true".
        soft_delete: SoftDelete | null,
    }
}

enumerations! {
    /// Provider status.
    DoctorStatus { FLOATING = "floating" }
}

aliases! {
}
