// The gateway in front of both APIs. What a request is and what of it passes is decided in wasm; this
// class asks your `authorize` and your policy, moves the streams and tells the audit.

import { engine, isolatesCallers } from "../client/engine.js";
import { fromPlain, wrong } from "../client/errors.js";
import { check } from "../client/options.js";
import { answer, callerOf, headerRules } from "./answer.js";
import { Forwarding } from "./forwarding.js";
import {
  address,
  aFunction,
  anything,
  base,
  bytes,
  checkAll,
  fetcher,
  fetchOf,
  origins,
  prefix,
  segment,
  text,
  time,
} from "./settings.js";

const known = {
  welkin: anything,
  inbox: anything,
  authorize: aFunction,
  allow: anything,
  cors: origins,
  maxBodyBytes: bytes,
  timeoutMs: time,
  audit: aFunction,
  fetch: fetcher,
};
const welkinSettings = { tenant: segment, instance: segment, baseUrl: address, auth: aFunction, prefix };
const inboxSettings = {
  baseUrl: address,
  apiKey: [(value) => text[0](value) || aFunction[0](value), "a key, or a function that gives one"],
  prefix,
};
const policy = { welkin: anything, inbox: anything };

/** 25 MiB: a scanned document. */
const MAX_BODY_BYTES = 25 * 1024 * 1024;

export class Gateway {
  #given;
  #apis;

  constructor(given) {
    this.#given = checked(given);
    const loaded = engine();
    // Where the wasm is there already, a wrong policy is known at once.
    if (loaded instanceof Promise) loaded.catch(() => {});
    else this.#apis = open(loaded, this.#given);
    this.fetch = this.fetch.bind(this);
  }

  async fetch(request, env, ctx) {
    const exports = await engine();
    this.#apis ??= open(exports, this.#given);
    const passage = new Passage(exports, this.#given, this.#apis, request, env, ctx);
    try {
      return await passage.answer();
    } catch (error) {
      // What authorize or a policy throws is the host's to report; nothing was let through.
      await passage.audit(500);
      throw error;
    }
  }
}

/** One request: what is known of it so far, and the answer to it. */
class Passage {
  #exports;
  #given;
  #apis;
  #request;
  #env;
  #ctx;
  #url;
  #begun = Date.now();
  #requestId = crypto.randomUUID();
  #api = null;
  #operation = null;
  #decision = "unknown";
  #session;

  constructor(exports, given, apis, request, env, ctx) {
    this.#exports = exports;
    this.#given = given;
    this.#apis = apis;
    this.#request = request;
    this.#env = env;
    this.#ctx = ctx;
    this.#url = new URL(request.url);
  }

