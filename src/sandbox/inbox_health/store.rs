//! Everything that Inbox Health remembers.

use std::collections::HashMap;

use fastrand::Rng;
use jiff::Timestamp;

use super::collection::Collection;
use super::seed;
use super::webhooks::Webhooks;
use crate::sandbox::limit::Bucket;
use crate::sandbox::people::Person;
use crate::sandbox::settings::Settings;

/// Declares the collections by the name that their lists have in the API, with their first ids.
macro_rules! store {
    ($($(#[doc = $doc:literal])* $name:ident from $first:literal,)*) => {
        /// What Inbox Health remembers.
        pub struct Store {
            $($(#[doc = $doc])* pub $name: Collection,)*
            /// The parts of write-offs by the invoice that they lower, in cents.
            pub forgiven: HashMap<i64, i64>,
            /// Ids of records that lie inside others.
            pub nested: i64,
            /// The limit of each key.
            pub buckets: HashMap<String, Bucket>,
            pub webhooks: Webhooks,
        }

        impl Store {
            fn empty(settings: &Settings) -> Store {
                Store {
                    $($name: Collection::starting($first),)*
                    forgiven: HashMap::new(),
                    nested: 30_001,
                    buckets: HashMap::new(),
                    webhooks: Webhooks::new(&settings.webhook_endpoints),
                }
            }

            /// The collection whose list has this name.
            pub fn collection(&self, name: &str) -> Option<&Collection> {
                match name {
                    $(stringify!($name) => Some(&self.$name),)*
                    _ => None,
                }
            }

            /// The collection whose list has this name, to change it.
            pub fn collection_mut(&mut self, name: &str) -> Option<&mut Collection> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }

            /// Takes back what a request changed that is refused in the end.
            pub fn undo(&mut self) {
                $(self.$name.undo();)*
            }

            /// Forgets what was changed, once it has been told.
            pub fn commit(&mut self) {
                $(self.$name.changes();)*
            }
        }
    };
}

store! {
    enterprises from 1,
    practices from 11,
    doctors from 21,
    users from 31,
    /// Which users belong to which practices.
    practice_users from 61,
    admin_organizations from 91,
    payment_reasons from 101,
    write_off_codes from 151,
    account_types from 171,
    enterprise_invoices from 201,
    enterprise_payment_infos from 211,
    enterprise_payments from 221,
    transfers from 231,
    appointment_templates from 241,
    api_integrations from 251,
    billing_cycle_templates from 1,
    deposit_accounts from 261,
    card_readers from 271,
    shifts from 301,
    sftp_uploads from 401,
    patients from 1001,
    patient_payment_infos from 2001,
    notifications from 3001,
    tickets from 4001,
    invoices from 5001,
    payments from 7001,
    payment_adjustments from 8001,
    invoice_payments from 9001,
    write_offs from 12_001,
    attachments from 14_001,
    line_items from 20_001,
}

impl Store {
    /// The records at the beginning.
    pub fn new(settings: &Settings, people: &[Person], chance: &mut Rng, now: Timestamp) -> Store {
        let mut store = Store::empty(settings);
        seed::fill(&mut store, people, chance, now);
        store.commit();
        store
    }
}
