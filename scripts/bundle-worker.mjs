// Bundles a worker as wrangler does: one script, and each wasm file as a compiled module.

import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The modules of a worker, for Miniflare; `entry` is a path below the root of the project. */
export async function bundleWorker(entry) {
  const compiled = new Map();
  const wasm = {
    name: "wasm",
    setup({ onResolve }) {
      onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => {
        const file = resolve(resolveDir, path);
        const name = [...compiled].find(([, known]) => known === file)?.[0] ?? `./${compiled.size}-${basename(file)}`;
        compiled.set(name, file);
        return { path: name, external: true };
      });
    },
  };
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(new URL("../", import.meta.url)),
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*"],
    logLevel: "warning",
    plugins: [wasm],
  });
  const script = { type: "ESModule", path: "index.js", contents: outputFiles[0].text };
  const modules = [...compiled].map(async ([path, file]) => ({ type: "CompiledWasm", path, contents: await readFile(file) }));
  return [script, ...(await Promise.all(modules))];
}
