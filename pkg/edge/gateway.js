// The gateway in front of both APIs. What a request is and what of it passes is decided in wasm; this
// class asks your `authorize` and your policy, moves the streams and tells the audit. The border to the
// wasm is crossed three times for a request that succeeds, each time with one text or number: crossings
// cost more than what is done behind them.

import { engine, inBrowser, isolatesCallers } from "../client/engine.js";
import { fromPlain, wrong } from "../client/errors.js";
import { check } from "../client/options.js";
import { headerRules } from "./answer.js";
import { deliver } from "./audit.js";
import { Passage } from "./passage.js";
import {
  address,
  aFunction,
  anything,
  base,
  bytes,
  checkAll,
  decision,
  fetcher,
  fetchOf,
  flag,
  origins,
  prefix,
  segment,
  sink,
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
  maxReadBytes: bytes,
  timeoutMs: time,
  audit: sink,
  onAuditFailure: aFunction,
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
/** 1 MiB: thousands of fields. What is read is held in memory, several times over. */
const MAX_READ_BYTES = 1024 * 1024;
const TIMEOUT = 60_000;

export class Gateway {
  #given;
  #parts;

  constructor(given) {
    this.#given = checked(given);
    const loaded = engine();
    // Where the wasm is there already, a wrong policy is known at once.
    if (loaded instanceof Promise) loaded.catch(() => {});
    else this.#parts = open(loaded, this.#given);
    this.fetch = this.fetch.bind(this);
  }

  fetch(request, env, ctx) {
    return this.#parts ? this.#answer(request, env, ctx) : this.#openFor(request, env, ctx);
  }

  async #openFor(request, env, ctx) {
    this.#parts ??= open(await engine(), this.#given);
    return this.#answer(request, env, ctx);
  }

  #answer(request, env, ctx) {
    const { audit, onAuditFailure } = this.#given;
    const passage = new Passage(this.#given, this.#parts, request, env);
    const answered = passage.answer();
    if (audit) {
      const tell = (status) => deliver(passage.event(status), audit, onAuditFailure, env);
      // What authorize or a policy throws is the host's to report; nothing was let through. The runtime
      // hears of the audit before there is an answer: a caller that leaves early ends the request, but
      // not what was promised.
      const told = answered.then(({ status }) => tell(status), () => tell(500));
      ctx?.waitUntil?.(told);
    }
    return answered;
  }
}

function checked(given) {
  checkAll(given, known, ["authorize", "allow"], "options");
  const { welkin, inbox, allow, cors = [], fetch } = given;
  const { maxBodyBytes = MAX_BODY_BYTES, maxReadBytes = MAX_READ_BYTES, timeoutMs = TIMEOUT } = given;
  if (welkin) checkAll(welkin, welkinSettings, ["tenant", "instance", "auth", "prefix"], "options.welkin");
  if (inbox) checkAll(inbox, inboxSettings, ["baseUrl", "apiKey", "prefix"], "options.inbox");
  if (inbox && inBrowser()) throw wrong("options.inbox.apiKey", "nothing in a browser: whoever opens the page could read it");
  if (!welkin && !inbox) throw wrong("options.welkin", "settings for it, for options.inbox or for both");
  if (welkin?.prefix === inbox?.prefix) throw wrong("options.inbox.prefix", "another prefix than options.welkin.prefix");
  check(allow, policy, "options.allow");
  return { ...given, cors, maxBodyBytes, maxReadBytes, timeoutMs, fetch: fetchOf(fetch) };
}

/** What lives as long as the gateway: the APIs, the guard and the rules for headers. */
function open(exports, given) {
  const { welkin, inbox, allow, cors } = given;
  const { GatewayApi, Guard } = exports;
  const make = (name, api, { prefix, auth, ...settings }) => {
    const provider = new Provider(auth);
    const core = new GatewayApi({ api, isolatesCallers: isolatesCallers(), auth: provider.ask, ...settings });
    const rules = new Map();
    for (const [operation, rule] of Object.entries(allow[name] ?? {})) {
      const place = `options.allow.${name}.${operation}`;
      const described = core.describe(operation);
      if (!described) throw wrong(place, "the id of an operation of this API");
      const understood = ruleOf(rule, place);
      if (understood) rules.set(operation, { ...described, ...understood });
    }
    return { name, below: `${prefix}/`, core, provider, rules, base: core.baseUrl };
  };
  try {
    const apis = [];
    if (welkin) apis.push(make("welkin", "welkin", { ...welkin, baseUrl: base(welkin.baseUrl) }));
    if (inbox) {
      const { baseUrl, apiKey, prefix } = inbox;
      const auth = typeof apiKey === "function" ? apiKey : () => apiKey;
      apis.push(make("inbox", "inboxHealth", { prefix, auth, scheme: auth.scheme, baseUrl: base(baseUrl) }));
    }
    // The longer prefix first, so that one may lie inside the other.
    apis.sort((one, other) => other.below.length - one.below.length);
    return { apis, guard: remembering(new Guard(cors)), rules: headerRules(exports) };
  } catch (error) {
    throw error?.code ? error : fromPlain(error);
  }
}

/** The token provider of an API, which may say when to come back. */
class Provider {
  #auth;
  #restsUntil;

  constructor(auth) {
    this.#auth = auth;
  }

  ask = async (request) => {
    try {
      return await this.#auth(request);
    } catch (error) {
      const wait = error?.retryAfterMs;
      this.#restsUntil = Number.isFinite(wait) ? Date.now() + wait : undefined;
      throw error;
    }
  };

  /** How long nobody need ask, in milliseconds, if that is known and not over. */
  restMs() {
    const rest = this.#restsUntil - Date.now();
    return rest > 0 ? rest : undefined;
  }
}

/** The guard, with what it said last: a page asks in one way many times, and four texts are much to hand over. */
function remembering(guard) {
  let last = {};
  return (origin, site, own, method) => {
    const same = last.origin === origin && last.site === site && last.own === own && last.method === method;
    if (!same) last = { origin, site, own, method, caller: guard.caller(origin, site, own, method) };
    return last.caller;
  };
}

/** A rule as `{ decide, body, narrow }`; nothing for one that denies. */
function ruleOf(rule, place) {
  if (rule === undefined || rule === false) return undefined;
  if (rule === true || typeof rule === "function") return { decide: rule };
  if (typeof rule !== "object" || rule === null) throw wrong(place, "a boolean, a function or { allow, body, narrow }");
  checkAll(rule, { allow: decision, body: flag, narrow: aFunction }, ["allow"], place);
  const { allow, body = false, narrow } = rule;
  return allow === false ? undefined : { decide: allow, body, narrow };
}
