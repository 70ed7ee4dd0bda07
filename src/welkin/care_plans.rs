//! Care plans of patients.

use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Care plans of patients.
    carePlans CarePlansResource;

    /// Read the care plan of a patient.
    get "carePlansGet": GET "/{tenantName}/{instanceName}/patients/{patientId}/care-plan"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        reply(CarePlan);

    /// Create the overview.
    create_overview "carePlansCreateOverview": POST "/{tenantName}/{instanceName}/patients/{patientId}/care-plan/overview"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        body(CarePlanOverviewInput)
        reply(CarePlanOverview);

    /// Replace the overview.
    replace_overview "carePlansReplaceOverview": PUT "/{tenantName}/{instanceName}/patients/{patientId}/care-plan/overview"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        body(CarePlanOverviewInput)
        reply(CarePlanOverview);
}

records! {
    /// Care plan head.
    CarePlan {
        id: Uuid,
        createdByName: Text | null | absent,
        createdAt: DateTime,
        updatedByName: Text | null | absent,
        updatedAt: DateTime,
        patientId: Uuid | absent,
        patientOverview: CarePlanOverview,
    }

    /// Overview text with audit fields.
    CarePlanOverview {
        createdByName: Text | null | absent,
        createdAt: DateTime,
        updatedByName: Text | null | absent,
        updatedAt: DateTime,
        overview: Text,
    }

    /// Overview text.
    CarePlanOverviewInput {
        overview: Text,
    }
}
