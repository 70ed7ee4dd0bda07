//! Patient records.

use super::pages::{SpringPageBase, spring_paging};
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Patient records.
    patients PatientsResource;

    /// List patients.
    ///
    /// Not recorded; the maintained client lists patients through POST by-filter instead. The 2026
    /// doc site names firstName, lastName, mrn and status filters and a size cap of 100;
    /// unverified.
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
    /// A read sent as POST: paging in the query, filter in the JSON body (empty object = all).
    /// Filter keys are undocumented. sort is assumed from the Spring envelope.
    find_by_filter "patientsFindByFilter": POST "/{tenantName}/{instanceName}/by-filter/patients"
        query { ..spring_paging }
        body(PatientFilter)
        reply(PatientPage)
        pages SpringPage
        repeat Safe;

    /// Read a patient.
    ///
    /// type=EGUID recorded; a bug in the Python client stops it from sending expand.
    get "patientsGet": GET "/{tenantName}/{instanceName}/patients/{patientId}"
        path(
            /// Patient id (UUID); on GET also externalId, externalGuid or MRN together with type.
            patientId: Text,
        )
        query {
            /// Meaning of the path segment, default ID.
            r#type: PatientIdentifierType,
            /// Adds territorialTeam, default false.
            expand: Boolean,
        }
        reply(Patient);

    /// Change some fields of a patient.
    ///
    /// Use PATCH. One sample app posts to this URL; that contradicts docs and recordings.
    update "patientsUpdate": PATCH "/{tenantName}/{instanceName}/patients/{patientId}"
        path(
            /// Patient id (UUID); on GET also externalId, externalGuid or MRN together with type.
            patientId: Text,
        )
        body(PatientUpdate)
        reply(Patient);

    /// Delete a patient (not available to API clients).
    ///
    /// Docs say unsupported; recorded answer is 403 ACCESS_FOR_API_CLIENT_RESTRICTED. Do not offer
    /// it as a working call.
    ///
    /// Closed to API clients: the API answers 403 (recorded).
    delete "patientsDelete": DELETE "/{tenantName}/{instanceName}/patients/{patientId}"
        path(
            /// Patient id (UUID); on GET also externalId, externalGuid or MRN together with type.
            patientId: Text,
        );
}

records! {
    /// Page of patients.
    PatientPage: SpringPageBase {
        content: List<Patient>,
    }

    /// Patient record.
    ///
    /// The docs show a nested array inside careTeam once and a "timezone " key with a trailing
    /// space; both are typos, recordings use a flat array and "timezone".
    Patient {
        id: Uuid,
        externalGuid: Uuid | null,
        externalId: Text | null,
        /// Medical record number.
        mrn: Text | null,
        createdAt: DateTime,
        updatedAt: DateTime,
        /// Id of user or API client.
        createdBy: Text | null | absent,
        /// Id of user or API client.
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
        /// Always empty in recordings; item type unknown.
        primaryPhoneCapabilities: List<Anything> | absent,
        /// Always empty in recordings; item type unknown.
        secondaryPhoneCapabilities: List<Anything> | absent,
        /// Null in recordings.
        preferableInstancePhoneId: Text | null | absent,
        country: Text | null,
        state: Text | null,
        city: Text | null,
        zip: Text | null,
        addressLine1: Text | null,
        addressLine2: Text | null,
        timezone: Text | null,
        /// Null in recordings.
        accessCode: Text | null | absent,
        /// National id; null in recordings.
        nric: Text | null | absent,
        patientTerritories: List<PatientTerritory>,
        /// Region name.
        patientRegion: Text | null,
        patientRegionTitle: Text | null,
        patientTerritory: Text | null,
        /// Empty in recordings; shape from docs.
        careTeam: List<CareTeamMember>,
        careTeamMembers: List<CareTeamMemberRef>,
        pointOfContact: CareTeamMemberRef | null,
        patientPrograms: List<PatientProgram>,
        /// Always empty in recordings; item type unknown.
        cadence: List<Anything>,
        /// Only with expand=true; shape not documented.
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
        /// Main contact flag.
        pointOfContact: Boolean,
    }

    /// Patient membership in a program; list answers also contain placeholder rows for unassigned
    /// programs.
    PatientProgram {
        /// Null for a program never assigned.
        id: Uuid | null,
        /// Null for a program never assigned.
        createdAt: DateTime | null,
        /// Redacted in recordings; presumably null on placeholder rows.
        createdByName: Text | null | absent,
        /// Null for a program never assigned.
        updatedAt: DateTime | null | absent,
        /// Redacted in recordings; presumably null on placeholder rows.
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
        /// Formation version, as a STRING.
        currentVersion: Text,
        deleted: Boolean | absent,
    }

    /// New patient.
    ///
    /// Required pair comes from the 2026 doc site and matches the smallest recorded create.
    /// externalId, externalGuid, mrn and gender as request fields: externalGuid is shown in later
    /// docs, the others are read back on Patient and listed by the 2026 site (mrn, gender) or its
    /// concepts page (externalId).
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
        /// Echoed in the docs example; optional.
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
    /// Recorded: UNKNOWN, OTHER, MALE. FEMALE comes from the 2026 doc site.
    Gender { MALE = "MALE", FEMALE = "FEMALE", OTHER = "OTHER", UNKNOWN = "UNKNOWN" }

    /// Only UKN (unknown, the default) was recorded.
    MaritalStatus { UKN = "UKN" }

    /// Only ENGLISH (the default) was recorded.
    Language { ENGLISH = "ENGLISH" }

    /// IN_PROGRESS recorded in records; FINISHED seen only in an error detail.
    ProgramStatus { IN_PROGRESS = "IN_PROGRESS", FINISHED = "FINISHED" }

    /// Which identifier the path segment carries: Welkin id, externalId, externalGuid or medical
    /// record number.
    PatientIdentifierType { ID = "ID", EID = "EID", EGUID = "EGUID", MRN = "MRN" }
}

aliases! {
    /// Filter object for by-filter; an empty object returns everyone. No source documents its keys.
    PatientFilter = OpenObject;
}
