// The two clients: their methods come from the operation table, their work is done by the engine.

import { bodyOf, takeApart, text } from "./arguments.js";
import { fileDownload } from "./download.js";
import { CarewireError, DecodeError, fromPlain, wrong } from "./errors.js";
import { List } from "./list.js";
import { engine, inBrowser, isolatesCallers } from "./engine.js";
import { InboxHealth as inboxHealthTable, Welkin as welkinTable } from "./operations.js";
import { callSettings, check, isPlain, named, rate, settings } from "./options.js";
import { travels, upload } from "./upload.js";

/** The methods of a table by resource, each with what it takes; see src/table.rs for the text. */
function resources(table) {
  const found = new Map();
  let resource;
  let path = "";
  for (const line of table.split("\n")) {
    const [names, target, query, body, , remarks] = line.split("|");
    const [method, another] = names.split(".").reverse();
    if (another) found.set((resource = another), []);
    const [, dropped, more] = /^.(\d*)(.*)/.exec(target);
    path = path.split("/").slice(0, -dropped || undefined).join("/") + more;
    const [of, beside, form] = body?.split(";") ?? [];
    found.get(resource).push([
      method,
      {
        operation: resource + method[0].toUpperCase() + method.slice(1),
        segments: path.match(/\{(?!tenantName|instanceName)/g)?.length ?? 0,
        body: !!of,
        form: !!form,
        // What travels beside an envelope is given where other calls take the query.
        query: !!query || !!beside,
        pages: /^[\dp]/.test(remarks),
        file: !!remarks?.includes("f"),
      },
    ]);
  }
  return found;
}

/** Adds a getter for each resource, which makes its methods when it is first used. */
function addResources(client, table) {
  const shapes = (client.prototype._shapes = new Map());
  for (const [resource, methods] of resources(table)) {
    for (const [, shape] of methods) shapes.set(shape.operation, shape);
    Object.defineProperty(client.prototype, resource, {
      configurable: true,
      get() {
        const made = {};
        for (const [name, shape] of methods) {
          made[name] = shape.pages
            ? (...given) => this._list(shape, given)
            : async (...given) => this._method(shape, given);
        }
        Object.freeze(made);
        Object.defineProperty(this, resource, { value: made });
        return made;
      },
    });
  }
}

/** The methods of HTTP, without those that fetch refuses. */
const methodName = /^(?!CONNECT$|TRAC[EK]$)[A-Z]{1,20}$/;

class Client {
  #settings;
  #functions;
  #core;
  #glue;
  #table;
  #homeless;

  constructor(api, given) {
    const { fetch, auth, onEvent, limit, headers, ...plain } = check(given, settings[api], "options");
    this.#table = api === "Welkin" ? welkinTable : inboxHealthTable;
    this.#functions = [fetchOf(fetch), auth, harmless(onEvent)];
    /** Whether the headers hold an API key of Inbox Health. */
    this._keyed = headers?.some(([name]) => name === "x-api-key");
    // Only a page has an address to which fetch can add a path.
    this.#homeless = !fetch && !globalThis.location && given.baseUrl?.startsWith("/");
    this.#settings = members({
      ...plain,
      ...paced(limit),
      scheme: auth?.scheme,
      api: api === "Welkin" ? "welkin" : "inboxHealth",
      baseUrl: given.baseUrl?.replace(/\/+$/, ""),
      authBaseUrl: given.authBaseUrl?.replace(/\/+$/, ""),
      headers: headers?.flat(),
      isolatesCallers: isolatesCallers(),
    });
  }

  /** The core in this instance of the wasm. */
  #client(glue) {
    if (this.#glue !== glue) {
      this.#core = new glue.Client(this.#table, `{${this.#settings}}`, ...this.#functions);
      this.#glue = glue;
    }
    return this.#core;
  }

  /**
   * Runs one call with options that were checked: waits for the wasm if it is not there yet, gives errors
   * their class, and listens to the signal as long as the call lasts. `files` travel as the body, or are a
   * function that takes them; `call` is what else the core is told, as texts of members.
   */
  async _run(options, files, call) {
    const { signal, onProgress, headers, ...given } = options;
    throwIfAborted(signal);
    const observer = harmless(onProgress);
    const body = typeof files === "function" ? { send: files(observer) } : files && upload(files, observer);
    let glue;
    while ((glue = engine()) instanceof Promise) await glue;
    throwIfAborted(signal);
    let listener;
    const aborted = signal && new Promise((resolve) => signal.addEventListener("abort", (listener = () => resolve())));
    const end = {};
    glue.ends.add(end);
    try {
      const all = [...call, members({ ...given, headers: headers?.flat(), stream: body?.once })].filter(Boolean);
      const done = await new Promise((resolve, reject) => {
        end.cancel = reject;
        this.#client(glue).call(`{${all}}`, body?.send, aborted, resolve, reject);
      });
      body?.end?.();
      return done;
    } catch (error) {
      if (this.#homeless && error?.kind === "network") throw wrong("options.baseUrl", "a whole URL where there is no page");
      throw error instanceof CarewireError ? error : fromPlain(error, signal);
    } finally {
      glue.ends.delete(end);
      signal?.removeEventListener("abort", listener);
      // The wasm keeps what waits for a promise until it settles.
      listener?.();
    }
  }

  async _method(shape, given) {
    const taken = takeApart(shape, given);
    this._guard(shape.operation);
    return shape.file ? (await this._download(shape.operation, taken)).data : this._send("record", shape.operation, taken);
  }

  _list(shape, given) {
    // All pages have the arguments as they are now. A mistake in them becomes known when the list is
    // asked for something.
    const taken = (async () => takeApart(shape, given))();
    taken.catch(() => {});
    return new List(
      async () => this._send("record", shape.operation, await taken),
      async (start) => this._send("page", shape.operation, await taken, start),
    );
  }

  /** `path`, `query` and `body` are JSON text already. */
  _send(form, operation, { path, query, body, files, options }, start) {
    const call = [members({ form, operation }), ...texts({ path, query, body, start })];
    return this._run(options, files, call);
  }

  /** The call goes on as long as its file is read: how it ends then, the file is told. */
  _download(operation, taken) {
    return new Promise((resolve, reject) => {
      let fail = reject;
      let attempts = 0;
      const files = (observer) => () => {
        attempts += 1;
        const take = (response) =>
          new Promise((read, broken) => {
            const download = fileDownload(response, observer, read, broken);
            fail = download.fail;
            resolve({ ...download.file, data: download.file, attempts });
          });
        return [undefined, undefined, take];
      };
      this._send("wire", operation, { ...taken, files }).catch((error) => fail(error));
    });
  }

  _guard() {}

  async call(operation, given = {}, options = undefined) {
    if (typeof operation !== "string") throw wrong("operationId", "the id of an operation");
    check(given, { path: anything, query: anything, body: anything }, "arguments");
    this._guard(operation);
    const shape = this._shapes.get(operation) ?? { body: true };
    const [path, query] = ["path", "query"].map((name) => text(given[name], name));
    const taken = { path, query, ...bodyOf(shape, given.body), options: callSettings(options) };
    const answered = shape.file ? this._download(operation, taken) : this._send("wire", operation, taken);
    const { data, status, headers, requestId, attempts } = await answered;
    return { data, status, headers: new Headers(headers), requestId, attempts };
  }

  async request(method, path, given = {}, options = undefined) {
    if (typeof method !== "string" || !methodName.test(method.toUpperCase())) {
      throw wrong("method", "a method of HTTP");
    }
    if (typeof path !== "string") throw wrong("path", "a path that begins with one slash");
    check(given, { query: anything, body: anything }, "arguments");
    const name = method.toUpperCase();
    const repeatable = name === "GET" || name === "HEAD";
    if (repeatable && given.body !== undefined) throw wrong("body", "none, for fetch sends none with GET and HEAD");
    const target = given.query === undefined ? path : `${path}${path.includes("?") ? "&" : "?"}${search(given.query)}`;
    const { body, files } = travels(given.body) ? { files: given.body } : bodyOf(anyBody, given.body);
    const call = [
      members({ method: name, path: target, repeatable }),
      ...texts({ body }),
    ];
    const { data: bytes, status, headers, requestId, attempts } = await this._run(callSettings(options), files, call);
    const type = new Headers(headers).get("content-type") ?? "";
    return { data: content(bytes, type), status, headers: new Headers(headers), requestId, attempts };
  }
}

