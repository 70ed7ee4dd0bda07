// The gateway in front of both APIs. What a request is and what of it passes is decided in wasm; this
// class asks your `authorize` and your policy, moves the streams and tells the audit. The border to the
// wasm is crossed three times for a request that succeeds, each time with one text or number: crossings
// cost more than what is done behind them.

import { engine, inBrowser, isolatesCallers } from "../client/engine.js";
import { fromPlain, wrong } from "../client/errors.js";
import { check } from "../client/options.js";
import { answer, headerRules, isSession, LISTED, REFUSED, retryAfter } from "./answer.js";
import { deliver } from "./audit.js";
import { counted, Deadline, exactly, forward, late, readText } from "./forwarding.js";
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

const json = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;
const form = /^multipart\/form-data\s*;/i;
const jsonReply = /^application\/([\w.-]+\+)?json\b/i;

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

/** One request: what is known of it so far, and the answer to it. */
class Passage {
  #given;
  #parts;
  #request;
  /** Of the request: each time that it is asked for them, the runtime is. */
  #method;
  #headers;
  #env;
  #begun = Date.now();
  #deadline;
  #requestId;
  #api = null;
  #operation = null;
  #decision = "unknown";
  #session;

  constructor(given, parts, request, env) {
    this.#given = given;
    this.#parts = parts;
    this.#request = request;
    this.#method = request.method;
    this.#headers = request.headers;
    this.#env = env;
    this.#deadline = new Deadline(this.#begun, given.timeoutMs);
  }

  async answer() {
    const { url } = this.#request;
    const method = this.#method;
    const start = url.indexOf("/", url.indexOf("://") + 3);
    const origin = this.#headers.get("origin") ?? undefined;
    const site = this.#headers.get("sec-fetch-site") ?? undefined;
    const caller = this.#parts.guard(origin, site, url.slice(0, start), method);
    const preflight = caller === LISTED && method === "OPTIONS";
    let response;
    try {
      response = preflight ? this.#preflight() : await this.#decide(caller, url.slice(start));
    } finally {
      this.#deadline.end();
    }
    if (caller === LISTED) this.#share(response.headers, origin);
    if (this.#given.cors.length > 0) response.headers.append("vary", "Origin");
    return response;
  }

  #decide(caller, target) {
    const api = this.#parts.apis.find(({ below }) => target.startsWith(below));
    if (!api) return this.#refuse(404, "unknown");
    this.#api = api.name;

    if (caller === REFUSED) {
      this.#decision = "denied";
      return this.#refuse(403, "origin");
    }
    this.#decision = "unauthenticated";
    const session = this.#given.authorize(this.#request, this.#env);
    const next = (session) => this.#admit(api, session, target);
    return isPromise(session) ? this.#deadline.before(session).then(next) : next(session);
  }

  #admit(api, session, target) {
    if (session === late) return this.#refuse(504, "timeout");
    if (!isSession(session)) return this.#refuse(401, "session");
    this.#session = session;

