//! Invented people. Phone numbers are of the range that is kept for fiction, e-mail addresses of a
//! domain that is kept for examples.

use fastrand::Rng;

use super::state::uuid;

/// Somebody who is a patient in both APIs.
#[derive(Clone, Debug)]
pub struct Person {
    /// The id at Welkin.
    pub welkin_id: String,
    /// The medical record number, by which both APIs know the person.
    pub mrn: String,
    pub first: &'static str,
    pub middle: Option<&'static str>,
    pub last: &'static str,
    pub gender: &'static str,
    /// Year, month and day.
    pub born: Option<String>,
    pub email: Option<String>,
    /// The last two digits of the number.
    pub phone: Option<u8>,
    /// Street and number.
    pub address: Option<String>,
    pub town: &'static Town,
    pub has_zone: bool,
}

/// A place that is nowhere.
#[derive(Debug)]
pub struct Town {
    pub city: &'static str,
    pub state: &'static str,
    pub zip: &'static str,
    pub zone: &'static str,
    /// Region and territory at Welkin.
    pub region: &'static str,
    pub territory: &'static str,
}

/// Names as they are written and as they stand in an e-mail address.
type Name = (&'static str, &'static str);

const FEMALE: &[Name] = &[
    ("Ada", "ada"),
    ("Beatriz", "beatriz"),
    ("Chidinma", "chidinma"),
    ("Éloïse", "eloise"),
    ("Farah", "farah"),
    ("Grace", "grace"),
    ("Hye-jin", "hyejin"),
    ("Ingrid", "ingrid"),
    ("Maximiliana-Alexandrina", "maxi"),
    ("Noor", "noor"),
    ("Siân", "sian"),
    ("Zoë", "zoe"),
];
const MALE: &[Name] = &[
    ("Ambrose", "ambrose"),
    ("Björn", "bjorn"),
    ("Ciarán", "ciaran"),
    ("Dmitri", "dmitri"),
    ("Emeka", "emeka"),
    ("François-Xavier", "fx"),
    ("Goran", "goran"),
    ("Hiroshi", "hiroshi"),
    ("José", "jose"),
    ("Łukasz", "lukasz"),
    ("Omar", "omar"),
    ("Søren", "soren"),
];
const LAST: &[Name] = &[
    ("Abernathy", "abernathy"),
    ("Åkerström", "akerstrom"),
    ("Brightwater", "brightwater"),
    ("Castañeda", "castaneda"),
    ("Dvořák", "dvorak"),
    ("Eze", "eze"),
    ("Featherstonehaugh-Cholmondeley-Wolverhampton", "fcw"),
    ("Grünwald", "grunwald"),
    ("Holloway", "holloway"),
    ("Ibarra", "ibarra"),
    ("Kowalczyk", "kowalczyk"),
    ("Lindqvist", "lindqvist"),
    ("Marchetti", "marchetti"),
    ("Nakamura", "nakamura"),
    ("O'Hara", "ohara"),
    ("Osei", "osei"),
    ("Quispe", "quispe"),
    ("Rahman", "rahman"),
    ("Strand", "strand"),
    ("Thistlewood", "thistlewood"),
    ("Ümit", "umit"),
    ("van der Berg", "vanderberg"),
    ("Whitlock", "whitlock"),
    ("Xu", "xu"),
];
const MIDDLE: &[&str] = &["Ann", "Lee", "María", "Ray", "J."];
const STREETS: &[&str] =
    &["Elm St", "Harbor Rd", "Mill Lane", "Orchard Ave", "Quarry Hill", "Río Grande Blvd"];
const TOWNS: &[Town] = &[
    town("Elmford", "CT", "06001", "America/New_York", "east", "coast"),
    town("Millhaven", "NY", "10001", "America/New_York", "east", "valley"),
    town("Prairie Bend", "IL", "60001", "America/Chicago", "central", "lakes"),
    town("Cinder Creek", "CO", "80001", "America/Denver", "west", "mountain"),
    town("Saguaro Flats", "AZ", "85001", "America/Phoenix", "west", "desert"),
    town("Port Larkin", "CA", "94001", "America/Los_Angeles", "west", "north-bay"),
];

const fn town(
    city: &'static str,
    state: &'static str,
    zip: &'static str,
    zone: &'static str,
    region: &'static str,
    territory: &'static str,
) -> Town {
    Town { city, state, zip, zone, region, territory }
}

/// So many people. The first ones are the same, however many there are.
pub fn invent(seed: u64, count: usize) -> Vec<Person> {
    let mut chance = Rng::with_seed(seed.wrapping_mul(4));
    (1..=count).map(|number| person(&mut chance, number)).collect()
}

fn person(chance: &mut Rng, number: usize) -> Person {
    let (gender, firsts) = match chance.u8(..20) {
        0 => ("OTHER", FEMALE),
        1 => ("UNKNOWN", MALE),
        2..=10 => ("FEMALE", FEMALE),
        _ => ("MALE", MALE),
    };
    let (first, plain_first) = choose(chance, firsts).copied().unwrap_or_default();
    let (last, plain_last) = choose(chance, LAST).copied().unwrap_or_default();
    let middle = choose(chance, MIDDLE).copied();
    let born =
        format!("{:04}-{:02}-{:02}", chance.u16(1932..2020), chance.u8(1..=12), chance.u8(1..=28));
    let email = format!("{plain_first}.{plain_last}.{number}@example.org");
    let phone = chance.u8(..100);
    let street = choose(chance, STREETS).copied().unwrap_or_default();
    let address = format!("{} {street}", chance.u16(1..400));
    let town = choose(chance, TOWNS).unwrap_or(&const { town("", "", "", "", "", "") });
    // What is missing follows from the number, so that even a few people have all kinds of gaps.
    Person {
        welkin_id: uuid(chance),
        mrn: format!("MRN-{number:06}"),
        first,
        middle: middle.filter(|_| number.is_multiple_of(3)),
        last,
        gender,
        born: (number % 13 != 6).then_some(born),
        email: (number % 10 != 4).then_some(email),
        phone: (number % 11 != 5).then_some(phone),
        address: (number % 8 != 3).then_some(address),
        town,
        has_zone: number % 7 != 2,
    }
}

/// One of a list; `None` only when it is empty.
pub fn choose<'a, T>(chance: &mut Rng, list: &'a [T]) -> Option<&'a T> {
    list.get(chance.usize(..list.len().max(1)))
}