const anything = [() => true];
const anyBody = { body: true, form: true };

/** A rate limit as the engine counts it: the time that one request takes, in milliseconds. */
function paced(limit = {}) {
  check(limit, rate, "options.limit");
  const { perSecond = 10, burst = 100 } = limit;
  return { interval: Math.ceil(1000 / perSecond), burst };
}

/** The members of an object as JSON text, without the braces. The engine counts in whole numbers. */
function members(value) {
  return JSON.stringify(value, (name, part) => (typeof part === "number" ? Math.trunc(part) : part)).slice(1, -1);
}

/** Members that are JSON text already; what is `undefined` is left out. */
function texts(values) {
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : `"${name}":${value}`));
}

function throwIfAborted(signal) {
  if (signal?.aborted) throw fromPlain({ kind: "abort", message: "aborted by the caller", outcome: "not_sent" }, signal);
}

function search(query) {
  const given = JSON.parse(text(query, "query") ?? null);
  if (!isPlain(given)) throw wrong("query", "an object");
  const pairs = Object.entries(given).flatMap(([name, value]) => {
    const parts = [value].flat();
    if (parts.some((part) => typeof part === "object")) throw wrong(named("query", name), "text, a number or a boolean");
    // As the two APIs read lists: one by one under a name with brackets, else joined by commas.
    return (name.endsWith("[]") ? parts : [value]).map((part) => [name, String(part)]);
  });
  return new URLSearchParams(pairs).toString();
}

