//! Instants as the APIs write them.

use jiff::Timestamp;

/// The instant of so many milliseconds since 1970.
pub fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or_default()
}

/// UTC with milliseconds and `Z`.
pub fn write(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// The same instant on the clocks of a zone, with its offset; UTC when nobody knows the zone.
pub fn write_local(instant: Timestamp, zone: &str) -> String {
    let zoned = instant.in_tz(zone).unwrap_or_else(|_| instant.to_zoned(jiff::tz::TimeZone::UTC));
    zoned.strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

/// Reads an instant with `Z` or an offset.
pub fn read(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// The instant so many minutes later, or earlier.
pub fn shift(instant: Timestamp, minutes: i64) -> Timestamp {
    at(instant.as_millisecond().saturating_add(minutes.saturating_mul(60_000)))
}

/// The same clock time in UTC, on a whole half hour.
pub fn half_hour(instant: Timestamp) -> Timestamp {
    const HALF_HOUR: i64 = 1_800_000;
    at(instant.as_millisecond().div_euclid(HALF_HOUR) * HALF_HOUR)
}
