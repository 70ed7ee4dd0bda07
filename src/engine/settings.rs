//! How a client behaves.

use std::rc::Rc;

use super::event::Event;
use super::pace::Limit;
use crate::operation::Api;

/// How the token travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `Authorization: Bearer …` (Welkin).
    Bearer,
    /// `x-api-key: …` (Inbox Health).
    ApiKey,
    /// `Authorization: Basic …`, the older form of Inbox Health. The token source gives the encoded
    /// pair: base64 of the key and a colon, for the key is the user name of an empty password.
    Basic,
}

/// What happens when a reply differs from the declared types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drift {
    /// The observer is told, once per place.
    #[default]
    Report,
    /// The call fails.
    Strict,
    /// Nothing: replies are not compared.
    Off,
}

/// Is told what happens inside a client.
pub type Observer = Rc<dyn Fn(&Event)>;

/// Everything that is the same for all calls of a client.
#[derive(Clone)]
pub struct Settings {
    /// The API that is spoken.
    pub api: Api,
    /// Scheme and host, and a path prefix if there is one; without a slash at the end.
    pub base_url: String,
    /// The same for the exchange of a secret, but not for its older form, which is beside the data.
    pub auth_base_url: String,
    /// Path parameters that are the same for all calls: tenant and instance.
    pub known: Vec<(&'static str, String)>,
    /// Headers of every request.
    pub headers: Vec<(String, String)>,
    /// How the token travels.
    pub scheme: Scheme,
    /// The time of a call over token, attempts, waits and body, in milliseconds.
    pub timeout: u64,
    /// How often a call is repeated at most.
    pub retries: u32,
    /// What happens when a reply differs from the declared types.
    pub drift: Drift,
    /// The rate limit that the client keeps to by itself.
    pub limit: Option<Limit>,
    /// Is told what happens.
    pub observer: Option<Observer>,
}

impl Settings {
    /// One minute for a call.
    pub const TIMEOUT: u64 = 60_000;
    /// Two repeats.
    pub const RETRIES: u32 = 2;

    /// The defaults for Welkin.
    pub fn welkin(tenant: impl Into<String>, instance: impl Into<String>) -> Self {
        Settings {
            api: Api::Welkin,
            base_url: "https://api.live.welkincloud.io".into(),
            auth_base_url: "https://api.welkinhealth.com".into(),
            known: vec![("tenantName", tenant.into()), ("instanceName", instance.into())],
            headers: Vec::new(),
            scheme: Scheme::Bearer,
            timeout: Self::TIMEOUT,
            retries: Self::RETRIES,
            drift: Drift::Report,
            limit: None,
            observer: None,
        }
    }

    /// The address of the API, or of what stands before it: tokens are had there too, but for Welkin's
    /// own hosts, none of which has both (welkin-notes, 2).
    pub fn set_base_url(&mut self, base_url: String) {
        if !base_url.ends_with(".welkincloud.io") {
            self.auth_base_url.clone_from(&base_url);
        }
        self.base_url = base_url;
    }

    /// The defaults for Inbox Health, with its rate limit of 10 requests a second and bursts of 100
    /// (inbox-health-notes, Rate limit). No source names the production host, so there is no default.
    pub fn inbox_health(base_url: impl Into<String>) -> Self {
        let base_url = base_url.into();
        Settings {
            api: Api::InboxHealth,
            auth_base_url: base_url.clone(),
            base_url,
            known: Vec::new(),
            headers: Vec::new(),
            scheme: Scheme::ApiKey,
            timeout: Self::TIMEOUT,
            retries: Self::RETRIES,
            drift: Drift::Report,
            limit: Some(Limit { burst: 100, interval: 100 }),
            observer: None,
        }
    }
}
