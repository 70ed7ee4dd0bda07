import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";
import { startDemo } from "../../scripts/demo.mjs";

let demo;
let server;
let cacheDir;

before(async () => {
  demo = await startDemo();
  cacheDir = await mkdtemp(join(tmpdir(), "portal-"));
  process.env.CAREWIRE_WORKER_URL = demo.url;
  server = await createServer({
    root: fileURLToPath(new URL("../../www/portal/", import.meta.url)),
    cacheDir,
    logLevel: "silent",
    server: { host: "127.0.0.1", port: 0, strictPort: false },
    optimizeDeps: { noDiscovery: true },
  });
  await server.listen();
});
after(async () => {
  await server?.close();
  await demo?.stop();
  if (cacheDir) await rm(cacheDir, { recursive: true });
});

test("what the development server hands on is taken for the portal's own", async () => {
  const { port } = server.httpServer.address();
  const origin = `http://127.0.0.1:${port}`;
  const headers = { origin, "content-type": "application/json", "x-carewire-portal": "1" };
  const signedIn = await fetch(`${origin}/auth/sign-in`, { method: "POST", headers, body: JSON.stringify({ user: "staff-1" }) });
  const cookie = signedIn.headers.get("set-cookie").split(";")[0];
  const patient = await fetch(`${origin}/api/welkin/demo/main/patients`, {
    method: "POST",
    headers: { ...headers, cookie },
    body: JSON.stringify({ firstName: "Robin", lastName: "Example" }),
  });
  assert.equal(patient.headers.get("x-carewire-gateway"), null);
  assert.ok(patient.ok, String(patient.status));
});
