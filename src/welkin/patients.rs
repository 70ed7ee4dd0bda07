//! Patient records.

use super::pages::{SpringPageBase, spring_paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Patient records.
    patients PatientsResource;

    /// List patients.
    ///
    /// `findByFilter` does the same, and is the call in use.
    list "patientsList": GET "/{tenantName}/{instanceName}/patients"
        query {
            ..spring_paging,
            /// Searches phone, email and both names.
            query: Text,
            /// Email filter; only in an example URL, the parameter table calls it query.
            email: Text,
            /// Zone filter; empty value finds patients without one. An empty string is sent as an
            /// empty value.
            timezone: Text,
            /// Empty value finds patients without territory; other values undocumented. An empty
            /// string is sent as an empty value.
            territories: Text,
            /// Empty value finds patients without cadence; other values undocumented. An empty
            /// string is sent as an empty value.
            cadence: Text,
        }
        reply(PatientPage)
        pages SpringPage;

    /// Create a patient.
    create "patientsCreate": POST "/{tenantName}/{instanceName}/patients"
        body(PatientCreate)
        reply(Patient);

    /// Find patients by filter body.
    ///
    /// A read sent as POST: an empty filter finds everyone. The fields of a filter are not
    /// documented.
    find_by_filter "patientsFindByFilter": POST "/{tenantName}/{instanceName}/by-filter/patients"
        query { ..spring_paging }
        body(PatientFilter)
        reply(PatientPage)
        pages SpringPage
        repeat Safe;

    /// Read a patient.
    get "patientsGet": GET "/{tenantName}/{instanceName}/patients/{patientId}"
        path(
            /// Patient id (UUID). To read, also an external id, GUID or MRN together with `type`.
            patientId: Text,
        )
        query {
            /// What kind of id is given, default ID.
            r#type: PatientIdentifierType,
            /// Adds `territorialTeam`, default false.
            expand: Boolean,
        }
        reply(Patient);

    /// Change some fields of a patient.
    update "patientsUpdate": PATCH "/{tenantName}/{instanceName}/patients/{patientId}"
        path(
            /// Patient id (UUID). To read, also an external id, GUID or MRN together with `type`.
            patientId: Text,
        )
        body(PatientUpdate)
        reply(Patient);

    /// Delete a patient.
    ///
    /// Closed to API clients: the API answers 403 (ACCESS_FOR_API_CLIENT_RESTRICTED).
    delete "patientsDelete": DELETE "/{tenantName}/{instanceName}/patients/{patientId}"
        path(
            /// Patient id (UUID). To read, also an external id, GUID or MRN together with `type`.
            patientId: Text,
        );
}

