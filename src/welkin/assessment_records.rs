//! Assessments that were filled, or are to be.

use super::cdt_records::CdtSystemFields;
use super::pages::{SpringPageBase, spring_paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Assessments that were filled, or are to be.
    assessmentRecords AssessmentRecordsResource;

    /// List assessment records of a patient.
    list "assessmentRecordsList": GET "/{tenantName}/{instanceName}/patients/{patientId}/assessment-records"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query { ..spring_paging }
        reply(AssessmentRecordPage)
        pages SpringPage;

    /// Create an assessment record.
    create "assessmentRecordsCreate": POST "/{tenantName}/{instanceName}/patients/{patientId}/assessment-records"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        body(AssessmentRecordCreate)
        reply(AssessmentRecord);

    /// Read an assessment record.
    get "assessmentRecordsGet": GET "/{tenantName}/{instanceName}/patients/{patientId}/assessment-records/{assessmentRecordId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Assessment record id.
            assessmentRecordId: Uuid,
        )
        reply(AssessmentRecord);

    /// Replace an assessment record, for example to complete it.
    ///
    /// Send the complete record back with status COMPLETED: that is known to work; whether less
    /// does is not.
    replace "assessmentRecordsReplace": PUT "/{tenantName}/{instanceName}/patients/{patientId}/assessment-records/{assessmentRecordId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Assessment record id.
            assessmentRecordId: Uuid,
        )
        body(AssessmentRecord)
        reply(AssessmentRecord);

    /// Delete an assessment record.
    delete "assessmentRecordsDelete": DELETE "/{tenantName}/{instanceName}/patients/{patientId}/assessment-records/{assessmentRecordId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Assessment record id.
            assessmentRecordId: Uuid,
        );

    /// Write answers of an assessment record.
    ///
    /// Answers go out flat, and the whole record comes back. Whether answers that are left out are
    /// kept is not known: send all.
    update_answers "assessmentRecordsUpdateAnswers": PUT "/{tenantName}/{instanceName}/patients/{patientId}/assessment-records/{assessmentRecordId}/answers"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Assessment record id.
            assessmentRecordId: Uuid,
        )
        body(Changes<AssessmentAnswersInput>)
        reply(AssessmentRecord);
}

records! {
    /// Page of assessment records.
    AssessmentRecordPage: SpringPageBase {
        content: List<AssessmentRecord>,
    }

    /// Filled or open assessment.
    AssessmentRecord {
        id: Uuid,
        createdAt: DateTime,
        updatedAt: DateTime,
        createdBy: Text | null | absent,
        updatedBy: Text | null | absent,
        createdByName: Text | null | absent,
        updatedByName: Text | null | absent,
        finalizedDate: DateTime | null,
        localFinalizedDate: DateTime | null,
        localCreatedDate: DateTime,
        localUpdatedDate: DateTime,
        assessmentName: Text,
        assessmentTitle: Text,
        /// Internal CDT holding the answers, underscore-prefixed.
        assessmentCdtName: Text,
        version: Integer,
        patientId: Uuid,
        status: AssessmentRecordStatus,
        answers: AssessmentAnswers,
        /// Always empty so far.
        scoring: OpenObject,
        /// Always null so far.
        folderId: Text | null,
        /// Always null so far.
        expirationDate: DateTime | null,
        /// Question label per answer key; empty until finalized.
        questions: Map<Text>,
        /// Always empty so far.
        resolvedCdtValues: OpenObject,
        /// Whether the assessment was sent to the patient.
        pfa: Boolean,
    }

    /// System keys, and one key for each question: `<cdtName>__<fieldName>`.
    AssessmentAnswers: CdtSystemFields + Shaped {}

    /// New assessment record.
    AssessmentRecordCreate {
        assessmentName: Text,
    }
}

enumerations! {
    /// How far an assessment was filled.
    AssessmentRecordStatus { NEW = "NEW", IN_PROGRESS = "IN_PROGRESS", COMPLETED = "COMPLETED" }
}

aliases! {
    /// Answers at top level, under the keys `<cdtName>__<fieldName>`.
    AssessmentAnswersInput = Shaped<OpenObject>;
}
