// The peers: real packages, built from the project's own copies of the two API references.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createClient } from "@hey-api/openapi-ts";
import { build } from "esbuild";
import openapiTypeScript, { astToString } from "openapi-typescript";
import { parseDocument } from "yaml";
import { typesOnly } from "./types-only.mjs";

const here = new URL("./", import.meta.url);
const output = new URL(".peers/", here);
const references = {
  welkin: new URL("../contract/welkin.openapi.yaml", here),
  inbox: new URL("../contract/inbox-health.openapi.yaml", here),
};

/** Everything that is built, by what it is. */
export const peerFiles = {
  heyApi: new URL("hey-api.js", output),
  heyApiWithValidators: new URL("hey-api.validators.js", output),
  heyApiScript: new URL("hey-api.script.js", output),
  insideEngine: new URL("inside-engine.js", output),
};

/** The reference as an object. Some keys of its prose sections appear twice, which the parser is told to accept. */
async function readReference(url) {
  const document = parseDocument(await readFile(url, "utf8"), { uniqueKeys: false });
  if (document.errors.length > 0) throw document.errors[0];
  return document.toJS();
}

async function generate(reference, folder, plugins) {
  await createClient({
    input: structuredClone(reference),
    output: { path: fileURLToPath(new URL(folder, output)), clean: true },
    logs: { level: "silent", file: false },
    plugins,
  });
}

async function generateHeyApi(name, reference) {
  await generate(reference, `hey-api/${name}`, [
    "@hey-api/client-fetch",
    { name: "zod", compatibilityVersion: 4 },
    { name: "@hey-api/sdk", validator: { request: "zod", response: "zod" } },
  ]);
}

/** The validators alone: as generated, and reduced to the claim that the drift check makes (types only). */
async function generateValidators(reference) {
  for (const [variant, source] of [["generated", reference], ["types-only", typesOnly(reference)]]) {
    await generate(source, `validators/zod-${variant}`, [{ name: "zod", compatibilityVersion: 4 }]);
    await generate(source, `validators/valibot-${variant}`, ["valibot"]);
  }
}

async function generateOpenapiFetch(reference) {
  const types = astToString(await openapiTypeScript(structuredClone(reference), { silent: true }));
  await mkdir(new URL("openapi-fetch/", output), { recursive: true });
  await writeFile(new URL("openapi-fetch/welkin.d.ts", output), types);
  await writeFile(
    new URL("openapi-fetch/client.ts", output),
    [
      'import createClient, { type ClientOptions } from "openapi-fetch";',
      'import type { paths } from "./welkin";',
      "export const createWelkin = (options: ClientOptions) => createClient<paths>(options);",
      "",
    ].join("\n"),
  );
}

/**
 * Entries that export whole modules, so that no operation of either reference can be dropped:
 * the client alone, and the client with every validator, also those that no operation uses.
 */
async function writeHeyApiEntries() {
  const client = [
    'export * as welkin from "./welkin/sdk.gen";',
    'export * as inbox from "./inbox/sdk.gen";',
    'export { createClient, createConfig } from "./welkin/client";',
    "",
  ];
  const validators = [
    'export * as welkinValidators from "./welkin/zod.gen";',
    'export * as inboxValidators from "./inbox/zod.gen";',
    "",
  ];
  await writeFile(new URL("hey-api/entry.ts", output), client.join("\n"));
  await writeFile(new URL("hey-api/entry-with-validators.ts", output), [...client, ...validators].join("\n"));
}

async function bundle(entry, file, options = {}) {
  await build({
    entryPoints: [fileURLToPath(entry)],
    outfile: fileURLToPath(file),
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
    logLevel: "error",
    ...options,
  });
}

/** Builds all peers anew and says how many operations each reference has. */
export async function buildPeers() {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const operations = {};
  for (const [name, url] of Object.entries(references)) {
    const reference = await readReference(url);
    operations[name] = countOperations(reference);
    await generateHeyApi(name, reference);
    if (name === "welkin") {
      await generateValidators(reference);
      await generateOpenapiFetch(reference);
    }
  }
  await writeHeyApiEntries();
  const entry = new URL("hey-api/entry.ts", output);
  await bundle(entry, peerFiles.heyApi);
  await bundle(new URL("hey-api/entry-with-validators.ts", output), peerFiles.heyApiWithValidators);
  await bundle(entry, peerFiles.heyApiScript, { format: "iife", globalName: "heyApi" });
  await bundle(new URL("inside-engine.mjs", here), peerFiles.insideEngine);
  return operations;
}

function countOperations(reference) {
  const methods = new Set(["get", "put", "post", "delete", "patch"]);
  return Object.values(reference.paths)
    .flatMap((item) => Object.keys(item))
    .filter((key) => methods.has(key)).length;
}
