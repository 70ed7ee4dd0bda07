// Holds the wasm of the client, and how it is loaded in this runtime.

import { ConfigError } from "./errors.js";

let loaded;
let loading;
let make;
let load;

/** Called by the loader of the runtime: how to make an instance at once, or how to load one. */
export function provide(given) {
  make = given.make;
  load = given.loader;
  loaded = make?.();
}

/** The instance of the wasm that is in use, or a promise of one. */
export function engine() {
  return (loaded ??= make?.()) ?? init();
}

export function init(source) {
  if (loaded) return Promise.resolve(loaded);
  // A load that failed is not remembered: the network may be back.
  loading ??= load(source)
    .then(
      (exports) => (loaded = exports),
      (cause) => {
        throw new ConfigError({
          parameter: "init",
          expected: "a wasm file",
          cause,
          message:
            "carewire_bg.wasm could not be loaded. Is it beside the script (Vite 7 in development: " +
            "optimizeDeps.exclude: [\"carewire\"]; esbuild: pass its URL to init())? " +
            "Does the Content-Security-Policy allow 'wasm-unsafe-eval'?",
        });
      },
    )
    .finally(() => (loading = undefined));
  return loading;
}

/**
 * Takes an instance into use. What is thrown out of it, as a panic is, has left its work half-way: it is
 * not entered again, what it had begun is cancelled, and the next call gets a new instance.
 */
export function guarded(glue, { exports }) {
  let failed = false;
  const entries = Object.entries(exports).map(([name, part]) => [
    name,
    typeof part !== "function"
      ? part
      : (...given) => {
          try {
            if (!failed) return part(...given);
          } catch {}
          failed = true;
          if (loaded === glue) loaded = undefined;
          for (const end of glue.ends) {
            try {
              end.cancel();
            } catch {}
          }
          // Timers and promises still come here. The glue looks into what it gets.
          return [];
        },
  ]);
  glue.finish({ exports: Object.fromEntries(entries) });
  return glue;
}

/** workerd: one request may not wait for the input and output of another. */
export function isolatesCallers() {
  return globalThis.navigator?.userAgent === "Cloudflare-Workers";
}

/** A page or a web worker of a browser. */
export function inBrowser() {
  if (isolatesCallers() || globalThis.process?.versions?.node) return false;
  return typeof globalThis.document === "object" || typeof globalThis.WorkerGlobalScope === "function";
}
