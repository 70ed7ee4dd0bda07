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
            /// Values by field, sent as `filter[field]=value`. Known field: `name`, of which a part
            /// in any case seems to do.
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

    /// What is given of a practice. The hours of other days are likely to work under the names that
    /// replies have.
    PracticeInput {
        name: Text,
        /// Given when a practice is created.
        enterprise_id: Integer,
        city: Text,
        state: Text,
        address_line_1: Text,
        address_line_2: Text,
        zip: Text,
        time_zone: TimeZoneName,
        /// A time of day, `T09:00:00.000Z`.
        monday_open: Text,
        /// A time of day, `T17:00:00.000Z`.
        monday_close: Text,
    }
}
