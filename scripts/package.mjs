// Puts the npm package together: bundles each entry for Node, workerd and the web, with its wasm file
// and its declarations beside it, into pkg/dist. Run by scripts/build, after the wasm was built.

import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";

const root = new URL("../", import.meta.url);
const at = (path) => fileURLToPath(new URL(path, root));
const written = at("target/declarations/");

/** `#glue` is what wasm-bindgen wrote; `./operations.js` is what the crate wrote. */
const own = (name) => ({
  name: "carewire",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /[\\/]wasm[\\/]\w+[\\/]carewire\.js$/ }, async ({ path }) => {
      const glue = await readFile(path, "utf8");
      const names = JSON.parse(await readFile(at(`target/wasm/${name}/names.json`), "utf8"));
      // The sandbox alone frees by hand.
      const kept = name === "sandbox" ? glue : withoutFree(glue);
      // A client is measured by its bytes: a gateway needs the quick way to hand over short texts.
      return { contents: await perInstance(path, shortNames(name === "client" ? withOneEncoding(kept) : kept, names)) };
    });
    onResolve({ filter: /^#glue$/ }, () => ({ path: at(`target/wasm/${name}/carewire.js`) }));
    onResolve({ filter: /^\.\/operations\.js$/ }, () => ({ path: `${written}operations.js` }));
    onResolve({ filter: /carewire_bg\.wasm$/ }, ({ path }) => ({ path, external: true }));
  },
});

/**
 * Gives what the wasm imports and exports the names that wasm-opt gave it there. An import that went
 * astray would not link when the wasm is loaded, an export would fail when it is called: the tests of
 * the package do both.
 */
function shortNames(glue, { imports, exports }) {
  const short = new Map([...imports.map(([, name, short]) => [name, short]), ...exports]);
  return withoutFallbacks(glue)
    // What scripts/trim-fallbacks.mjs took out of the wasm.
    .replaceAll(/^ {8}(\w+): function[^]*?\n {8}\}.*,\n/gm, (whole, name) => (short.has(name) ? whole : ""))
    .replaceAll(/^(\s+)(\w+)(?=: )/gm, (whole, blanks, name) => (short.has(name) ? blanks + short.get(name) : whole))
    .replaceAll(/(?<=\bwasm\.)\w+/g, (name) => short.get(name) ?? name)
    .replace('"./carewire_bg.js": import0', '"a": import0');
}

/**
 * Makes a function `glue` of what wasm-bindgen wrote, with the border in it: each instance of the wasm has
 * its own, so that nothing that an instance left behind, such as a timer, reaches the next one. How it
 * becomes an instance, pkg/client/instantiate.js says.
 */
async function perInstance(path, code) {
  const [, snippet] = /^import \{.*\} from '(.+)';$/m.exec(code) ?? [];
  const border = snippet ? await readFile(new URL(snippet, pathToFileURL(path)), "utf8") : "";
  const declared = /^export (?=(?:async )?(?:class|const|function) (\w+))/gm;
  const names = [...code.matchAll(declared)].map(([, name]) => name).concat(snippet ? "ends" : []);
  const whole = border + code.replace(/^import .*$|^export \{.*$/gm, "");
  return `export function glue() {
    ${whole.replace(declared, "")}
    return { ${names}, imports: __wbg_get_imports, finish: __wbg_finalize_init };
  }`;
}

/** Takes out what serves platforms that could not run the wasm anyway. */
function withoutFallbacks(glue) {
  return glue
    .replaceAll(/\(typeof FinalizationRegistry === 'undefined'\)\s*\?.*\s*: (?=new FinalizationRegistry)/g, "")
    .replaceAll(/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{[^]*?\n\}\n/gm, "")
    .replace(/^ {4}if \(cachedDataViewMemory0 === null.*\n(.*\n).*\n/m, "$1")
    // What is passed first is freed when passing what comes next fails: that is the end of the wasm anyway.
    .replaceAll(/^ {8}try \{\n((?: {12}.*\n)+) {8}\} catch \(e\) \{\n(?: {12}if \(ptr.*\n)+ {12}throw e;\n {8}\}\n/gm, "$1");
}

/** Takes out the way to hand over a text letter by letter: one of the two is enough. */
function withOneEncoding(glue) {
  return glue
    .replace(/(function passStringToWasm0\(arg, malloc), realloc\) \{\s*if \(realloc === undefined\) \{([^]*?)\n {4}\}[^]*?\n\}\n/, "$1) {$2\n}\n")
    .replaceAll(/(passStringToWasm0\(\w+, wasm\.__wbindgen_malloc), wasm\.__wbindgen_realloc\)/g, "$1)");
}

/** Takes out the ways to free by hand what the finalisers free. */
function withoutFree(glue) {
  return glue
    .replaceAll(/^ {4}free\(\) \{[^]*?\n {4}\}\n|^if \(Symbol\.dispose\).*\n/gm, "")
    .replaceAll(/^ {4}__destroy_into_raw\(\) \{[^]*?\n {4}\}\n/gm, (whole, _, all) => (all.includes(".__destroy_into_raw()") ? whole : ""));
}

const tables = Object.values(await import(new URL("target/declarations/operations.js", root)));

/** Puts the tables back as templates: a string would write each of their line breaks in two letters. */
function withTables(code) {
  return tables.reduce((text, table) => text.replace(JSON.stringify(table), () => `\`${table}\``), code);
}

async function entry(name, folder) {
  const source = at(`pkg/${name}/`);
  const target = at(`pkg/dist/${folder}`);
  await build({
    absWorkingDir: at("."),
    entryPoints: ["node", "workerd", "web"].map((runtime) => `${source}${runtime}.js`),
    outdir: target,
    bundle: true,
    minify: true,
    // The façade's own members that no caller may use begin with `_`, as do those of the glue.
    mangleProps: /^_[_a-z]/,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    external: ["node:fs"],
    legalComments: "none",
    logLevel: "warning",
    plugins: [own(name)],
  });
  // Once more, for a script of this size every fortieth byte counts.
  for (const runtime of ["node", "workerd", "web"]) {
    const script = `${target}${runtime}.js`;
    // Of an error that nobody caught Node prints the whole line.
    const format = { max_line_len: runtime === "node" ? 120 : false };
    const { code } = await minify(await readFile(script, "utf8"), { module: true, ecma: 2022, compress: { passes: 3, unsafe_arrows: true }, format });
    await writeFile(script, withTables(code));
  }
  await copyFile(at(`target/wasm/${name}/carewire_bg.wasm`), `${target}carewire_bg.wasm`);
}

await rm(at("pkg/dist"), { recursive: true, force: true });
await mkdir(at("pkg/dist"), { recursive: true });
for (const [name, folder] of [["client", ""], ["edge", "edge/"], ["sandbox", "sandbox/"]]) {
  await entry(name, folder);
  if (name !== "client") await copyFile(at(`pkg/${name}/index.d.ts`), at(`pkg/dist/${folder}index.d.ts`));
}
const surface = await readFile(at("pkg/client/surface.d.ts"), "utf8");
const operations = await readFile(`${written}operations.d.ts`, "utf8");
await writeFile(at("pkg/dist/index.d.ts"), surface + operations);
