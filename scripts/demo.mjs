// The demo: the built portal and its worker in workerd, as wrangler.jsonc describes them, with the
// sandbox in place of both APIs. `make demo` runs it; the tests of the portal start it themselves.

import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Miniflare, Response } from "miniflare";
import { createSandbox } from "carewire/sandbox";
import { bundleWorker } from "./bundle-worker.mjs";
import { durableObjects, settings } from "./worker-settings.mjs";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Starts it; `port` 0 takes a free one. */
export async function startDemo({ port = 0 } = {}) {
  const portal = at("www/portal/dist");
  if (!existsSync(portal)) throw new Error("the portal is not built: run make build");
  // New ones for each run: nothing that is secret is ever written down.
  const secrets = {
    WELKIN_SECRET: `welkin-${randomUUID()}`,
    INBOX_API_KEY: `inbox-${randomUUID()}`,
    SESSION_SECRET: `session-${randomUUID()}`,
  };
  const sandbox = createSandbox({
    secrets: { [settings.vars.WELKIN_API_CLIENT]: secrets.WELKIN_SECRET },
    apiKeys: [secrets.INBOX_API_KEY],
  });
  const log = [];
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port,
    // Where a request comes from is invented too: miniflare would ask Cloudflare.
    cf: false,
    handleRuntimeStdio: (out, errors) => {
      for (const stream of [out, errors]) {
        stream.setEncoding("utf8").on("data", (text) => (log.push(text), log.splice(0, log.length - 1_000)));
      }
    },
    name: settings.name,
    modules: await bundleWorker(`www/worker/${settings.main}`),
    modulesRoot: "/",
    compatibilityDate: settings.compatibility_date,
    bindings: { ...settings.vars, ...secrets },
    durableObjects,
    serviceBindings: { UPSTREAM: (request) => upstream(sandbox, request) },
    assets: {
      directory: portal,
      workerName: settings.name,
      routerConfig: { has_user_worker: true, static_routing: { user_worker: settings.assets.run_worker_first } },
      assetConfig: { not_found_handling: settings.assets.not_found_handling },
    },
  });
  const { origin } = await miniflare.ready;
  return {
    url: origin,
    sandbox: {
      fault: (rule) => sandbox.fault(rule),
      requests: () => sandbox.requests,
      reset: () => sandbox.reset(),
    },
    secrets: Object.values(secrets),
    /** What the worker printed: its audit trail. */
    log,
    stop: () => miniflare.dispose(),
  };
}

/** Hands a request of the worker to the sandbox. */
async function upstream(sandbox, request) {
  const { method, headers } = request;
  const body = method === "GET" || method === "HEAD" ? undefined : await request.arrayBuffer();
  const answer = await sandbox.fetch(request.url, { method, headers: [...headers], body });
  return new Response(await answer.arrayBuffer().then((bytes) => (bytes.byteLength > 0 ? bytes : null)), {
    status: answer.status,
    headers: [...answer.headers],
  });
}

async function main() {
  const demo = await startDemo({ port: Number(process.env.PORT ?? 8787) });
  console.log(`\nThe portal is at ${demo.url}\nEverybody in it is invented. Ctrl-C ends it.`);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, async () => {
      await demo.stop();
      process.exit(0);
    });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
