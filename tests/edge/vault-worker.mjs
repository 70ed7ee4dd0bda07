// A worker that asks vaults as a test tells it to. Several of them make a fleet in front of one vault.

import { Welkin } from "carewire";
import { TokenVault as Vault, tokenVault } from "carewire/edge";
import { env } from "cloudflare:workers";

export { TokenVault as PlainVault } from "carewire/edge";

/** The clock of the isolate stands, but when a test lets time pass: tests wait for nothing. */
let now = env.NOW;
Date.now = () => now;

export class TokenVault extends Vault {
  #state;

  constructor(state, env) {
    super(state, env);
    this.#state = state;
  }

  secretOf({ tenant, apiClient }, env) {
    if (tenant === "broken") throw new Error(`no such tenant, only ${env.WELKIN_SECRET}`);
    if (tenant === "unset") return { secret: "" };
    if (tenant.startsWith("old")) return { secret: env.OLD_SECRET, endpoint: "legacy", baseUrl: env.WELKIN_BASE_URL };
    return super.secretOf({ tenant, apiClient }, env);
  }

  fetch(request) {
    if (new URL(request.url).pathname === "/restart") this.#state.abort("restarted by a test");
    return super.fetch(request);
  }
}

const providers = new Map();

/** One for each tenant in each isolate, as in a real worker. */
function providerFor(tenant, vault, env) {
  const name = `${vault} ${tenant}`;
  if (!providers.has(name)) providers.set(name, tokenVault(env[vault], { tenant, apiClient: "portal" }));
  return providers.get(name);
}

let welkin;

const routes = {
  /** Asks so often at once, and says what came how often. */
  async ask({ times = 1, force, tenant = "gh", vault = "TOKEN_VAULT" }, env) {
    const provider = providerFor(tenant, vault, env);
    const asked = Array.from({ length: Number(times) }, () =>
      provider({ forceRefresh: force === "1" }).then(
        ({ token, expiresAt }) => ({ token, lifeMs: Date.parse(expiresAt) - Date.now() }),
        (error) => ({ error, message: error.message, stack: error.stack, cause: String(error.cause) }),
      ),
    );
    const answers = await Promise.all(asked);
    const tokens = [...new Set(answers.flatMap(({ token }) => token ?? []))];
    return { tokens, given: answers.filter(({ token }) => token).length, ...answers[0] };
  },

  /** Reads a patient so often at once, through one client of the isolate. */
  async read({ times = 1 }, env) {
    const { WELKIN_BASE_URL: baseUrl } = env;
    welkin ??= new Welkin({ tenant: "gh", instance: "sb-demo", baseUrl, auth: providerFor("gh", "TOKEN_VAULT", env) });
    const read = Array.from({ length: Number(times) }, () => welkin.patients.get("p1").then(() => "read", ({ code }) => code));
    return { outcomes: [...new Set(await Promise.all(read))] };
  },

  /** Sends something to the vault itself, and gives its answer as it is. */
  async raw({ url = "https://token-vault.invalid/", tenant = "gh", method = "POST", body }, env) {
    const stub = env.TOKEN_VAULT.get(env.TOKEN_VAULT.idFromName(`${tenant}/portal`));
    const response = await stub.fetch(url, { method, body });
    return { status: response.status, headers: [...response.headers], text: await response.text() };
  },

  async restart(_, env) {
    const stub = env.TOKEN_VAULT.get(env.TOKEN_VAULT.idFromName("gh/portal"));
    await stub.fetch("https://token-vault.invalid/restart").catch(() => {});
    return {};
  },

  async clock({ milliseconds }) {
    now += Number(milliseconds);
    return {};
  },
};

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    return Response.json(await routes[pathname.slice(1)](Object.fromEntries(searchParams), env));
  },
};
