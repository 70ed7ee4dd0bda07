//! Tokens in exchange for the secret of an API client.

use crate::schema::*;
use crate::{records, resource};

resource! {
    /// Tokens in exchange for the secret of an API client.
    auth AuthResource;

    /// Get a token.
    ///
    /// The current endpoint, at the authentication host. Its error bodies are not known, nor
    /// whether it can be called from browsers or whether the welkincloud.io hosts accept its token:
    /// `createLegacyToken` is the way that was seen to work.
    create_token "authCreateToken": POST "/auth/token"
        body(AuthTokenRequest)
        reply(AuthTokenResponse)
        repeat Safe
        token none;

    /// Get a token from the older endpoint, that of the tenant.
    ///
    /// It goes out without an Authorization header. Its token lives for one hour.
    create_legacy_token "authCreateLegacyToken": POST "/{tenantName}/admin/api_clients/{apiClientName}"
        path(
            /// Name of the API client.
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
        /// Secret of the API client, from Admin.
        secret: Text | required,
        /// Key (name) of the API client, from Admin.
        apiClient: Text | required,
    }

    /// Token from the current endpoint.
    AuthTokenResponse {
        /// Bearer token (JWT).
        token: Text,
        /// Expiry instant; lifetime is one hour.
        expiresAt: DateTime,
    }

    /// Credentials for the legacy token endpoint; the name of the client is in the path.
    LegacyTokenRequest {
        /// Secret of the API client, from Admin.
        secret: Text | required,
    }

    /// Token from the legacy endpoint. When it expires is said in its own `exp` claim only; it
    /// lives for one hour.
    LegacyTokenResponse {
        /// Name of the API client.
        clientName: Text,
        /// Bearer token (JWT, one hour between iat and exp).
        token: Text,
        /// Whether the API client is switched on in Admin.
        enabled: Boolean,
    }
}
