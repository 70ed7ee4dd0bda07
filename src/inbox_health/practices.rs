//! Locations of an enterprise.

use super::enterprises::{Practice, TimeZoneName};
use super::pages::{filtered_paging, paging};
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Locations of an enterprise.
    practices PracticesResource;

    /// List practices of an enterprise.
    list_by_enterprise "practicesListByEnterprise": GET "/partner/v2/enterprises/{id}/practices"
        path(
            /// Id of the enterprise.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(PracticeListResponse)
        pages PageNumber("practices");

    /// List practices.
    list "practicesList": GET "/partner/v2/practices"
        query {
            ..paging,
            /// Sent as filter[name]=value; looks like a partial, case-insensitive match. Known
            /// filter fields: name.
            filter: Map<Text>,
        }
        reply(PracticeListResponse)
        pages PageNumber("practices");

    /// Create a practice.
    create "practicesCreate": POST "/partner/v2/practices"
        body(PracticeInput) in "practice"
        reply(Practice) in "practice";

    /// Read a practice.
    get "practicesGet": GET "/partner/v2/practices/{id}"
        path(
            /// Id of the practice.
            id: Integer,
        )
        reply(Practice) in "practice";

    /// Update a practice.
    update "practicesUpdate": PUT "/partner/v2/practices/{id}"
        path(
            /// Id of the practice.
            id: Integer,
        )
        body(PracticeInput) in "practice" and id
        reply(Practice) in "practice";

    /// Delete a practice.
    delete "practicesDelete": DELETE "/partner/v2/practices/{id}"
        path(
            /// Id of the practice.
            id: Integer,
        );

    /// List practices of a provider.
    list_by_doctor "practicesListByDoctor": GET "/partner/v2/doctors/{id}/practices"
        path(
            /// Id of the provider.
            id: Integer,
        )
        query { ..filtered_paging }
        reply(PracticeListResponse)
        pages PageNumber("practices");
}

records! {
    /// A page of practices; no source shows what else it holds.
    PracticeListResponse {
        practices: List<Practice> | required,
    }

    /// Writable practice attributes.
    ///
    /// Opening hours of the other weekdays exist in responses under the same naming and are
    /// probably writable. The sample zone text is double escaped; send a plain ampersand.
    PracticeInput {
        name: Text,
        /// Sent on create, left out in the update sample.
        enterprise_id: Integer,
        city: Text,
        state: Text,
        address_line_1: Text,
        address_line_2: Text,
        zip: Text,
        time_zone: TimeZoneName,
        /// Time of day in the form T11:58:28.345Z.
        monday_open: Text,
        /// Time of day in the form T13:58:28.345Z.
        monday_close: Text,
    }
}