    this.#decision = "unknown";
    const lines = api.core.admit(this.#method, target.slice(api.below.length - 1)).split("\n");
    if (lines.length === 1) return lines[0] === "?" ? this.#refuse(400, "query") : this.#refuse(404, "unknown");
    [this.#operation] = lines;

    this.#decision = "denied";
    const rule = api.rules.get(this.#operation);
    if (!rule) return this.#deny();
    return this.#pass(api, lines, rule, this.#deadline);
  }

  async #pass(api, lines, rule, deadline) {
    const { carries, same } = rule;
    const { path, query } = parameters(lines, rule.path);
    const question = { operation: this.#operation, path, query, session: this.#session, env: this.#env };
    let body = carries === "nothing" ? null : this.#request.body;
    if (body !== null) {
      const refused = this.#unreadable(carries, rule.body);
      if (refused) return refused;
    }
    // A form is not read here: it is as large as its files, and the API takes its declared parts only.
    const isForm = body !== null && carries !== "json" && form.test(this.#headers.get("content-type") ?? "");
    let content;
    const readIt = async () => {
      content = await this.#read(body, deadline);
      if (content instanceof Response) return content;
      body = content === undefined ? null : JSON.stringify(content);
    };
    if (rule.body) {
      const refused = body === null ? undefined : await readIt();
      if (refused) return refused;
      question.body = content;
    }
    // Only `true` allows: what is not said, or said in another way, is denied.
    let leave = rule.decide === true || rule.decide(question);
    if (isPromise(leave)) leave = await deadline.before(leave);
    if (leave === late) return this.#refuse(504, "timeout");
    if (leave !== true) return this.#deny();
    if (same.length > 0 && body !== null && !isForm) {
      const refused = rule.body ? undefined : await readIt();
      if (refused) return refused;
      const expected = same.map(([field, at]) => [field, lines[VALUES + at]]);
      if (body !== null && !agrees(content, expected)) return this.#refuse(400, "body");
    }

    this.#decision = "allowed";
    let tooLarge = false;
    // workerd sees to it that a body has the length that its head tells.
    if (body instanceof ReadableStream && !(isolatesCallers() && this.#headers.has("content-length"))) {
      body = counted(body, this.#given.maxBodyBytes, deadline, () => (tooLarge = true));
    }
    const { fetch } = this.#given;
    const method = this.#method;
    const headers = this.#passing(body !== null, carries);
    const url = api.base + lines[1];
    const response = await forward({ core: api.core, fetch, method, url, headers, body, deadline });
    if (tooLarge) return this.#refuse(413, "too_large");
    if (typeof response === "string") {
      const again = response === "token" ? retryAfter(api.provider.restMs()) : {};
      return this.#refuse(unanswered[response], response, {}, again);
    }
    if (!rule.narrow || !response.ok) return this.#back(response, response.body);
    const narrowed = await this.#narrow(response, rule.narrow, question, deadline);
    return narrowed instanceof Response ? narrowed : this.#back(response, narrowed);
  }

  /** A body that the operation does not take, or that is too large, is refused unread. */
  #unreadable(carries, asked) {
    const headers = this.#headers;
    const type = headers.get("content-type") ?? "";
    const [isJson, isForm] = [json.test(type), form.test(type)];
    // A site that is not asked first can send a form or plain text, but not JSON. Forms that an operation
    // takes are guarded by the origin alone.
    const fits = asked ? isJson : { json: isJson, form: isForm, "json or form": isJson || isForm }[carries] ?? true;
    if (!fits) return this.#refuse(415, "content_type");
    if ((headers.get("content-encoding") ?? "identity") !== "identity") return this.#refuse(415, "content_encoding");
    const length = headers.get("content-length");
    if (length !== null && Number(length) > this.#given.maxBodyBytes) return this.#refuse(413, "too_large");
  }

  /** The JSON of a body, `undefined` of an empty one, or why it is refused. */
  async #read(body, deadline) {
    try {
      const text = await readText(body, this.#given.maxReadBytes, deadline);
      if (text === late) return this.#refuse(408, "timeout");
      return text === "" ? undefined : exactly(text);
    } catch (error) {
      return error instanceof RangeError ? this.#refuse(413, "too_large") : this.#refuse(400, "body");
    }
  }

  /** What a policy leaves of a reply, as text; `null` of a reply without a body. */
  async #narrow(response, narrow, question, deadline) {
    if (response.body === null) return null;
    if (!jsonReply.test(response.headers.get("content-type") ?? "")) {
      await response.body.cancel();
      return this.#refuse(502, "upstream");
    }
    let reply;
    try {
      const text = await readText(response.body, this.#given.maxReadBytes, deadline);
      if (text === late) return this.#refuse(504, "timeout");
      if (text.trim() === "") return null;
      reply = exactly(text);
    } catch {
      return this.#refuse(502, "upstream");
    }
    this.#decision = "denied";
    let narrowed = narrow(reply, question);
    if (isPromise(narrowed)) narrowed = await deadline.before(narrowed);
    if (narrowed === late) return this.#refuse(504, "timeout");
    if (narrowed === undefined) return this.#deny();
    this.#decision = "allowed";
    return JSON.stringify(narrowed);
  }

  /** The request's headers that go to the API. */
  #passing(hasBody, carries) {
    const headers = this.#headers;
    const passing = {};
    for (const name of this.#parts.rules.request) {
      if (name === "content-type") {
        if (!hasBody) continue;
        const given = headers.get(name);
        const isJson = carries === "json" || (carries === "json or form" && json.test(given ?? ""));
        const type = isJson ? "application/json" : given;
        if (type !== null) passing[name] = type;
      } else {
        const value = headers.get(name);
        if (value !== null) passing[name] = value;
      }
    }
    return passing;
  }

  /** The answer of the API, less what is not the caller's. */
  #back({ status, headers }, body) {
    const { always, response } = this.#parts.rules;
    const back = new Response(status === 204 || status === 205 ? null : body, { status, headers: always });
    const passed = back.headers;
    for (const name of response) {
      const value = headers.get(name);
      if (value === null) continue;
      passed.set(name, value);
      if (name === "x-request-id") this.#requestId = value;
    }
    if (!this.#requestId) passed.set("x-request-id", this.#id());
    return back;
  }

  #deny() {
    this.#decision = "denied";
    return this.#refuse(403, "denied", { operation: this.#operation });
  }

  #refuse(status, error, more, headers) {
    return answer(status, { error, ...more }, { "x-request-id": this.#id(), ...headers });
  }

  #id() {
    return (this.#requestId ??= crypto.randomUUID());
  }

  #preflight() {
    const { always, corsMethods, corsRequest } = this.#parts.rules;
    const headers = new Headers(always);
    headers.set("access-control-allow-methods", corsMethods);
    headers.set("access-control-allow-headers", corsRequest);
    headers.set("access-control-max-age", "3600");
    return new Response(null, { status: 204, headers });
  }

  /** A listed origin may read the answer, and send the session's cookie. */
  #share(headers, origin) {
    const { response, gateway } = this.#parts.rules;
    headers.set("access-control-allow-origin", origin);
    headers.set("access-control-allow-credentials", "true");
    headers.set("access-control-expose-headers", [...response, gateway].join(", "));
  }

  /** What the audit is told, without patient data: no URL, no parameter, no header, no body. */
  event(status) {
    return {
      time: new Date(this.#begun).toISOString(),
      api: this.#api,
      operation: this.#operation,
      decision: this.#decision,
      status,
      durationMs: Date.now() - this.#begun,
      requestId: this.#id(),
      who: idOf(this.#session),
    };
  }
}

/** The id of a session as text. Where there is none to be had, the event is told all the same. */
function idOf(session) {
  try {
    const id = session?.id;
    return id === undefined || id === null ? null : String(id);
  } catch {
    return null;
  }
}

/** What is there already is not waited for: each wait is a turn of the runtime's queue. */
const isPromise = (value) => typeof value?.then === "function";

/** The status of an answer that the API did not give, by the word for it. */
const unanswered = { token: 503, upstream: 502, timeout: 504 };

/** Where the values of the path begin in the answer of `admit`; see src/binding/edge.rs. */
const VALUES = 2;

/** The parameters of an admitted request: those of the path, whose names the rule knows, and of the query. */
function parameters(lines, names) {
  const [path, query] = [{}, {}];
  let at = VALUES;
  for (const name of names) path[name] = lines[at++];
  for (; at < lines.length; at += 2) {
    const name = lines[at];
    if (name.endsWith("[]")) (query[name] ??= []).push(lines[at + 1]);
    else query[name] = lines[at + 1];
  }
  return { path, query };
}

/** Whether a body, or each of a list, says in these fields what the path says, if it has them at all. */
function agrees(body, same) {
  if (Array.isArray(body)) return body.every((part) => agrees(part, same));
  return same.every(([place, expected]) => {
    const [name, envelope] = place.split(".").reverse();
    if (envelope !== undefined) return agrees(body?.[envelope], [[name, expected]]);
    if (typeof body !== "object" || body === null) return true;
    return Object.entries(body).every(([key, value]) => {
      // A reader that takes no notice of case must not find another value either.
      if (key.toLowerCase() !== name.toLowerCase()) return true;
      return key === name && (typeof value === "string" || typeof value === "number") && String(value) === expected;
    });
  });
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