  async answer() {
    const caller = callerOf(this.#exports, this.#request, this.#url, this.#given.cors);
    if (caller === "listed" && this.#request.method === "OPTIONS") return this.#preflight();
    const response = await this.#decide(caller);
    const id = response.headers.get("x-request-id");
    if (id === null) response.headers.set("x-request-id", this.#requestId);
    else this.#requestId = id;
    if (caller === "listed") this.#share(response.headers);
    if (this.#given.cors.length > 0) response.headers.append("vary", "Origin");
    await this.audit(response.status);
    return response;
  }

  async #decide(caller) {
    const { authorize, allow, maxBodyBytes } = this.#given;
    const { method, headers } = this.#request;
    const path = this.#url.pathname;
    const api = this.#apis.find(({ prefix }) => path.startsWith(`${prefix}/`));
    if (!api) return answer(404, { error: "unknown" });
    this.#api = api.name;

    if (method !== "GET" && caller === "other") {
      this.#decision = "denied";
      return answer(403, { error: "origin" });
    }
    this.#decision = "unauthenticated";
    const session = await authorize(this.#request, this.#env);
    if (!session) return answer(401, { error: "session" });
    this.#session = session;

    this.#decision = "unknown";
    const pairs = [...this.#url.searchParams];
    const admitted = api.core.admit(method, path.slice(api.prefix.length), pairs.flat());
    if (admitted.refused === "query") return answer(400, { error: "query" });
    if (admitted.refused) return answer(404, { error: "unknown" });
    this.#operation = admitted.operation;

    this.#decision = "denied";
    const question = { operation: admitted.operation, path: admitted.path, query: grouped(pairs), session };
    if (!(await allows(allow[api.name], question))) {
      return answer(403, { error: "denied", operation: admitted.operation });
    }
    this.#decision = "allowed";
    const length = headers.get("content-length");
    if (length !== null && Number(length) > maxBodyBytes) return answer(413, { error: "too_large" });
    return this.#forward(api, admitted.target);
  }

  async #forward(api, target) {
    const { fetch, maxBodyBytes } = this.#given;
    const { method, headers } = this.#request;
    const rules = headerRules(this.#exports);
    const passing = rules.request.flatMap((name) => (headers.has(name) ? [name, headers.get(name)] : []));
    const body = method === "GET" ? null : this.#request.body;
    const uncounted = headers.has("content-length") ? undefined : maxBodyBytes;
    const forwarding = new Forwarding(fetch, body, uncounted);
    const failed = await api.core.forward(method, target, passing, forwarding);
    if (forwarding.tooLarge) return answer(413, { error: "too_large" });
    const { response } = forwarding;
    if (failed || !response) {
      await response?.body?.cancel();
      const [error, status] = failed ?? ["upstream", 502];
      return answer(status, { error });
    }
    const back = new Headers(rules.always);
    for (const name of rules.response) {
      const value = response.headers.get(name);
      if (value !== null) back.set(name, value);
    }
    const { status } = response;
    return new Response([204, 205].includes(status) ? null : response.body, { status, headers: back });
  }

  #preflight() {
    const { always, corsMethods, corsRequest } = headerRules(this.#exports);
    const headers = new Headers(always);
    this.#share(headers);
    headers.set("access-control-allow-methods", corsMethods);
    headers.set("access-control-allow-headers", corsRequest);
    headers.set("access-control-max-age", "3600");
    headers.set("vary", "Origin");
    return new Response(null, { status: 204, headers });
  }

  /** A listed origin may read the answer, and send the session's cookie. */
  #share(headers) {
    const { response, gateway } = headerRules(this.#exports);
    headers.set("access-control-allow-origin", this.#request.headers.get("origin"));
    headers.set("access-control-allow-credentials", "true");
    headers.set("access-control-expose-headers", [...response, gateway].join(", "));
  }

  /** One event, without patient data: no URL, no parameter, no header, no body. */
  async audit(status) {
    const { audit } = this.#given;
    if (!audit) return;
    const id = this.#session?.id;
    const event = {
      time: new Date(this.#begun).toISOString(),
      api: this.#api,
      operation: this.#operation,
      decision: this.#decision,
      status,
      durationMs: Date.now() - this.#begun,
      requestId: this.#requestId,
      who: id === undefined ? null : String(id),
    };
    const told = (async () => audit(event))();
    if (this.#ctx?.waitUntil) this.#ctx.waitUntil(told);
    else await told;
  }
}

/** Only `true` allows: what is not said, or said in another way, is denied. */
async function allows(policy, question) {
  const rule = policy && Object.hasOwn(policy, question.operation) ? policy[question.operation] : false;
  return (typeof rule === "function" ? await rule(question) : rule) === true;
}

/** Query parameters by name; those that came more than once as arrays. */
function grouped(pairs) {
  const query = {};
  for (const [name, value] of pairs) {
    query[name] = Object.hasOwn(query, name) ? [query[name], value].flat() : value;
  }
  return query;
}

function checked(given) {
  checkAll(given, known, ["authorize", "allow"], "options");
  const { welkin, inbox, allow, cors = [], maxBodyBytes = MAX_BODY_BYTES, fetch } = given;
  if (welkin) checkAll(welkin, welkinSettings, ["tenant", "instance", "auth", "prefix"], "options.welkin");
  if (inbox) checkAll(inbox, inboxSettings, ["baseUrl", "apiKey", "prefix"], "options.inbox");
  if (!welkin && !inbox) throw wrong("options.welkin", "settings for it, for options.inbox or for both");
  if (welkin?.prefix === inbox?.prefix) throw wrong("options.inbox.prefix", "another prefix than options.welkin.prefix");
  check(allow, policy, "options.allow");
  return { ...given, cors, maxBodyBytes, fetch: fetchOf(fetch) };
}

/** The APIs, the longer prefix first, so that one may lie inside the other. */
function open({ GatewayApi }, { welkin, inbox, allow, timeoutMs }) {
  const make = (name, api, { prefix, ...settings }) => {
    const core = new GatewayApi({ api, timeoutMs, isolatesCallers: isolatesCallers(), ...settings });
    for (const [operation, rule] of Object.entries(allow[name] ?? {})) {
      const place = `options.allow.${name}.${operation}`;
      if (!core.knows(operation)) throw wrong(place, "the id of an operation of this API");
      if (typeof rule !== "boolean" && typeof rule !== "function") throw wrong(place, "a boolean or a function");
    }
    return { name, prefix, core };
  };
  try {
    const apis = [];
    if (welkin) apis.push(make("welkin", "welkin", { ...welkin, baseUrl: base(welkin.baseUrl) }));
    if (inbox) {
      const { baseUrl, apiKey, prefix } = inbox;
      const auth = typeof apiKey === "function" ? apiKey : () => apiKey;
      apis.push(make("inbox", "inboxHealth", { prefix, auth, scheme: auth.scheme, baseUrl: base(baseUrl) }));
    }
    return apis.sort((one, other) => other.prefix.length - one.prefix.length);
  } catch (error) {
    throw error?.code ? error : fromPlain(error);
  }
}
