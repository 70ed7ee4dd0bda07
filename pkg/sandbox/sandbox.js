// The sandbox as a user holds it: requests of fetch and of Node's HTTP server to the wasm and back.

import { engine } from "../client/engine.js";
import { wrong } from "../client/errors.js";
import { check } from "../client/options.js";
import { clock } from "./clock.js";
import { formOf } from "./form.js";
import * as known from "./settings.js";

/** So many requests are remembered; a sandbox that serves for days must not grow. */
const REMEMBERED = 10_000;
/** Stands in for the host of a URL that has none. */
const HOST = "https://sandbox.example.test";
/** As in the settings of the wasm. */
const TOKEN_LIFETIME_MS = 3_600_000;

export function createSandbox(options = {}) {
  const { now, ...given } = check(options, known.settings, "options");
  // What is undefined is left out: the wasm would look for its value.
  const settings = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const time = clock(now);
  const requests = [];
  /** What waits for delivery. */
  const webhooks = [];
  /** What was asked for before the wasm was there. */
  const waiting = [];
  let sandbox;

  function open({ Sandbox }) {
    sandbox ??= new Sandbox(settings, time.now());
    for (const step of waiting.splice(0)) step(sandbox);
    return sandbox;
  }

  /** Does it now, or first of all when the wasm is there. */
  function tell(step) {
    const exports = engine();
    if (!(exports instanceof Promise)) return step(open(exports));
    waiting.push(step);
    // A load that fails is told to the next request.
    exports.catch(() => {});
  }

  /** Brings what was queued over here. */
  function collect(opened) {
    for (const webhook of JSON.parse(opened.takeWebhooks())) webhooks.push(webhook);
  }

  async function ask({ method, url, headers, body }) {
    const { pathname, searchParams } = new URL(url, HOST);
    const opened = open(await engine());
    const form = await formOf(headers, body);
    const answer = opened.handle(method, url, headers.flat(), form?.files ?? body, form?.parts, time.now());
    const { api, operation, status, dropped, delay } = answer;
    const reply = { status, dropped, delay, headers: pairs(answer.headers), body: answer.body };
    answer.free();
    collect(opened);
    if (requests.length >= REMEMBERED) requests.shift();
    requests.push({
      api,
      operation,
      method,
      path: pathname,
      query: searchParams,
      headers: new Headers(headers),
      body: form?.content ?? parsed(body),
      status: status || undefined,
      dropped,
    });
    return reply;
  }

  /** As a worker's handler it gets the environment and the context too: they are no `init`. */
  async function fetch(input, ...others) {
    const init = others.length > 1 ? undefined : others[0];
    const isRequest = typeof input === "object" && !(input instanceof URL);
    const request = new Request(isRequest ? input : new URL(input, globalThis.location?.href ?? HOST), init);
    const signal = init?.signal ?? (isRequest ? input.signal : undefined);
    signal?.throwIfAborted();
    const body = new Uint8Array(await request.arrayBuffer());
    signal?.throwIfAborted();
    const reply = await ask({ method: request.method, url: request.url, headers: [...request.headers], body });
    await wait(reply.delay, signal);
    if (reply.dropped) throw new TypeError("fetch failed", { cause: new Error("the connection was lost") });
    const { status, headers } = reply;
    if (isCutOff(reply)) return new Response(cutOff(reply.body), { status, headers });
    return new Response(reply.body.length && !known.bodiless.includes(status) ? reply.body : null, { status, headers });
  }

  /** For `createServer` of `node:http`. */
  async function listener(request, response) {
    try {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = new Uint8Array(await new Blob(chunks).arrayBuffer());
      const { method, url } = request;
      const reply = await ask({ method, url, headers: pairs(request.rawHeaders), body });
      await wait(reply.delay);
      if (reply.dropped) return response.destroy();
      // A caller waits for the rest as long as the connection is there.
      if (isCutOff(reply)) reply.headers.push(["connection", "close"]);
      response.writeHead(reply.status, reply.headers.flat()).end(reply.body);
    } catch {
      response.destroy();
    }
  }

  return {
    fetch,
    listener,
    requests,
    webhooks,
    queueWebhook(eventType, object) {
      check({ eventType: eventType ?? null, object: object ?? null }, known.webhook, "webhook");
      const text = JSON.stringify(object);
      tell((opened) => {
        opened.queueWebhook(eventType, text, time.now());
        collect(opened);
      });
    },
    async deliverWebhooks(options = {}) {
      check(options, known.delivery, "options");
      const { fetch = globalThis.fetch, copies = 1 } = options;
      open(await engine());
      const answers = [];
      while (webhooks.length > 0) {
        const webhook = webhooks.shift();
        const { url, headers, body } = webhook;
        try {
          for (let copy = 0; copy < copies; copy++) {
            answers.push(await fetch(new Request(url, { method: "POST", headers, body })));
          }
        } catch (error) {
          webhooks.unshift(webhook);
          throw error;
        }
      }
      return answers;
    },
    fault(rule) {
      check(rule, known.fault, "fault");
      const senseless = known.contradiction(rule);
      if (senseless) throw wrong(...senseless);
      // JSON has no Infinity: it becomes null, which is no end.
      const text = JSON.stringify(rule);
      tell((opened) => {
        try {
          opened.fault(text);
        } catch {
          throw wrong("fault.operation", "the id of an operation");
        }
      });
    },
    async issueToken() {
      const [token] = open(await engine()).issueToken(time.now());
      // The caller compares it with its own clock, not with the sandbox's.
      const end = Date.now() + (settings.tokenLifetimeMs ?? TOKEN_LIFETIME_MS);
      return { token, expiresAt: new Date(end).toISOString() };
    },
    revokeTokens() {
      tell((opened) => opened.revokeTokens());
    },
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds)) throw wrong("milliseconds", "a number");
      time.advance(milliseconds);
    },
    reset() {
      requests.length = 0;
      webhooks.length = 0;
      waiting.length = 0;
      time.restart();
      tell((opened) => opened.reset(time.now()));
    },
  };
}

/** `[name, value, name, value]` as pairs. */
function pairs(flat) {
  return Array.from({ length: flat.length / 2 }, (_, at) => [flat[2 * at], flat[2 * at + 1]]);
}

/** Whether the head promises more than there is. */
function isCutOff({ headers, body }) {
  const length = headers.find(([name]) => name === "content-length");
  return length !== undefined && Number(length[1]) > body.length;
}

/** The body of a lost connection, as the real fetch gives it: what arrived, then an error. */
function cutOff(bytes) {
  return new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
    },
    // Asked for when the bytes were read: an error would take away those that wait.
    pull(controller) {
      controller.error(new TypeError("terminated", { cause: new Error("the connection was lost") }));
    },
  });
}

function parsed(bytes) {
  if (bytes.length === 0) return undefined;
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Rejects with the reason of the signal. */
function wait(milliseconds, signal) {
  if (!milliseconds) return undefined;
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
