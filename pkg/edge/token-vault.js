// One token of an API client for all isolates: the Durable Object that holds it, and the token provider
// that asks the object. When to exchange and what to remember is decided in wasm; this class moves
// requests and storage.

import { engine } from "../client/engine.js";
import { ConfigError, wrong } from "../client/errors.js";
import { retryAfter } from "./answer.js";
import { explain } from "./exchange-error.js";
import { sealFor } from "./seal.js";
import { checkAll } from "./settings.js";
import { apiClientSettings, exchangeOf, secretSettings } from "./welkin-secret.js";

/** Where a vault is asked. A request that came from outside never has this address. */
const ADDRESS = "https://token-vault.invalid/";
/** So many tokens are known by their generation: those that still last are two or three. */
const REMEMBERED = 10;

const isNamespace = (value) => typeof value?.idFromName === "function" && typeof value.get === "function";
const nameOf = ({ tenant, apiClient }) => `${tenant}/${apiClient}`;

export class TokenVault {
  #storage;
  #env;
  #name;
  #vault;

  constructor(state, env) {
    this.#storage = state.storage;
    this.#env = env;
  }

  secretOf(_, env) {
    const { WELKIN_SECRET: secret, WELKIN_AUTH_BASE_URL: authBaseUrl, WELKIN_BASE_URL: baseUrl } = env;
    return { secret, authBaseUrl, baseUrl };
  }

  async fetch(request) {
    // A request that was passed on from outside must not be answered with the token.
    if (request.url !== ADDRESS || request.method !== "POST") return new Response(null, { status: 404 });
    try {
      const { tenant, apiClient, refused } = await request.json();
      const vault = await this.#open({ tenant, apiClient });
      return Response.json(await vault.token(refused));
    } catch (error) {
      return refusal(error);
    }
  }

  /** Requests to one object share what they wait for, so none begins twice. */
  async #open(client) {
    const name = nameOf(client);
    this.#name ??= name;
    if (this.#name !== name) throw wrong("tenant, apiClient", "those of the vault's name");
    this.#vault ??= this.#restore(client, name);
    try {
      return await this.#vault;
    } catch (error) {
      this.#vault = undefined;
      throw error;
    }
  }

  async #restore(client, name) {
    const given = await this.secretOf(client, this.#env);
    checkAll(given, secretSettings, ["secret"], "secretOf()");
    const storage = this.#storage;
    const [{ Vault }, seal] = await Promise.all([engine(), sealFor(given.secret, name)]);
    const [count, token] = await Promise.all([storage.get("count"), storage.get("token")]);
    const keeper = {
      keepCount: (text) => storage.put("count", text),
      keepToken: async (text) => storage.put("token", await seal.close(text)),
    };
    return new Vault({ ...exchangeOf(given), ...client }, keeper, count, token && (await seal.open(token)));
  }
}

/** What went wrong, in words that hold no value of a setting. What `secretOf` threw stays unsaid. */
function refusal(error) {
  if (error instanceof ConfigError) {
    const { parameter, expected, message } = error;
    return Response.json({ parameter, expected, message }, { status: 500 });
  }
  if (typeof error?.reason !== "string") return Response.json(failed("the token vault failed"), { status: 500 });
  return Response.json(error, { status: 503, headers: retryAfter(error.retryAfterMs) });
}

export function tokenVault(namespace, given) {
  if (!isNamespace(namespace)) throw wrong("namespace", "the binding of a Durable Object namespace");
  checkAll(given, apiClientSettings, ["tenant", "apiClient"], "options");
  const { tenant, apiClient } = given;
  // Values only: in workerd a request must not wait for what another one began.
  const generations = new Map();
  let last;
  return async ({ forceRefresh = false, refused = last, signal } = {}) => {
    const asked = Date.now();
    const question = { tenant, apiClient, refused: forceRefresh ? generations.get(refused) : undefined };
    const { token, lifeMs, generation } = await ask(namespace, question, signal);
    generations.delete(token);
    generations.set(token, generation);
    if (generations.size > REMEMBERED) generations.delete(generations.keys().next().value);
    last = token;
    // The vault's clock is not asked: what is left of the life is counted from the question.
    return { token, expiresAt: new Date(asked + lifeMs).toISOString() };
  };
}

async function ask(namespace, question, signal) {
  let [answer, status] = [{}, 0];
  try {
    const vault = namespace.get(namespace.idFromName(nameOf(question)));
    const response = await vault.fetch(ADDRESS, { method: "POST", body: JSON.stringify(question), signal });
    status = response.status;
    answer = await response.json();
  } catch {
    // What the runtime says of a failure may come from the inside of the object.
  }
  if (status === 200 && typeof answer.token === "string") return answer;
  if (typeof answer.parameter === "string") throw new ConfigError(answer);
  throw explain(typeof answer.reason === "string" ? answer : failed("the token vault did not answer"));
}

function failed(message) {
  return { reason: "vault_failed", message };
}
