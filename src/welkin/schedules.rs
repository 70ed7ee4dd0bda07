//! Schedules of users.

use super::calendar_events::CalendarEventType;
use super::work_hours::WorkHoursDetail;
use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Schedules of users.
    schedules SchedulesResource;

    /// Schedules of users.
    ///
    /// includeCancelled is recorded, not in the 2021 docs.
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

    /// Free schedules of users.
    ///
    /// Docs examples under this heading call psm-schedules by mistake; the URL structure and the
    /// client use this path.
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

    /// Full schedules of users.
    ///
    /// Only in the Python client; answer assumed like psm-schedules.
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
        /// Old alias of id. Deprecated.
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

enumerations! {}

aliases! {}
