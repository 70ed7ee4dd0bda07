// The versions of everything that was measured, for a reader who wants to repeat it.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const packages = [
  "@hey-api/openapi-ts",
  "zod",
  "valibot",
  "openapi-fetch",
  "openapi-typescript",
  "esbuild",
  "playwright-core",
  "miniflare",
  "workerd",
];

/** `[name, version]` of the engines and the packages. `chromium` is the version the browser gave. */
export async function versions(chromium) {
  const installed = await Promise.all(packages.map(async (name) => [name, await installedVersion(name)]));
  return [["Node", process.versions.node], ["Chromium", chromium], ...installed];
}

async function installedVersion(name) {
  const folder = require.resolve.paths(name).find((path) => existsSync(join(path, name, "package.json")));
  return JSON.parse(await readFile(join(folder, name, "package.json"), "utf8")).version;
}
