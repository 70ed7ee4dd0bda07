//! Enrolment of patients in programs.

use super::pages::{MetaInfo, spring_paging};
use super::patients::{PatientProgram, ProgramStatus};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Enrolment of patients in programs.
    patientPrograms PatientProgramsResource;

    /// List programs of a patient.
    ///
    /// Without the filter it also returns every unassigned program as a row with null id, dates,
    /// patientId, phase and status.
    list "patientProgramsList": GET "/{tenantName}/{instanceName}/patients/{patientId}/programs"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query {
            ..spring_paging,
            /// True for assigned, false for unassigned programs.
            assignedPrograms: Boolean,
        }
        reply(PatientProgramList)
        pages MetaInfo;

    /// Read the running enrolment by program name.
    ///
    /// Replaces the 2021 path without current. Finished enrolments answer 404; read those through
    /// history.
    get_current "patientProgramsGetCurrent": GET "/{tenantName}/{instanceName}/patients/{patientId}/programs/current/{programName}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Program name from Designer.
            programName: Text,
        )
        reply(PatientProgram);

    /// Read an enrolment by its id.
    get_by_id "patientProgramsGetById": GET "/{tenantName}/{instanceName}/patients/{patientId}/programs/history/{patientProgramId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Id of the patient-program record.
            patientProgramId: Uuid,
        )
        reply(PatientProgram);

    /// Read an enrolment by program name (old path).
    ///
    /// 2021 form; prefer programs/current/{programName}, which is recorded.
    ///
    /// Deprecated.
    get_by_name "patientProgramsGetByName": GET "/{tenantName}/{instanceName}/patients/{patientId}/programs/{programKey}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Program name.
            programKey: Text,
        )
        reply(PatientProgram);

    /// Assign a patient, set status or move phase.
    ///
    /// One call can assign and set phaseName (recorded).
    update "patientProgramsUpdate": PATCH "/{tenantName}/{instanceName}/patients/{patientId}/programs/{programKey}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Program name.
            programKey: Text,
        )
        body(PatientProgramUpdate)
        reply(PatientProgram);

    /// Remove an enrolment.
    ///
    /// Recorded with the record id from the enrolment; the 2021 docs put the program name here.
    unassign "patientProgramsUnassign": DELETE "/{tenantName}/{instanceName}/patients/{patientId}/programs/{programKey}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Id (UUID) of the patient-program record, NOT the program name.
            programKey: Text,
        );

    /// Move an enrolment to a phase.
    ///
    /// Not recorded; the recorded way is PATCH on the program with phaseName. Docs list only 201;
    /// the recorded sibling PATCH answers 200.
    change_phase "patientProgramsChangePhase": PATCH "/{tenantName}/{instanceName}/patients/{patientId}/programs/{programName}/phases"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Program name from Designer.
            programName: Text,
        )
        body(PhaseChange)
        reply(PatientProgram);
}

records! {
    /// Page of patient programs.
    PatientProgramList {
        data: List<PatientProgram>,
        metaInfo: MetaInfo,
    }

    /// Assign, change status and/or change phase.
    PatientProgramUpdate {
        /// True assigns the patient.
        assigned: Boolean,
        status: ProgramStatus,
        /// Moves to this phase in the same call.
        phaseName: Text,
    }

    /// Target phase.
    PhaseChange {
        phaseName: Text,
    }
}

enumerations! {}

aliases! {}
