// A token provider that exchanges the secret of a Welkin API client. It keeps no token: whoever asks
// it does (a client, the gateway, the token route).

import { engine, inBrowser, isolatesCallers } from "../client/engine.js";
import { CarewireError, fromPlain, TokenError, wrong } from "../client/errors.js";
import { address, base, checkAll, fetcher, fetchOf, segment, text } from "./settings.js";

const known = {
  tenant: segment,
  apiClient: segment,
  secret: text,
  authBaseUrl: address,
  baseUrl: address,
  endpoint: [(value) => value === "primary" || value === "legacy", '"primary" or "legacy"'],
  fetch: fetcher,
};

export function welkinSecret(given) {
  checkAll(given, known, ["tenant", "apiClient", "secret"], "options");
  if (inBrowser()) throw wrong("options.secret", "nothing in a browser: whoever opens the page could read it");
  const { tenant, apiClient, secret, authBaseUrl, baseUrl, endpoint, fetch } = given;
  let exchange;
  return async ({ signal } = {}) => {
    const { SecretExchange } = await engine();
    try {
      exchange ??= new SecretExchange({
        tenant,
        apiClient,
        secret,
        authBaseUrl: base(authBaseUrl),
        baseUrl: base(baseUrl),
        endpoint,
        isolatesCallers: isolatesCallers(),
        fetch: fetchOf(fetch),
      });
      return await exchange.exchange(signal);
    } catch (error) {
      throw explain(error);
    }
  };
}

function explain(plain) {
  if (plain instanceof CarewireError || typeof plain?.reason !== "string") return fromPlain(plain);
  const error = new TokenError(plain);
  for (const name of ["status", "retryAfterMs"]) {
    if (plain[name] !== undefined) Object.defineProperty(error, name, { value: plain[name], enumerable: true });
  }
  return error;
}
