//! Calendar events.

use super::pages::{SpringPageBase, spring_paging};
use super::patients::Gender;
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Calendar events.
    calendarEvents CalendarEventsResource;

    /// Find events.
    ///
    /// from and to are required per later docs. A later parameter table spells
    /// includeEncountersInfo, while its own example and the client use includeEncounterInfo. The
    /// 2026 doc site lists /calendar-events; not used by any client.
    list "calendarEventsList": GET "/{tenantName}/{instanceName}/calendar/events"
        query {
            ..spring_paging,
            /// Start of the range.
            from: DateTime | required,
            /// End of the range.
            to: DateTime | required,
            /// User or patient ids, comma separated.
            participantIds: List<Uuid>,
            /// Type filter.
            eventType: CalendarEventType,
            /// Include cancelled events, default false.
            includeCancelled: Boolean,
            /// Add encounterInfo to ENCOUNTER events, default false.
            includeEncounterInfo: Boolean,
            /// Hide events linked to encounters, default false.
            excludeAssignedToEncounterEvents: Boolean,
            /// IANA zone for the local* fields.
            viewerTimezone: Text,
        }
        reply(CalendarEventPage)
        pages SpringPage;

    /// Create an event.
    ///
    /// The host must appear in participants. eventType, eventStatus and eventMode stay null when
    /// omitted.
    create "calendarEventsCreate": POST "/{tenantName}/{instanceName}/calendar/events"
        query {
            /// IANA zone for the local* fields.
            viewerTimezone: Text,
        }
        body(CalendarEventCreate)
        reply(CalendarEvent);

    /// Read an event.
    get "calendarEventsGet": GET "/{tenantName}/{instanceName}/calendar/events/{eventId}"
        path(
            /// Event id (UUID), or external id together with type=EXTERNAL_ID on GET.
            eventId: Text,
        )
        query {
            /// EXTERNAL_ID to look up by externalId.
            r#type: CalendarEventIdentifierType,
        }
        reply(CalendarEvent);

    /// Replace an event.
    replace "calendarEventsReplace": PUT "/{tenantName}/{instanceName}/calendar/events/{eventId}"
        path(
            /// Event id (UUID), or external id together with type=EXTERNAL_ID on GET.
            eventId: Text,
        )
        body(CalendarEventReplace)
        reply(CalendarEvent);

    /// Change some fields of an event.
    update "calendarEventsUpdate": PATCH "/{tenantName}/{instanceName}/calendar/events/{eventId}"
        path(
            /// Event id (UUID), or external id together with type=EXTERNAL_ID on GET.
            eventId: Text,
        )
        body(CalendarEventUpdate)
        reply(CalendarEvent);

    /// Delete or cancel an event.
    ///
    /// Docs: only future events vanish. Recorded: deleting a past event still answers 204 and the
    /// event stays readable as CANCELLED.
    delete "calendarEventsDelete": DELETE "/{tenantName}/{instanceName}/calendar/events/{eventId}"
        path(
            /// Event id (UUID), or external id together with type=EXTERNAL_ID on GET.
            eventId: Text,
        );

    /// Answer an invitation.
    respond_to_invitation "calendarEventsRespondToInvitation": PUT "/{tenantName}/{instanceName}/calendar/events/{eventId}/invitation-response"
        path(
            /// Event id (UUID), or external id together with type=EXTERNAL_ID on GET.
            eventId: Text,
        )
        body(InvitationResponse);

    /// Workload summary per user.
    ///
    /// The docs example URL says psmIds, its table psm-ids; psmIds is the form recorded on the
    /// sibling endpoints.
    get_summary "calendarEventsGetSummary": GET "/{tenantName}/{instanceName}/calendar/psm-event-summary"
        query {
            /// User ids, comma separated.
            psmIds: List<Uuid>,
            /// Start of the range.
            from: DateTime,
            /// End of the range.
            to: DateTime,
        }
        reply(PsmEventSummary);
}

