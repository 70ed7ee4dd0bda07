// The deployable worker of www/worker in the real workerd, with an upstream in place of both APIs.

import { EventEmitter, once } from "node:events";
import http from "node:http";
import { createInterface } from "node:readline";
import { Miniflare } from "miniflare";
import { bundleWorker } from "../../scripts/bundle-worker.mjs";
import { durableObjects, settings } from "../../scripts/worker-settings.mjs";

export const staff = [
  { id: "robin", name: "Robin Alder", role: "front-desk" },
  { id: "kim", name: "Kim Marsh", role: "billing" },
  { id: "sam", name: "Sam Birch", role: "care" },
];

/** What must never leave the worker but to the API that it belongs to. */
export const secrets = {
  WELKIN_SECRET: "welkin-secret-3f9c1d",
  INBOX_API_KEY: "inbox-api-key-77ab02",
  SESSION_SECRET: "session-secret-of-32-bytes-or-more",
};

const bindings = {
  WELKIN_TENANT: "gh",
  WELKIN_INSTANCE: "sb-demo",
  WELKIN_API_CLIENT: "portal",
  WELKIN_BASE_URL: "https://welkin.example.test",
  WELKIN_AUTH_BASE_URL: "https://auth.example.test",
  INBOX_BASE_URL: "https://inbox.example.test",
  INBOX_WEBHOOK_URL: "https://portal.example.test/webhooks/inbox",
  DEMO_STAFF: staff,
  ...secrets,
};

export const compatibilityDate = settings.compatibility_date;

const bundles = new Map();

/** The modules of a worker, which are bundled once. */
function bundled(entry) {
  if (!bundles.has(entry)) bundles.set(entry, bundleWorker(entry));
  return bundles.get(entry);
}

/**
 * Starts the worker. `upstream` answers in place of the APIs: a function, or the name of one of
 * `others`, which are further workers; without it the worker sends to the hosts of its settings.
 * `services` are further bindings. In a worker that is `stopped` the clocks stand.
 */
export async function startWorker({ upstream, services = {}, others = [], stopped = false, ...changed }) {
  const modules = await bundled(stopped ? "tests/edge/stopped-worker.mjs" : "www/worker/src/index.ts");
  const logs = [];
  const printed = new EventEmitter();
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    // What the worker prints is kept for the tests to read.
    handleRuntimeStdio: (out, errors) => {
      for (const input of [out, errors]) createInterface({ input }).on("line", (line) => (logs.push(line), printed.emit("line")));
    },
    workers: [
      {
        name: "portal",
        modules,
        modulesRoot: "/",
        compatibilityDate,
        bindings: { ...bindings, ...changed },
        durableObjects,
        serviceBindings: { ...(upstream && { UPSTREAM: upstream }), ...services },
      },
      ...others,
    ],
  });
  const { origin } = await miniflare.ready;
  return {
    origin,
    logs,
    /** The lines that the worker printed, as soon as they are so: they come by another way than its answers. */
    async logged(wanted) {
      while (!wanted(logs)) await once(printed, "line", { signal: AbortSignal.timeout(60_000) });
      return logs;
    },
    fetch: (path, init) => fetch(new URL(path, origin), init),
    /** Sends a request target as it is written, without the clean-up that fetch does first. */
    raw: (target, { method = "GET", headers = {}, body } = {}) => raw(origin, target, method, headers, body),
    /** Signs in and gives the cookie. */
    async signIn(user = "robin") {
      const response = await fetch(`${origin}/auth/sign-in`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-carewire-portal": "1" },
        body: JSON.stringify({ user }),
      });
      return response.headers.get("set-cookie")?.split(";")[0];
    },
    stop: () => miniflare.dispose(),
  };
}

function raw(origin, path, method, headers, body) {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path, method, headers }, async (response) => {
      let body = "";
      for await (const chunk of response.setEncoding("utf8")) body += chunk;
      resolve({ status: response.statusCode, headers: response.headers, body });
    });
    request.on("error", reject).end(body);
  });
}

/** Something that a test waits for, or lets happen. */
export function turn() {
  let done;
  const happened = new Promise((resolve) => (done = resolve));
  return { happened, done };
}
