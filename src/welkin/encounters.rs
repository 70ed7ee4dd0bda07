//! Encounters with patients.

use super::calendar_events::{CalendarEvent, CalendarEventCreate};
use super::cdt_records::{CdtRecord, CdtSystemFields};
use super::pages::{MetaInfo, spring_paging};
use super::users::User;
use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Encounters with patients.
    encounters EncountersResource;

    /// List encounters of a patient.
    list_by_patient "encountersListByPatient": GET "/{tenantName}/{instanceName}/patients/{patientId}/encounters"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query {
            ..spring_paging,
            /// Statuses, comma separated.
            statuses: List<EncounterStatus>,
            /// Effect not documented.
            withCareTeam: Boolean,
        }
        reply(EncounterList)
        pages MetaInfo;

    /// Create an encounter.
    ///
    /// It starts as DRAFT.
    create "encountersCreate": POST "/{tenantName}/{instanceName}/patients/{patientId}/encounters"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        body(EncounterCreate)
        reply(Encounter);

    /// List encounters of a patient with linked data.
    list_full_by_patient "encountersListFullByPatient": GET "/{tenantName}/{instanceName}/patients/{patientId}/full-encounters"
        path(
            /// Patient id.
            patientId: Uuid,
        )
        query {
            ..spring_paging,
            /// Statuses, comma separated.
            statuses: List<EncounterStatus>,
            /// Drop related data other than calendar-event data.
            onlyWithCalendarEvent: Boolean,
            /// Effect not documented.
            withCareTeam: Boolean,
        }
        reply(FullEncounterList)
        pages MetaInfo;

    /// List encounters of an instance.
    ///
    /// This call is not in Welkin's documentation; it was seen to work in 2022. The records look
    /// like those of `listByUser`.
    list_in_instance "encountersListInInstance": GET "/{tenantName}/{instanceName}/encounters"
        query {
            ..spring_paging,
            /// Statuses, comma separated.
            statuses: List<EncounterStatus>,
            /// Effect not documented: the answer was seen to be empty without it, and to hold
            /// records with false.
            withCareTeam: Boolean,
        }
        reply(EncounterList)
        pages MetaInfo;

    /// List encounters of a user.
    ///
    /// The records differ from those of `listByPatient`: `cdtId`, `version` and `cdtName` are null,
    /// `jsonBody` lacks the system keys and has `patientInfo`.
    list_by_user "encountersListByUser": GET "/{tenantName}/{instanceName}/users/{userId}/encounters"
        path(
            /// User id.
            userId: Uuid,
        )
        query {
            ..spring_paging,
            /// Statuses, comma separated.
            statuses: List<EncounterStatus>,
            /// Effect not documented.
            withCareTeam: Boolean,
        }
        reply(EncounterList)
        pages MetaInfo;

    /// List encounters of a user with linked data.
    list_full_by_user "encountersListFullByUser": GET "/{tenantName}/{instanceName}/users/{userId}/full-encounters"
        path(
            /// User id.
            userId: Uuid,
        )
        query {
            ..spring_paging,
            /// Statuses, comma separated.
            statuses: List<EncounterStatus>,
            /// Drop related data other than calendar-event data.
            onlyWithCalendarEvent: Boolean,
            /// Effect not documented.
            withCareTeam: Boolean,
        }
        reply(FullEncounterList)
        pages MetaInfo;

    /// Read an encounter.
    get "encountersGet": GET "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
        )
        reply(Encounter);

    /// Change an encounter.
    update "encountersUpdate": PATCH "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
        )
        body(EncounterUpdate)
        reply(Encounter);

    /// Delete an encounter.
    delete "encountersDelete": DELETE "/{tenantName}/{instanceName}/patients/{patientId}/encounters/{encounterId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
        );

    /// Read an encounter with linked data.
    get_full "encountersGetFull": GET "/{tenantName}/{instanceName}/patients/{patientId}/full-encounters/{encounterId}"
        path(
            /// Patient id.
            patientId: Uuid,
            /// Encounter id.
            encounterId: Uuid,
        )
        reply(FullEncounter);
}