records! {
    /// Page of patients.
    PatientPage: SpringPageBase {
        content: List<Patient>,
    }

    /// Patient record.
    Patient {
        id: Uuid,
        externalGuid: Uuid | null,
        externalId: Text | null,
        /// Medical record number.
        mrn: Text | null,
        createdAt: DateTime,
        updatedAt: DateTime,
        /// Id of a user or API client.
        createdBy: Text | null | absent,
        /// Id of a user or API client.
        updatedBy: Text | null | absent,
        createdByName: Text | null | absent,
        updatedByName: Text | null | absent,
        firstName: Text,
        lastName: Text,
        middleName: Text | null,
        /// Timestamp at UTC midnight.
        birthDate: DateTime | null,
        gender: Gender,
        maritalStatus: MaritalStatus,
        primaryLanguage: Language,
        secondaryLanguage: Language | null,
        /// Null or empty string when unset.
        email: Text | null,
        /// Null or empty string when unset.
        secondaryEmail: Text | null,
        phone: Text | null,
        secondaryPhone: Text | null,
        /// Always empty so far; the type of its elements is not known.
        primaryPhoneCapabilities: List<Anything> | absent,
        /// Always empty so far; the type of its elements is not known.
        secondaryPhoneCapabilities: List<Anything> | absent,
        /// Always null so far.
        preferableInstancePhoneId: Text | null | absent,
        country: Text | null,
        state: Text | null,
        city: Text | null,
        zip: Text | null,
        addressLine1: Text | null,
        addressLine2: Text | null,
        timezone: Text | null,
        /// Always null so far.
        accessCode: Text | null | absent,
        /// National id. Always null so far.
        nric: Text | null | absent,
        patientTerritories: List<PatientTerritory>,
        /// Region name.
        patientRegion: Text | null,
        patientRegionTitle: Text | null,
        patientTerritory: Text | null,
        /// Always empty so far; the shape is the documented one.
        careTeam: List<CareTeamMember>,
        careTeamMembers: List<CareTeamMemberRef>,
        pointOfContact: CareTeamMemberRef | null,
        patientPrograms: List<PatientProgram>,
        /// Always empty so far; the type of its elements is not known.
        cadence: List<Anything>,
        /// Only with `expand`; its shape is not documented.
        territorialTeam: Anything | absent,
    }

    /// Region with its territories.
    PatientTerritory {
        /// Region name.
        name: Text,
        territories: List<Text>,
    }

    /// Expanded care-team member.
    CareTeamMember {
        /// User id.
        id: Uuid,
        username: Text,
        firstName: Text,
        lastName: Text,
        roles: List<CareTeamRole>,
        pointOfContact: Boolean,
    }

    /// Role of a care-team member.
    CareTeamRole {
        name: Text,
        primaryRole: Boolean,
    }

    /// Care-team member by id.
    CareTeamMemberRef {
        /// User id.
        id: Uuid,
        /// Whether this is the main contact.
        pointOfContact: Boolean,
    }

    /// Patient membership in a program; list answers also contain placeholder rows for unassigned
    /// programs.
    PatientProgram {
        /// Null for a program never assigned.
        id: Uuid | null,
        /// Null for a program never assigned.
        createdAt: DateTime | null,
        /// Null on rows of programs that were never assigned.
        createdByName: Text | null | absent,
        /// Null for a program never assigned.
        updatedAt: DateTime | null | absent,
        /// Null on rows of programs that were never assigned.
        updatedByName: Text | null | absent,
        programName: Text,
        programTitle: Text,
        programDescription: Text,
        assigned: Boolean,
        /// Null for a program never assigned.
        patientId: Uuid | null,
        currentPhase: ProgramPhaseEntry | null,
        status: ProgramStatus | null,
        compatibleWithCurrentVersion: Boolean,
        pathHistory: List<ProgramPhaseEntry>,
    }

    /// Phase visit.
    ProgramPhaseEntry {
        /// When the phase was entered.
        timestamp: DateTime,
        createdBy: Text | null | absent,
        createdByName: Text | null | absent,
        name: Text,
        title: Text,
        description: Text,
        /// Formation version, as text.
        currentVersion: Text,
        deleted: Boolean | absent,
    }

    /// New patient.
    ///
    /// No other fields than the two names are required.
    PatientCreate {
        firstName: Text | required,
        lastName: Text | required,
        middleName: Text,
        /// Full timestamp at UTC midnight, not a bare date.
        birthDate: DateTime,
        gender: Gender,
        email: Text,
        /// E.164 without a trunk zero.
        phone: Text,
        country: Text,
        state: Text,
        city: Text,
        zip: Text,
        addressLine1: Text,
        addressLine2: Text,
        timezone: Text,
        /// Identifier in your own system.
        externalId: Text,
        /// GUID in your own system.
        externalGuid: Uuid,
        /// Medical record number, unique.
        mrn: Text,
        /// Must exist in Designer.
        patientTerritories: List<PatientTerritory>,
        /// Valid users; the first becomes point of contact when none is flagged.
        careTeam: List<CareTeamMemberRef>,
    }

    /// Partial update; omitted fields keep their value.
    PatientUpdate {
        /// Optional: the path has it already.
        id: Uuid,
        firstName: Text,
        lastName: Text,
        middleName: Text,
        /// Full timestamp at UTC midnight, not a bare date.
        birthDate: DateTime,
        gender: Gender,
        email: Text,
        /// E.164 without a trunk zero.
        phone: Text,
        country: Text,
        state: Text,
        city: Text,
        zip: Text,
        addressLine1: Text,
        addressLine2: Text,
        timezone: Text,
        /// Identifier in your own system.
        externalId: Text,
        /// GUID in your own system.
        externalGuid: Uuid,
        /// Medical record number, unique.
        mrn: Text,
        /// Must exist in Designer.
        patientTerritories: List<PatientTerritory>,
        /// Valid users; the first becomes point of contact when none is flagged.
        careTeam: List<CareTeamMemberRef>,
    }
}

enumerations! {
    /// FEMALE is documented, the others were seen.
    Gender { MALE = "MALE", FEMALE = "FEMALE", OTHER = "OTHER", UNKNOWN = "UNKNOWN" }

    /// Only UKN (unknown, the default) was seen.
    MaritalStatus { UKN = "UKN" }

    /// Only ENGLISH (the default) was seen.
    Language { ENGLISH = "ENGLISH" }

    /// IN_PROGRESS was seen in records, FINISHED in an error only.
    ProgramStatus { IN_PROGRESS = "IN_PROGRESS", FINISHED = "FINISHED" }

    /// What kind of id is given: Welkin's own, `externalId`, `externalGuid` or the medical record
    /// number.
    PatientIdentifierType { ID = "ID", EID = "EID", EGUID = "EGUID", MRN = "MRN" }
}

aliases! {
    /// Filter object for by-filter; an empty object returns everyone. No source documents its keys.
    PatientFilter = OpenObject;
}
