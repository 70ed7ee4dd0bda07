// Holds the wasm of the client, and how it is loaded in this runtime.

import { ConfigError } from "./errors.js";

let loaded;
let loading;
let load;

/** Called by the loader of the runtime: either what is loaded already, or how to load it. */
export function provide({ exports, loader }) {
  loaded = exports;
  load = loader;
}

/** The exports of the wasm, or a promise of them. */
export function engine() {
  return loaded ?? init();
}

export function init(source) {
  if (loaded) return Promise.resolve(loaded);
  // A load that failed is not remembered: the network may be back.
  loading ??= load(source).then(
    (exports) => (loaded = exports),
    (cause) => {
      loading = undefined;
      throw new ConfigError({
        parameter: "init",
        expected: "a wasm file",
        cause,
        message:
          "the wasm file of carewire could not be loaded. Is carewire_bg.wasm served beside the script " +
          "(Vite 7 in development needs optimizeDeps.exclude: [\"carewire\"]; esbuild does not copy it: " +
          "pass its URL to init())? Does the Content-Security-Policy allow 'wasm-unsafe-eval'?",
      });
    },
  );
  return loading;
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
