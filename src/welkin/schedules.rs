//! Schedules of users.

use super::calendar_events::CalendarEventType;
use super::work_hours::WorkHoursDetail;
use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Schedules of users.
    schedules SchedulesResource;

    /// List schedules of users.
    list "schedulesList": GET "/{tenantName}/{instanceName}/calendar/psm-schedules"
        query {
            /// User ids, comma separated.
            psmIds: List<Uuid>,
            /// Start of the range.
            from: DateTime,
            /// End of the range.
            to: DateTime,
            /// Include cancelled events.
            includeCancelled: Boolean,
        }
        reply(List<PsmSchedule>)
        pages PlainArray;

    /// List the free schedules of users.
    list_available "schedulesListAvailable": GET "/{tenantName}/{instanceName}/calendar/available-psm-schedules"
        query {
            /// User ids, comma separated.
            psmIds: List<Uuid>,
            /// Start of the range.
            from: DateTime,
            /// End of the range.
            to: DateTime,
            /// Include cancelled events.
            includeCancelled: Boolean,
        }
        reply(List<PsmSchedule>)
        pages PlainArray;

    /// List the full schedules of users.
    ///
    /// Not documented: the answer is taken to be that of `list`.
    list_full "schedulesListFull": GET "/{tenantName}/{instanceName}/calendar/full-psm-schedules"
        query {
            /// User ids, comma separated.
            psmIds: List<Uuid>,
            /// Start of the range.
            from: DateTime,
            /// End of the range.
            to: DateTime,
            /// Include cancelled events.
            includeCancelled: Boolean,
        }
        reply(List<PsmSchedule>)
        pages PlainArray;
}

records! {
    /// Schedule of one user; both arrays may be empty.
    PsmSchedule {
        psmId: Uuid,
        workHours: List<WorkHoursDetail>,
        events: List<ScheduleEvent>,
    }

    /// Short event form inside a schedule.
    ScheduleEvent {
        id: Uuid,
        /// Deprecated: read `id`, which is the same.
        eventId: Uuid,
        eventTitle: Text,
        eventType: CalendarEventType,
        eventColor: Text | null,
        allDayEvent: Boolean,
        startDateTime: DateTime,
        localStartDateTime: DateTime,
        endDateTime: DateTime,
        localEndDateTime: DateTime,
    }
}