records! {
    /// Page of encounters.
    EncounterList {
        data: List<Encounter>,
        metaInfo: MetaInfo,
    }

    /// Encounter (a CDT record).
    Encounter {
        id: Uuid,
        patientId: Uuid,
        /// Null in lists by user.
        cdtId: Uuid | null,
        /// Null in lists by user.
        version: Integer | null,
        jsonBody: EncounterBody,
        /// `__encounter__`; null in lists by user.
        cdtName: Text | null | absent,
    }

    /// The `jsonBody` of an encounter. In lists by user the system keys may be missing.
    EncounterBody: CdtSystemFields {
        /// Encounter type; often the name of the template.
        r#type: Text | absent,
        title: Text,
        description: Text,
        instruction: Text | absent,
        notes: Text | null,
        status: EncounterStatus,
        templateName: Text | null,
        templateTitle: Text | null | absent,
        /// Null on an encounter without event.
        dispositionId: Uuid | null,
        /// Set when the encounter is opened. The t of time is in lower case.
        startDatetime: DateTime | null,
        endDatetime: DateTime | null,
        localStartDatetime: DateTime | absent,
        localEndDatetime: DateTime | absent,
        local_created_at: DateTime | absent,
        local_updated_at: DateTime | absent,
        activeUserId: Uuid | null,
        activeUserName: Text | null,
        /// Null without event.
        ownerUserId: Uuid | null | absent,
        /// Null without event.
        ownerUserName: Text | null | absent,
        calendarEventId: Uuid | null,
        calendarEvent: CalendarEvent | null | absent,
        currentScheduledAppointment: CalendarEvent | null | absent,
        /// Null without event.
        calendarEventStartDatetime: DateTime | null | absent,
        /// Missing without event.
        localCalendarEventStartDatetime: DateTime | absent,
        /// Only in lists by user.
        patientInfo: EncounterPatientInfo | absent,
    }

    /// The patient of an encounter.
    EncounterPatientInfo {
        patientId: Uuid,
        firstName: Text,
        lastName: Text,
    }

    /// New encounter.
    EncounterCreate {
        title: Text,
        description: Text,
        /// Encounter template name.
        templateName: Text,
        /// Existing event.
        calendarEventId: Uuid | null,
        notes: Text,
        /// Creates the linked event in the same call; give it `eventType` ENCOUNTER.
        currentScheduledAppointment: CalendarEventCreate,
    }

    /// Page of full encounters.
    FullEncounterList {
        data: List<FullEncounter>,
        metaInfo: MetaInfo,
    }

    /// Encounter with everything linked to it.
    ///
    /// An encounter without event has no disposition, calendar event and user: they are null.
    FullEncounter {
        encounter: Encounter,
        disposition: CdtRecord | null,
        calendarEvent: CalendarEvent | null,
        userRelatedToCalendarEvent: User | null,
        assessmentLinks: List<EncounterAssessmentLink>,
        comments: List<EncounterComment>,
    }

    /// Link from an encounter to an assessment (a CDT record).
    EncounterAssessmentLink {
        id: Uuid,
        patientId: Uuid,
        cdtId: Uuid,
        version: Integer,
        jsonBody: EncounterAssessmentLinkBody,
        /// Always `__encounter_assessment__`.
        cdtName: Text | absent,
    }

    /// The `jsonBody` of an assessment link.
    EncounterAssessmentLinkBody: CdtSystemFields {
        fromTemplate: Boolean,
        /// Always ASSESSMENT.
        relation: Text,
        assessmentName: Text,
        assessmentTitle: Text | absent,
        /// Null until a record is linked.
        assessmentRecordId: Uuid | null,
    }

    /// Encounter comment.
    EncounterComment {
        id: Uuid,
        createdAt: DateTime,
        updatedAt: DateTime,
        createdBy: Uuid | null | absent,
        updatedBy: Uuid | null | absent,
        createdByName: Text | null | absent,
        updatedByName: Text | null | absent,
        encounterId: Uuid,
        text: Text,
    }

    /// Change of an encounter: what is left out stays.
    EncounterUpdate {
        title: Text,
        description: Text,
        /// Encounter template name.
        templateName: Text,
        /// Existing event.
        calendarEventId: Uuid | null,
        notes: Text,
        status: EncounterStatus,
    }
}

enumerations! {
    /// ACTIVE is known from the documentation only, CANCELLED from a client in use only.
    EncounterStatus {
        DRAFT = "DRAFT",
        OPEN = "OPEN",
        ACTIVE = "ACTIVE",
        FINALIZED = "FINALIZED",
        CANCELLED = "CANCELLED",
    }
}
