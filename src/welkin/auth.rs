//! Token endpoints.

use crate::schema::*;
use crate::{aliases, enumerations, records, resource};

resource! {
    /// Token endpoints.
    auth AuthResource;

    /// Get a bearer token.
    ///
    /// Primary endpoint. Never recorded: error bodies, CORS headers and whether its token is
    /// accepted by the welkincloud.io hosts are unverified; keep the legacy endpoint as a fallback
    /// option.
    create_token "authCreateToken": POST "/auth/token"
        body(AuthTokenRequest)
        reply(AuthTokenResponse)
        repeat Safe
        token none;

    /// Get a bearer token (legacy, per tenant).
    ///
    /// Legacy but still the one used by the maintained client in 2026. Docs promise 201, recordings
    /// show 200. Send it without an Authorization header.
    create_legacy_token "authCreateLegacyToken": POST "/{tenantName}/admin/api_clients/{apiClientName}"
        path(
            /// API client name.
            apiClientName: Text,
        )
        body(LegacyTokenRequest)
        reply(LegacyTokenResponse)
        repeat Safe
        token none;
}

records! {
    /// Credentials for the current token endpoint.
    AuthTokenRequest {
        /// API client secret from Admin.
        secret: Text | required,
        /// API client key (name) from Admin.
        apiClient: Text | required,
    }

    /// Token from the current endpoint.
    AuthTokenResponse {
        /// Bearer token (JWT).
        token: Text,
        /// Expiry instant; lifetime is one hour.
        expiresAt: DateTime,
    }

    /// Credentials for the legacy token endpoint; the client name sits in the path.
    ///
    /// No source states requiredness in words; every example and the Python client send exactly
    /// this one field.
    LegacyTokenRequest {
        /// API client secret from Admin.
        secret: Text | required,
    }

    /// Token from the legacy endpoint; no expiresAt, decode the JWT exp claim or assume 1 h.
    LegacyTokenResponse {
        /// Echo of the API client name.
        clientName: Text,
        /// Bearer token (JWT, one hour between iat and exp).
        token: Text,
        /// Whether the API client is switched on in Admin.
        enabled: Boolean,
    }
}

enumerations! {}

aliases! {}
