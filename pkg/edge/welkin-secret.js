// A token provider that exchanges the secret of a Welkin API client. It keeps no token: whoever asks
// it does (a client, the gateway, the token route).

import { engine, inBrowser, isolatesCallers } from "../client/engine.js";
import { wrong } from "../client/errors.js";
import { explain } from "./exchange-error.js";
import { address, base, checkAll, fetcher, fetchOf, segment, text } from "./settings.js";

/** Which API client of which tenant. */
export const apiClientSettings = { tenant: segment, apiClient: segment };
/** Its secret, and where it is exchanged. */
export const secretSettings = {
  secret: text,
  authBaseUrl: address,
  baseUrl: address,
  endpoint: [(value) => value === "primary" || value === "legacy", '"primary" or "legacy"'],
  fetch: fetcher,
};
const known = { ...apiClientSettings, ...secretSettings };

export function welkinSecret(given) {
  checkAll(given, known, ["tenant", "apiClient", "secret"], "options");
  if (inBrowser()) throw wrong("options.secret", "nothing in a browser: whoever opens the page could read it");
  let exchange;
  return async ({ signal } = {}) => {
    const { SecretExchange } = await engine();
    try {
      exchange ??= new SecretExchange({ ...exchangeOf(given), isolatesCallers: isolatesCallers() });
      return await exchange.exchange(signal);
    } catch (error) {
      throw explain(error);
    }
  };
}

/** The settings as the wasm takes them. */
export function exchangeOf({ authBaseUrl, baseUrl, fetch, ...given }) {
  return { ...given, authBaseUrl: base(authBaseUrl), baseUrl: base(baseUrl), fetch: fetchOf(fetch) };
}
