//! Work hours of users.

use crate::schema::*;
use crate::{enumerations, records, resource};

resource! {
    /// Work hours of users.
    workHours WorkHoursResource;

    /// Read work hours.
    ///
    /// Send `psmIds`, `from` and `to` always: whether the call still works without is not certain.
    /// Many ids make a long URL.
    list "workHoursList": GET "/{tenantName}/{instanceName}/calendar/work-hours"
        query {
            /// User ids, comma separated.
            psmIds: List<Uuid>,
            /// Start of the range.
            from: DateTime,
            /// End of the range.
            to: DateTime,
            /// IANA zone for the local* fields; default is the zone of the user.
            viewerTimezone: Text,
        }
        reply(List<WorkHours>)
        pages PlainArray;

    /// Create work hours.
    create "workHoursCreate": POST "/{tenantName}/{instanceName}/calendar/work-hours"
        body(WorkHoursCreate)
        reply(WorkHours);

    /// Replace a work-hours rule.
    replace "workHoursReplace": PUT "/{tenantName}/{instanceName}/calendar/work-hours/{workHoursId}"
        path(
            /// Work-hours rule id.
            workHoursId: Uuid,
        )
        body(WorkHoursReplace)
        reply(WorkHoursReplaceResult);
}

records! {
    /// Work hours of one user.
    WorkHours {
        /// User id, despite the name.
        psmId: Uuid,
        details: List<WorkHoursDetail>,
    }

    /// One work-hours rule.
    WorkHoursDetail {
        workHoursId: Uuid,
        createdBy: Text | null | absent,
        updatedBy: Text | null | absent,
        createdAt: DateTime,
        updatedAt: DateTime,
        /// Added after 2023.
        name: Text | null | absent,
        r#type: WorkHoursType | absent,
        ruleType: WorkHoursRuleType | absent,
        startDateTime: DateTime,
        endDateTime: DateTime | null,
        localStartDateTime: DateTime,
        localEndDateTime: DateTime | null,
        daysInfo: List<WorkHoursDay>,
        /// Encounter template names the rule is limited to.
        encounters: List<Text> | absent,
    }

    /// Hours of one weekday; a weekday may appear more than once.
    WorkHoursDay {
        /// Missing in the samples of the flat form.
        daysInfoId: Uuid | absent,
        /// 1 is Monday, 7 is Sunday.
        day: Integer,
        /// `HH:mm:ss`; null on a day without hours.
        startTime: Text | null,
        /// `HH:mm:ss`; null on a day without hours.
        endTime: Text | null,
    }

    /// New work hours.
    WorkHoursCreate {
        /// User id.
        psmId: Uuid | required,
        startDateTime: DateTime | required,
        endDateTime: DateTime | required,
        daysInfo: List<WorkHoursDayInput> | required,
        /// User id; optional.
        createdBy: Uuid,
    }

    /// Hours of one weekday.
    WorkHoursDayInput {
        /// 1 is Monday, 7 is Sunday.
        day: Integer | required,
        /// HH:mm:ss.
        startTime: Text | required,
        /// HH:mm:ss.
        endTime: Text | required,
    }

    /// Work hours that take the place of others.
    WorkHoursReplace {
        /// User id.
        psmId: Uuid | required,
        startDateTime: DateTime | required,
        endDateTime: DateTime | required,
        daysInfo: List<WorkHoursDayInput> | required,
        /// User id; optional.
        updatedBy: Uuid,
    }

    /// Work hours after they were replaced.
    ///
    /// The documented answer is flat, while that of `create` has `details`: either may come.
    WorkHoursReplaceResult {
        psmId: Uuid,
        /// Shown by the general sample alone.
        createdBy: Uuid | null | absent,
        updatedBy: Uuid | null | absent,
        startDateTime: DateTime,
        endDateTime: DateTime,
        /// Read-only.
        localStartDateTime: DateTime | absent,
        /// Read-only.
        localEndDateTime: DateTime | absent,
        daysInfo: List<WorkHoursDay>,
        details: List<WorkHoursDetail> | absent,
    }
}

enumerations! {
    /// Whether hours are worked or can be booked.
    WorkHoursType { WORKING_HOURS = "WORKING_HOURS", AVAILABILITY = "AVAILABILITY" }

    /// Whether a rule holds always or takes the place of another.
    WorkHoursRuleType { DEFAULT = "DEFAULT", OVERRIDE = "OVERRIDE" }
}
