//! Filled assessments.

use super::cdt_records::CdtSystemFields;
use super::pages::{SpringPageBase, spring_paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Filled assessments.
    assessmentRecords AssessmentRecordsResource;

    /// List assessment records of a patient.
    ///
    /// Docs example URLs say assessments-records; the URL structure and all recordings say
    /// assessment-records. page recorded; size and sort assumed from the envelope.
    list "assessmentRecordsList": GET "/{tenantName}/{instanceName}/patients/{patientId}/assessment-records"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query { ..spring_paging }
        reply(AssessmentRecordPage)
        pages SpringPage;

    /// Create an assessment record.
    ///
    /// Docs example URLs say assessments-records; the URL structure and all recordings say
    /// assessment-records.
    create "assessmentRecordsCreate": POST "/{tenantName}/{instanceName}/patients/{patientId}/assessment-records"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        body(AssessmentRecordCreate)
        reply(AssessmentRecord);

    /// Read an assessment record.
    ///
    /// Docs example URLs say assessments-records; the URL structure and all recordings say
    /// assessment-records.
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
    /// Recorded by sending the complete record back with status COMPLETED; a smaller body is
    /// untested. Docs example URLs say assessments-records; the URL structure and all recordings
    /// say assessment-records.
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
    ///
    /// Docs example URLs say assessments-records; the URL structure and all recordings say
    /// assessment-records.
    delete "assessmentRecordsDelete": DELETE "/{tenantName}/{instanceName}/patients/{patientId}/assessment-records/{assessmentRecordId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Assessment record id.
            assessmentRecordId: Uuid,
        );

    /// Write answers of an assessment record.
    ///
    /// Flat answers in, whole record out. Whether omitted answers are kept is unverified.
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
        /// Empty in recordings.
        scoring: OpenObject,
        /// Null in recordings.
        folderId: Text | null,
        /// Null in recordings.
        expirationDate: DateTime | null,
        /// Question label per answer key; empty until finalized.
        questions: Map<Text>,
        /// Empty in recordings.
        resolvedCdtValues: OpenObject,
        /// Assessment sent to the patient.
        pfa: Boolean,
    }

    /// System keys plus one key per question named \<cdtName>__\<fieldName>.
    AssessmentAnswers: CdtSystemFields + Shaped {}

    /// New record.
    AssessmentRecordCreate {
        assessmentName: Text,
    }
}

enumerations! {
    AssessmentRecordStatus { NEW = "NEW", IN_PROGRESS = "IN_PROGRESS", COMPLETED = "COMPLETED" }
}

aliases! {
    /// Answers at top level, keyed \<cdtName>__\<fieldName>.
    AssessmentAnswersInput = Shaped<OpenObject>;
}
