//! Everything that a sandbox remembers.

use fastrand::Rng;
use jiff::Timestamp;

use super::settings::Settings;
use super::{inbox_health, people, welkin};

/// Everything that a sandbox remembers.
pub struct State {
    pub settings: Settings,
    /// The only source of chance.
    pub chance: Rng,
    pub welkin: welkin::Store,
    pub inbox_health: inbox_health::Store,
}

impl State {
    /// The state at the beginning: the same people in both APIs.
    pub fn new(settings: &Settings, now: Timestamp) -> State {
        let people = people::invent(settings.seed, settings.patients);
        // Each API has its own stream: a change in one leaves the records of the other alone.
        let stream = |number| Rng::with_seed(settings.seed.wrapping_mul(4).wrapping_add(number));
        State {
            settings: settings.clone(),
            chance: stream(1),
            welkin: welkin::Store::new(&people, &mut stream(2), now),
            inbox_health: inbox_health::Store::new(settings, &people, &mut stream(3), now),
        }
    }
}

/// A UUID of version 4.
pub fn uuid(chance: &mut Rng) -> String {
    let bytes = chance.u128(..).to_be_bytes();
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}
