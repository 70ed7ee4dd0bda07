// The package under measurement, as its build left it.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const dist = new URL("../../pkg/dist/", import.meta.url);

/** Whether `make build` has filled `pkg/dist`. */
export const carewireIsBuilt = () =>
  ["web.js", "node.js", "workerd.js", "carewire_bg.wasm"].every((file) => existsSync(new URL(file, dist)));

/** What an application writes that uses both clients. */
const userEntry = 'export { Welkin, InboxHealth, init } from "carewire";';

/**
 * The shipped files that an import of both clients reaches under the conditions given,
 * as `{ entry, files: [{ name, bytes }] }` with names relative to `pkg/dist`.
 */
export async function shippedFiles(conditions) {
  const { metafile } = await bundleEntry({ conditions, metafile: true, loader: { ".wasm": "empty" } });
  const { "<stdin>": user, ...inputs } = metafile.inputs;
  // The web loader names the wasm by URL, which no bundler's graph shows, so it is added for every runtime.
  const names = new Set([...Object.keys(inputs), "carewire_bg.wasm"]);
  const files = await Promise.all(
    [...names].map(async (name) => ({ name, bytes: await readFile(new URL(name, dist)) })),
  );
  return { entry: user.imports[0].path, files };
}

/** Both clients as a classic script that defines `carewire`, and the wasm it loads. */
export async function classicScript() {
  const { outputFiles } = await bundleEntry({
    format: "iife",
    globalName: "carewire",
    minify: true,
    // A classic script has no import.meta; the loader only needs a base that parses, the wasm is handed to `init`.
    define: { "import.meta.url": '"https://carewire.example.org/"' },
  });
  return { script: outputFiles[0].text, wasm: await readFile(new URL("carewire_bg.wasm", dist)) };
}

/** The folder that a page imports the package from. */
export const distFolder = dist;

function bundleEntry(options) {
  return build({
    stdin: { contents: userEntry, resolveDir: fileURLToPath(new URL("./", import.meta.url)) },
    absWorkingDir: fileURLToPath(dist),
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
    logLevel: "error",
    ...options,
  });
}
