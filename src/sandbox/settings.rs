//! How a sandbox is set up.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::inbox_health::WebhookEndpoint;

/// How a sandbox is set up; in JSON with the names of JavaScript.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Settings {
    /// What the invented people and records come from.
    pub seed: u64,
    /// How many people there are.
    pub patients: usize,
    /// How long a Welkin token is good, in milliseconds.
    pub token_lifetime_ms: u64,
    /// Welkin secrets by the name of the API client; without them any secret is good.
    pub secrets: Option<BTreeMap<String, String>>,
    /// Inbox Health keys; without them any key is good.
    pub api_keys: Option<Vec<String>>,
    /// Who is told of the events of Inbox Health from the beginning, as if registered in its portal.
    pub webhook_endpoints: Vec<WebhookEndpoint>,
    /// Whether the limits of both APIs bite.
    pub limits: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            seed: 1,
            patients: 200,
            token_lifetime_ms: 3_600_000,
            secrets: None,
            api_keys: None,
            webhook_endpoints: Vec::new(),
            limits: true,
        }
    }
}
