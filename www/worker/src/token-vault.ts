import { type ApiClient, type ApiClientSecret, TokenVault as Vault } from "carewire/edge";
import type { Env } from "./env";

/**
 * Holds the token of the API client for all isolates of the worker. A deployment that has no stand-in
 * for the APIs exports the class of carewire/edge as it is.
 */
export class TokenVault extends Vault<Env> {
  override secretOf(_: ApiClient, env: Env): ApiClientSecret {
    return {
      secret: env.WELKIN_SECRET,
      authBaseUrl: env.WELKIN_AUTH_BASE_URL,
      baseUrl: env.WELKIN_BASE_URL,
      fetch: env.UPSTREAM,
    };
  }
}
