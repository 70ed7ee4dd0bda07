// The worker as wrangler takes it for a deployment, up to the upload.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { settings } from "../../scripts/worker-settings.mjs";
import { secrets } from "./worker.mjs";

const run = promisify(execFile);
const worker = fileURLToPath(new URL("../../www/worker", import.meta.url));
const bin = fileURLToPath(new URL("../../node_modules/.bin", import.meta.url));

let folder;
// Inside the worker's folder, so that its packages are found.
before(async () => (folder = await mkdtemp(join(worker, ".deploy-"))));
after(() => rm(folder, { recursive: true, force: true }));

/** Runs wrangler, which needs no account and no network for this. */
async function wrangler(...given) {
  const env = { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", WRANGLER_LOG_PATH: join(folder, "logs") };
  const { stdout, stderr } = await run(join(bin, "wrangler"), given, { cwd: worker, env });
  assert.doesNotMatch(stderr, /warning|error/i);
  return stdout;
}

test("wrangler deploys the worker as it is: one script, one wasm, its bindings and no secret", async () => {
  const out = join(folder, "out");
  const said = await wrangler("deploy", "--dry-run", "--outdir", out);
  for (const binding of ["TOKEN_VAULT", "INBOX_DELIVERIES", "WELKIN_TENANT", "DEMO_STAFF"]) assert.match(said, new RegExp(`env\\.${binding}\\b`));
  for (const secret of Object.keys(secrets)) assert.doesNotMatch(said, new RegExp(secret));
  const files = (await readdir(out)).map((name) => name.replace(/^[0-9a-f]+-/, "")).filter((name) => !/\.(md|map)$/.test(name));
  assert.deepEqual(files.sort(), ["carewire_bg.wasm", "index.js"]);
});

test("the host keeps no log of the URLs that were asked for", () => {
  const { logs, traces } = settings.observability;
  assert.equal(logs.invocation_logs, false);
  assert.ok(!traces?.enabled);
});

test("the bindings have the types that the worker gives them, and the rest are the secrets", async () => {
  await wrangler("types", join(folder, "deployed.d.ts"), "--include-runtime=false");
  const names = Object.keys(secrets).map((name) => JSON.stringify(name)).join(" | ");
  await writeFile(
    join(folder, "bindings.ts"),
    `import type { Env } from "../src/env";
type Optional = { [Name in keyof Env]-?: undefined extends Env[Name] ? (unknown extends Env[Name] ? never : Name) : never }[keyof Env];
type Rest = Exclude<keyof Env, keyof Cloudflare.Env | Optional>;
type Secrets = Pick<Env, ${names}>;
export const env = (bound: Cloudflare.Env, secrets: Secrets): Env => ({ ...bound, ...secrets });
export const known = (name: keyof Cloudflare.Env): keyof Env => name;
export const rest = (name: Rest): keyof Secrets => name;
`,
  );
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ extends: "../tsconfig.json", include: ["*.ts"] }));
  const { stdout } = await run(join(bin, "tsc"), ["--noEmit", "--project", folder], { cwd: dirname(folder) }).catch((error) => error);
  assert.equal(stdout, "");
});