records! {
    /// Page of events.
    CalendarEventPage: SpringPageBase {
        content: List<CalendarEvent>,
    }

    /// Calendar event.
    CalendarEvent {
        id: Uuid,
        createdBy: Text | null | absent,
        createdAt: DateTime,
        updatedBy: Text | null | absent,
        updatedAt: DateTime,
        externalId: Text | null,
        /// Set even while externalId is null.
        externalIdUpdatedAt: DateTime,
        eventTitle: Text | null,
        eventDescription: Text | null,
        /// UTC.
        startDateTime: DateTime,
        /// Read-only, with zone offset.
        localStartDateTime: DateTime,
        /// UTC.
        endDateTime: DateTime,
        /// Read-only, with zone offset.
        localEndDateTime: DateTime,
        allDayEvent: Boolean,
        /// Seconds.
        duration: Integer,
        eventType: CalendarEventType | null,
        eventStatus: CalendarEventStatus | null,
        eventMode: CalendarEventMode | null,
        /// Name or hex.
        eventColor: Text | null,
        hostId: Uuid,
        timezone: Text | null | absent,
        additionalInfo: OpenObject | null,
        participants: List<CalendarParticipant>,
        /// Only with includeEncounterInfo=true on ENCOUNTER events; shape not documented.
        encounterInfo: Anything | absent,
    }

    /// Event participant.
    CalendarParticipant {
        /// Id of this participation.
        id: Uuid,
        /// User or patient id.
        participantId: Uuid,
        participantRole: ParticipantRole,
        /// Empty string until answered.
        participationStatus: Text,
        attended: Boolean,
        timezone: Text | null | absent,
        firstName: Text | absent,
        lastName: Text | absent,
        deleted: Boolean | absent,
        hasAccess: Boolean | absent,
        email: Text | absent,
        phone: Text | null | absent,
        gender: Gender | null | absent,
        birthDate: DateTime | null | absent,
        /// Null for patients.
        enabled: Boolean | null | absent,
    }

    /// New event.
    CalendarEventCreate {
        /// Shown in the docs create sample; optional.
        createdBy: Uuid,
        eventTitle: Text,
        eventDescription: Text,
        startDateTime: DateTime | required,
        endDateTime: DateTime | required,
        /// Read back on events; not shown in any request sample.
        allDayEvent: Boolean,
        eventType: CalendarEventType,
        eventStatus: CalendarEventStatus,
        eventMode: CalendarEventMode,
        /// Set it: later docs say an event without colour is white and invisible in the UI; green
        /// for appointments, grey for leave.
        eventColor: Text,
        /// Owner; must also be listed in participants.
        hostId: Uuid | required,
        /// Unique per event.
        externalId: Text,
        /// Free-form; docs use location, remarks, attachment.
        additionalInfo: OpenObject,
        participants: List<CalendarParticipantInput> | required,
    }

    /// Participant to set.
    CalendarParticipantInput {
        /// Existing participation id, on update.
        id: Uuid,
        participantId: Uuid | required,
        participantRole: ParticipantRole | required,
        attended: Boolean,
        participationStatus: Text,
    }

    /// Full event for PUT.
    CalendarEventReplace {
        /// Shown in the docs sample; optional.
        updatedBy: Uuid,
        eventTitle: Text,
        eventDescription: Text,
        startDateTime: DateTime | required,
        endDateTime: DateTime | required,
        /// Read back on events; not shown in any request sample.
        allDayEvent: Boolean,
        eventType: CalendarEventType,
        eventStatus: CalendarEventStatus,
        eventMode: CalendarEventMode,
        /// Set it: later docs say an event without colour is white and invisible in the UI; green
        /// for appointments, grey for leave.
        eventColor: Text,
        /// Owner; must also be listed in participants.
        hostId: Uuid | required,
        /// Unique per event.
        externalId: Text,
        /// Free-form; docs use location, remarks, attachment.
        additionalInfo: OpenObject,
        participants: List<CalendarParticipantInput> | required,
    }

    /// Partial event for PATCH.
    CalendarEventUpdate {
        eventTitle: Text,
        eventDescription: Text,
        startDateTime: DateTime,
        endDateTime: DateTime,
        /// Read back on events; not shown in any request sample.
        allDayEvent: Boolean,
        eventType: CalendarEventType,
        eventStatus: CalendarEventStatus,
        eventMode: CalendarEventMode,
        /// Set it: later docs say an event without colour is white and invisible in the UI; green
        /// for appointments, grey for leave.
        eventColor: Text,
        /// Owner; must also be listed in participants.
        hostId: Uuid,
        /// Unique per event.
        externalId: Text,
        /// Free-form; docs use location, remarks, attachment.
        additionalInfo: OpenObject,
        participants: List<CalendarParticipantInput>,
    }

    /// Answer to an invitation.
    InvitationResponse {
        participantId: Uuid | required,
        /// Docs example: Yes.
        participationStatus: Text | required,
    }

    /// Workload summary.
    PsmEventSummary {
        startDateTime: DateTime,
        endDateTime: DateTime,
        summary: List<PsmEventSummaryItem>,
    }

    /// Totals of one user.
    PsmEventSummaryItem {
        psmId: Uuid,
        totalCreatedEvents: Integer,
        totalOccurredEvents: Integer,
        totalFutureEvents: Integer,
        /// Count per status.
        eventStatusCount: Map<Integer>,
        /// Text such as "63.0 hours".
        totalWorkingHours: Text,
        /// Text such as "40.0 hours".
        totalEventHours: Text,
        /// Text with percent sign.
        occupancy: Text,
    }
}

enumerations! {
    CalendarEventType {
        APPOINTMENT = "APPOINTMENT",
        ENCOUNTER = "ENCOUNTER",
        GROUP_THERAPY = "GROUP_THERAPY",
        LEAVE = "LEAVE",
    }

    /// Compare case-insensitively: "Scheduled" was recorded beside "SCHEDULED".
    CalendarEventStatus {
        SCHEDULED = "SCHEDULED",
        CANCELLED = "CANCELLED",
        COMPLETED = "COMPLETED",
        MISSED = "MISSED",
        SCHEDULED_ALSO = "Scheduled",
    }

    /// Note the hyphen in IN-PERSON.
    CalendarEventMode { IN_PERSON = "IN-PERSON", CALL = "CALL", VIDEO = "VIDEO" }

    /// Lower case; psm means care-team user.
    ParticipantRole { PATIENT = "patient", PSM = "psm" }

    /// How to read the path segment; when left out it is the event id.
    CalendarEventIdentifierType { EXTERNAL_ID = "EXTERNAL_ID" }
}

aliases! {}
