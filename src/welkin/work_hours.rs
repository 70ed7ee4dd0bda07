//! Work hours of users.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Work hours of users.
    workHours WorkHoursResource;

    /// Read work hours.
    ///
    /// All docs say psm-ids. The client switched to psmIds in July 2026, made it mandatory, and
    /// that call is the recorded one; in January 2023 psm-ids and calls without ids were still
    /// recorded. Send psmIds, from and to always. Comma list was recorded percent-encoded (%2C).
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
        /// Missing in the docs samples of the flat form.
        daysInfoId: Uuid | absent,
        /// ISO weekday, 1 = Monday ... 7 = Sunday.
        day: Integer,
        /// HH:mm:ss; null was recorded (no hours that day).
        startTime: Text | null,
        /// HH:mm:ss; null was recorded.
        endTime: Text | null,
    }

    /// New work hours.
    WorkHoursCreate {
        /// User id.
        psmId: Uuid | required,
        startDateTime: DateTime | required,
        endDateTime: DateTime | required,
        daysInfo: List<WorkHoursDayInput> | required,
        /// Shown in the docs sample; optional.
        createdBy: Uuid,
    }

    /// Hours of one weekday.
    WorkHoursDayInput {
        /// 1 = Monday ... 7 = Sunday.
        day: Integer | required,
        /// HH:mm:ss.
        startTime: Text | required,
        /// HH:mm:ss.
        endTime: Text | required,
    }

    /// Work hours for PUT.
    WorkHoursReplace {
        /// User id.
        psmId: Uuid | required,
        startDateTime: DateTime | required,
        endDateTime: DateTime | required,
        daysInfo: List<WorkHoursDayInput> | required,
        /// Shown in the docs sample; optional.
        updatedBy: Uuid,
    }

    /// Answer to PUT.
    ///
    /// Docs sample is flat (an echo of the request) while POST answers {psmId, details}. Never
    /// recorded; accept both.
    WorkHoursReplaceResult {
        psmId: Uuid,
        /// In the general docs sample.
        createdBy: Uuid | null | absent,
        updatedBy: Uuid | null | absent,
        startDateTime: DateTime,
        endDateTime: DateTime,
        /// In the general docs sample, read-only.
        localStartDateTime: DateTime | absent,
        /// In the general docs sample, read-only.
        localEndDateTime: DateTime | absent,
        daysInfo: List<WorkHoursDay>,
        details: List<WorkHoursDetail> | absent,
    }
}

enumerations! {
    WorkHoursType { WORKING_HOURS = "WORKING_HOURS", AVAILABILITY = "AVAILABILITY" }

    WorkHoursRuleType { DEFAULT = "DEFAULT", OVERRIDE = "OVERRIDE" }
}

aliases! {}
