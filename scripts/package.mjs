// Puts the npm package together: bundles each entry for Node, workerd and the web, with its wasm file
// and its declarations beside it, into pkg/dist. Run by scripts/build, after the wasm was built.

import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));
const written = at("target/declarations/");

/** `#glue` is what wasm-bindgen wrote; `./operations.js` is what the crate wrote. */
const own = (name) => ({
  name: "carewire",
  setup({ onResolve }) {
    onResolve({ filter: /^#glue$/ }, () => ({ path: at(`target/wasm/${name}/carewire.js`) }));
    onResolve({ filter: /^\.\/operations\.js$/ }, () => ({ path: `${written}operations.js` }));
    onResolve({ filter: /carewire_bg\.wasm$/ }, ({ path }) => ({ path, external: true }));
  },
});

async function entry(name, folder) {
  const source = at(`pkg/${name}/`);
  const target = at(`pkg/dist/${folder}`);
  await build({
    absWorkingDir: at("."),
    entryPoints: ["node", "workerd", "web"].map((runtime) => `${source}${runtime}.js`),
    outdir: target,
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    external: ["node:fs"],
    chunkNames: "carewire-[hash]",
    legalComments: "none",
    logLevel: "warning",
    plugins: [own(name)],
  });
  await copyFile(at(`target/wasm/${name}/carewire_bg.wasm`), `${target}carewire_bg.wasm`);
}

await rm(at("pkg/dist"), { recursive: true, force: true });
await mkdir(at("pkg/dist"), { recursive: true });
for (const [name, folder] of [["client", ""], ["edge", "edge/"], ["sandbox", "sandbox/"]]) {
  if (!existsSync(at(`pkg/${name}/node.js`))) continue;
  await entry(name, folder);
  if (name !== "client") await copyFile(at(`pkg/${name}/index.d.ts`), at(`pkg/dist/${folder}index.d.ts`));
}
const surface = await readFile(at("pkg/client/surface.d.ts"), "utf8");
const operations = await readFile(`${written}operations.d.ts`, "utf8");
await writeFile(at("pkg/dist/index.d.ts"), surface + operations);
