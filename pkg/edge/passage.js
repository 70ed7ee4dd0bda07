// One request on its way through the gateway: who asks, which operation it is, what the policy says, and the
// answer.

import { answer, isSession, LISTED, REFUSED, retryAfter } from "./answer.js";
import { Carried } from "./carried.js";
import { Deadline, exactly, forward, late, letGo, readText } from "./forwarding.js";

const jsonReply = /^application\/([\w.-]+\+)?json\b/i;

/** One request: what is known of it so far, and the answer to it. */
export class Passage {
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
    return this.#pass(api, lines, rule);
  }

  async #pass(api, lines, rule) {
    const deadline = this.#deadline;
    const { path, query } = parameters(lines, rule.path);
    const question = { operation: this.#operation, path, query, session: this.#session, env: this.#env };
    const carried = this.#carried(api, rule);
    if (carried) {
      const refused = carried.unfit(rule.body) ?? (rule.body ? await carried.read() : undefined);
      if (refused) return this.#refuse(...refused);
    }
    if (rule.body) question.body = carried?.content;
    // Only `true` allows: what is not said, or said in another way, is denied.
    let leave = rule.decide === true || rule.decide(question);
    if (isPromise(leave)) leave = await deadline.before(leave);
    if (leave === late) return this.#refuse(504, "timeout");
    if (leave !== true) return this.#deny();
    if (carried && rule.same.length > 0) {
      const refused = await carried.disagrees(rule.same.map(([field, at]) => [field, lines[VALUES + at]]));
      if (refused) return this.#refuse(...refused);
    }

    this.#decision = "allowed";
    const response = await forward({
      core: api.core,
      fetch: this.#given.fetch,
      method: this.#method,
      url: api.base + lines[1],
      headers: this.#passing(carried),
      body: carried ? carried.onward() : null,
      deadline,
    });
    if (carried?.isTooLarge) return this.#refuse(413, "too_large");
    if (typeof response === "string") {
      const again = response === "token" ? retryAfter(api.provider.restMs()) : {};
      return this.#refuse(unanswered[response], response, {}, again);
    }
    if (!rule.narrow || !response.ok) return this.#back(response, response.body);
    const narrowed = await this.#narrow(api, response, rule.narrow, question);
    return narrowed instanceof Response ? narrowed : this.#back(response, narrowed);
  }

  #carried({ core }, { carries }) {
    const body = carries === "nothing" ? null : this.#request.body;
    return body && new Carried(core, this.#headers, body, carries, this.#given, this.#deadline);
  }

  /** What a policy leaves of a reply, as text; `null` of a reply without a body. */
  async #narrow({ core }, response, narrow, question) {
    const deadline = this.#deadline;
    if (response.body === null) return null;
    if (!jsonReply.test(response.headers.get("content-type") ?? "")) {
      letGo(response);
      return this.#refuse(502, "upstream");
    }
    let reply;
    try {
      const text = await readText(response.body, this.#given.maxReadBytes, deadline);
      if (text === late) return this.#refuse(504, "timeout");
      if (text.trim() === "") return null;
      reply = exactly(text, core);
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
  #passing(carried) {
    const passing = {};
    for (const name of this.#parts.rules.request) {
      const value = name === "content-type" ? (carried?.type ?? null) : this.#headers.get(name);
      if (value !== null) passing[name] = value;
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
