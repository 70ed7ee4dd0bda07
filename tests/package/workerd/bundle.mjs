// A worker with the packed tarball in it, as Miniflare takes it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { project } from "../project.mjs";

/** The modules of a worker of this folder, and their root. */
export async function bundle(name) {
  return bundleOf({ [name]: await readFile(new URL(name, import.meta.url), "utf8") });
}

/** The same of a project with these files, of which the first is the worker; `prepare` gets its folder before. */
export async function bundleOf(files, prepare = () => {}) {
  const { folder } = await project(files);
  await prepare(folder);
  const [name] = Object.keys(files);
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: [name],
    bundle: true,
    format: "esm",
    conditions: ["workerd"],
    loader: { ".wasm": "copy" },
    outdir: "dist",
    write: false,
  });
  const modules = outputFiles.map(({ path, contents }) => ({
    type: path.endsWith(".wasm") ? "CompiledWasm" : "ESModule",
    path,
    contents,
  }));
  // The module that starts comes first.
  modules.sort((one, other) => one.type.length - other.type.length);
  assert.deepEqual(modules.map(({ type }) => type), ["ESModule", "CompiledWasm"]);
  return { modules, modulesRoot: join(folder, "dist") };
}
