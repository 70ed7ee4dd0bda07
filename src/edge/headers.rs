//! Which headers pass the gateway. Everything else stays behind: cookies, credentials, addresses of
//! proxies, and whatever a header may come to mean one day.

/// Request headers that go to the API.
pub const REQUEST: &[&str] = &["accept", "accept-language", "content-type"];

/// Response headers that come back. Length and encoding are not among them: the runtime sets both for
/// the body that it sends.
pub const RESPONSE: &[&str] = &[
    "content-disposition",
    "content-language",
    "content-type",
    "request-id",
    "retry-after",
    "unresolved-variables",
    "x-correlation-id",
    "x-request-id",
];

/// Marks an answer that the gateway itself gave, so that a missing session is told from a refused
/// token.
pub const GATEWAY: &str = "x-carewire-gateway";

/// On every answer. Records are not for caches, a file that the API hands out must not become a page of
/// the portal's origin, and no page of another origin may embed it.
pub const ALWAYS: &[(&str, &str)] = &[
    ("cache-control", "no-store"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
];

/// Methods that a listed origin may use.
pub const CORS_METHODS: &str = "GET, POST, PUT, PATCH, DELETE";

/// Request headers that a listed origin may set. `authorization` is for `authorize`, and goes no
/// further.
pub const CORS_REQUEST: &str = "accept, authorization, content-type";