/** The body of a reply that no operation describes: JSON, text, nothing, or bytes. */
function content(bytes, type) {
  if (bytes.length === 0) return undefined;
  if (/\bjson\b/i.test(type)) {
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      throw new DecodeError({
        message: "request: the reply is not JSON",
        operation: "request",
        outcome: "unknown",
        path: "",
        expected: "JSON",
        found: "text that is not JSON",
      });
    }
  }
  return /^text\//i.test(type) ? new TextDecoder().decode(bytes) : bytes;
}

/** A function, or an object with a `fetch` method such as a service binding. */
function fetchOf(given) {
  if (given === undefined) return (...call) => globalThis.fetch(...call);
  return typeof given === "function" ? given : given.fetch.bind(given);
}

/** What an observer throws is dropped by the engine; what its promise rejects with is dropped here. */
function harmless(observer) {
  return observer && ((event) => void observer(event)?.then?.(undefined, () => {}));
}

export class Welkin extends Client {
  #guarded;

  constructor(options = {}) {
    super("Welkin", options);
    const { tenant, instance, auth, baseUrl, dangerouslyAllowBrowser } = options;
    if (baseUrl === undefined) {
      // Without a gateway in front the client itself must know where and as whom.
      if (tenant === undefined) throw wrong("options.tenant", "the name of the tenant");
      if (instance === undefined) throw wrong("options.instance", "the name of the instance");
      if (auth === undefined) throw wrong("options.auth", "a token provider, or a baseUrl that leads to a gateway");
    }
    this.#guarded = inBrowser() && !dangerouslyAllowBrowser;
  }

  /** The secret of an API client must not be in a browser (welkin-notes, section 3). */
  _guard(operation) {
    if (this.#guarded && /^auth[A-Z]/.test(operation)) {
      throw wrong("dangerouslyAllowBrowser", "true, for a Welkin secret does not belong in a browser", operation);
    }
  }
}

export class InboxHealth extends Client {
  constructor(options = {}) {
    super("InboxHealth", options);
    if (options.baseUrl === undefined) {
      throw wrong("options.baseUrl", "the address of the API or of a gateway");
    }
    const key = options.auth !== undefined ? "options.auth" : this._keyed && "options.headers";
    if (key && inBrowser() && !options.dangerouslyAllowBrowser) {
      throw wrong(key, "nothing in a browser: an API key reaches the data of every enterprise; use a gateway");
    }
  }
}

addResources(Welkin, welkinTable);
addResources(InboxHealth, inboxHealthTable);
