//! Calendar events.

use super::pages::{SpringPageBase, spring_paging};
use super::patients::Gender;
use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Calendar events.
    calendarEvents CalendarEventsResource;

    /// Find events.
    list "calendarEventsList": GET "/{tenantName}/{instanceName}/calendar/events"
        query {
            ..spring_paging,
            /// Start of the range.
            from: DateTime | required,
            /// End of the range.
            to: DateTime | required,
            /// User or patient ids, comma separated.
            participantIds: List<Uuid>,
            /// Only events of this type.
            eventType: CalendarEventType,
            /// Include cancelled events, default false.
            includeCancelled: Boolean,
            /// Adds `encounterInfo` to ENCOUNTER events, default false.
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
    /// The host must be one of the `participants`. `eventType`, `eventStatus` and `eventMode` stay
    /// null when they are left out.
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
            /// Event id (UUID). To read, also an external id together with `type` EXTERNAL_ID.
            eventId: Text,
        )
        query {
            /// EXTERNAL_ID looks up by `externalId`.
            r#type: CalendarEventIdentifierType,
        }
        reply(CalendarEvent);

    /// Replace an event.
    replace "calendarEventsReplace": PUT "/{tenantName}/{instanceName}/calendar/events/{eventId}"
        path(
            /// Event id (UUID). To read, also an external id together with `type` EXTERNAL_ID.
            eventId: Text,
        )
        body(CalendarEventReplace)
        reply(CalendarEvent);

    /// Change some fields of an event.
    update "calendarEventsUpdate": PATCH "/{tenantName}/{instanceName}/calendar/events/{eventId}"
        path(
            /// Event id (UUID). To read, also an external id together with `type` EXTERNAL_ID.
            eventId: Text,
        )
        body(CalendarEventUpdate)
        reply(CalendarEvent);

    /// Delete or cancel an event.
    ///
    /// Only events in the future are removed. A past one stays readable as CANCELLED.
    delete "calendarEventsDelete": DELETE "/{tenantName}/{instanceName}/calendar/events/{eventId}"
        path(
            /// Event id (UUID). To read, also an external id together with `type` EXTERNAL_ID.
            eventId: Text,
        );

    /// Answer an invitation.
    respond_to_invitation "calendarEventsRespondToInvitation": PUT "/{tenantName}/{instanceName}/calendar/events/{eventId}/invitation-response"
        path(
            /// Event id (UUID). To read, also an external id together with `type` EXTERNAL_ID.
            eventId: Text,
        )
        body(InvitationResponse);

    /// Summarise the workload of users.
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
        /// Set even while `externalId` is null.
        externalIdUpdatedAt: DateTime,
        eventTitle: Text | null,
        eventDescription: Text | null,
        /// In UTC.
        startDateTime: DateTime,
        /// Read-only, with zone offset.
        localStartDateTime: DateTime,
        /// In UTC.
        endDateTime: DateTime,
        /// Read-only, with zone offset.
        localEndDateTime: DateTime,
        allDayEvent: Boolean,
        /// In seconds.
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
        /// Only with `includeEncounterInfo`, on ENCOUNTER events; its shape is not documented.
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
        /// User id of the author.
        createdBy: Uuid,
        eventTitle: Text,
        eventDescription: Text,
        startDateTime: DateTime | required,
        endDateTime: DateTime | required,
        /// Known from answers; no documented request has it.
        allDayEvent: Boolean,
        eventType: CalendarEventType,
        eventStatus: CalendarEventStatus,
        eventMode: CalendarEventMode,
        /// Set it: without a colour the event is white, and so invisible in Welkin's own calendar.
        /// Green is for appointments, grey for leave.
        eventColor: Text,
        /// Owner; must also be listed in participants.
        hostId: Uuid | required,
        /// Unique per event.
        externalId: Text,
        /// Free-form: Welkin's documentation uses location, remarks and attachment.
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

    /// Whole event that takes the place of another.
    CalendarEventReplace {
        /// User id; optional.
        updatedBy: Uuid,
        eventTitle: Text,
        eventDescription: Text,
        startDateTime: DateTime | required,
        endDateTime: DateTime | required,
        /// Known from answers; no documented request has it.
        allDayEvent: Boolean,
        eventType: CalendarEventType,
        eventStatus: CalendarEventStatus,
        eventMode: CalendarEventMode,
        /// Set it: without a colour the event is white, and so invisible in Welkin's own calendar.
        /// Green is for appointments, grey for leave.
        eventColor: Text,
        /// Owner; must also be listed in participants.
        hostId: Uuid | required,
        /// Unique per event.
        externalId: Text,
        /// Free-form: Welkin's documentation uses location, remarks and attachment.
        additionalInfo: OpenObject,
        participants: List<CalendarParticipantInput> | required,
    }

    /// Change of an event: what is left out stays.
    CalendarEventUpdate {
        eventTitle: Text,
        eventDescription: Text,
        startDateTime: DateTime,
        endDateTime: DateTime,
        /// Known from answers; no documented request has it.
        allDayEvent: Boolean,
        eventType: CalendarEventType,
        eventStatus: CalendarEventStatus,
        eventMode: CalendarEventMode,
        /// Set it: without a colour the event is white, and so invisible in Welkin's own calendar.
        /// Green is for appointments, grey for leave.
        eventColor: Text,
        /// Owner; must also be listed in participants.
        hostId: Uuid,
        /// Unique per event.
        externalId: Text,
        /// Free-form: Welkin's documentation uses location, remarks and attachment.
        additionalInfo: OpenObject,
        participants: List<CalendarParticipantInput>,
    }

    /// Answer to an invitation.
    InvitationResponse {
        participantId: Uuid | required,
        /// For example Yes.
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
    /// What an event is for.
    CalendarEventType {
        APPOINTMENT = "APPOINTMENT",
        ENCOUNTER = "ENCOUNTER",
        GROUP_THERAPY = "GROUP_THERAPY",
        LEAVE = "LEAVE",
    }

    /// Compare without regard to case: "Scheduled" comes beside "SCHEDULED".
    CalendarEventStatus {
        SCHEDULED = "SCHEDULED",
        CANCELLED = "CANCELLED",
        COMPLETED = "COMPLETED",
        MISSED = "MISSED",
        SCHEDULED_ALSO = "Scheduled",
    }

    /// IN-PERSON has a hyphen.
    CalendarEventMode { IN_PERSON = "IN-PERSON", CALL = "CALL", VIDEO = "VIDEO" }

    /// In lower case; psm is a user of the care team.
    ParticipantRole { PATIENT = "patient", PSM = "psm" }

    /// What kind of id is given; left out, it is the event's own.
    CalendarEventIdentifierType { EXTERNAL_ID = "EXTERNAL_ID" }
}
