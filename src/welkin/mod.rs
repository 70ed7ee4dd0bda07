//! The Welkin Health v8 API: care management.

pub mod pages;

crate::api! {
    /// A client of the Welkin Health API over your own transport and token source.
    Welkin;

    /// Token endpoints.
    auth: AuthResource,
    /// Tenant users.
    users: UsersResource,
    /// Patient records.
    patients: PatientsResource,
    /// Calendar events.
    calendar_events: CalendarEventsResource,
}
