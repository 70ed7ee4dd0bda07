//! Links from encounters to assessments.

use super::encounters::EncounterAssessmentLink;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Links from encounters to assessments.
    encounterAssessments EncounterAssessmentsResource;

    /// List assessment links of an encounter.
    ///
    /// There are no pages: the answer holds all.
    list "encounterAssessmentsList": GET "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}/assessments"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
        )
        reply(List<EncounterAssessmentLink>)
        pages PlainArray;

    /// Link an assessment to an encounter.
    create "encounterAssessmentsCreate": POST "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}/assessments"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
        )
        body(EncounterAssessmentLinkCreate)
        reply(EncounterAssessmentLink);

    /// Read an assessment link.
    get "encounterAssessmentsGet": GET "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}/assessments/{encounterAssessmentId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
            /// Assessment-link id.
            encounterAssessmentId: Uuid,
        )
        reply(EncounterAssessmentLink);

    /// Attach an assessment record to a link.
    update "encounterAssessmentsUpdate": PATCH "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}/assessments/{encounterAssessmentId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
            /// Assessment-link id.
            encounterAssessmentId: Uuid,
        )
        body(EncounterAssessmentLinkUpdate)
        reply(EncounterAssessmentLink);

    /// Remove an assessment link.
    delete "encounterAssessmentsDelete": DELETE "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}/assessments/{encounterAssessmentId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
            /// Assessment-link id.
            encounterAssessmentId: Uuid,
        );
}

records! {
    /// New link from an encounter to an assessment.
    EncounterAssessmentLinkCreate {
        assessmentName: Text,
        assessmentRecordId: Uuid | null,
    }

    /// Change of a link.
    EncounterAssessmentLinkUpdate {
        assessmentRecordId: Uuid,
    }
}
