//! Enrolment of patients in programs.

use super::pages::{MetaInfo, spring_paging};
use super::patients::{PatientProgram, ProgramStatus};
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Enrolment of patients in programs.
    patientPrograms PatientProgramsResource;

    /// List programs of a patient.
    ///
    /// Without `assignedPrograms` it also gives the programs that the patient is not in, as rows
    /// whose `id`, dates, `patientId`, `currentPhase` and `status` are null.
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
    /// A finished enrolment is not found (404): read it by its id.
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

    /// Read an enrolment by program name.
    ///
    /// Deprecated: use `getCurrent`, whose path took its place.
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
    /// One call can assign the patient and set the phase.
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
    /// The id is that of the enrolment (`PatientProgram.id`), not a program's name.
    unassign "patientProgramsUnassign": DELETE "/{tenantName}/{instanceName}/patients/{patientId}/programs/{programKey}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Id of the enrolment, not the name of the program.
            programKey: Text,
        );

    /// Move an enrolment to a phase.
    ///
    /// `update` with `phaseName` does the same, and was seen to work; this call was not.
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
