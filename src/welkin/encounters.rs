//! Encounters, comments, assessment links, dispositions, templates.

use super::calendar_events::{CalendarEvent, CalendarEventCreate};
use super::cdt_records::{CdtRecord, CdtSystemFields};
use super::pages::{MetaInfo, spring_paging};
use super::users::User;
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Encounters, comments, assessment links, dispositions, templates.
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
            /// From the Python client, effect undocumented.
            withCareTeam: Boolean,
        }
        reply(EncounterList)
        pages MetaInfo;

    /// Create an encounter.
    ///
    /// currentScheduledAppointment in the request is recorded, not in the 2021 docs. Starts as
    /// DRAFT.
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
            /// From the Python client, effect undocumented.
            withCareTeam: Boolean,
        }
        reply(FullEncounterList)
        pages MetaInfo;

    /// List encounters of an instance (undocumented).
    ///
    /// In no docs. Recorded twice with 200 in July 2022, when the Python client left the owner out
    /// of the path; it still builds this path when no owner is given. Only withCareTeam and page
    /// were recorded here. Items look like those of the user list.
    list_in_instance "encountersListInInstance": GET "/{tenantName}/{instanceName}/encounters"
        query {
            ..spring_paging,
            /// Statuses, comma separated.
            statuses: List<EncounterStatus>,
            /// Effect undocumented; without it the recorded answer was empty, with false it held
            /// rows.
            withCareTeam: Boolean,
        }
        reply(EncounterList)
        pages MetaInfo;

    /// List encounters of a user.
    ///
    /// Items differ from the patient list: cdtId, version and cdtName are null, system keys are
    /// missing from jsonBody, patientInfo is added. withCareTeam=False recorded.
    list_by_user "encountersListByUser": GET "/{tenantName}/{instanceName}/users/{userId}/encounters"
        path(
            /// User id.
            userId: Uuid,
        )
        query {
            ..spring_paging,
            /// Statuses, comma separated.
            statuses: List<EncounterStatus>,
            /// From the Python client, effect undocumented.
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
            /// From the Python client, effect undocumented.
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
    ///
    /// Docs show a paged envelope; recordings return the single object.
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
        /// Null in user-scoped lists.
        cdtId: Uuid | null,
        /// Null in user-scoped lists.
        version: Integer | null,
        jsonBody: EncounterBody,
        /// __encounter__, or null in user-scoped lists.
        cdtName: Text | null | absent,
    }

    /// jsonBody of an encounter; system keys may be missing in user-scoped lists.
    EncounterBody: CdtSystemFields {
        /// Encounter type; recordings repeat the template name.
        r#type: Text | absent,
        title: Text,
        description: Text,
        instruction: Text | absent,
        notes: Text | null,
        status: EncounterStatus,
        templateName: Text | null,
        templateTitle: Text | null | absent,
        /// Null was recorded on an encounter without event.
        dispositionId: Uuid | null,
        /// Set when the encounter is opened. Lower-case t in time.
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
        /// Only in user-scoped lists.
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
        /// Creates the linked event in the same call; use eventType ENCOUNTER.
        currentScheduledAppointment: CalendarEventCreate,
    }

    /// Page of full encounters.
    FullEncounterList {
        data: List<FullEncounter>,
        metaInfo: MetaInfo,
    }

    /// Encounter with everything linked to it.
    ///
    /// disposition, calendarEvent and userRelatedToCalendarEvent were filled in all recordings, but
    /// an encounter without event has none (its dispositionId was recorded as null): decode as
    /// optional.
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
        /// __encounter_assessment__.
        cdtName: Text | absent,
    }

    /// jsonBody of an assessment link.
    EncounterAssessmentLinkBody: CdtSystemFields {
        fromTemplate: Boolean,
        /// ASSESSMENT.
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

    /// Partial encounter.
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
    /// First four documented in 2021; the Python client adds CANCELLED and drops ACTIVE.
    EncounterStatus {
        DRAFT = "DRAFT",
        OPEN = "OPEN",
        ACTIVE = "ACTIVE",
        FINALIZED = "FINALIZED",
        CANCELLED = "CANCELLED",
    }
}

aliases! {}
