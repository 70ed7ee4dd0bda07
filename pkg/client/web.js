// Browsers: the wasm is fetched once, when it is first needed or when init() says so.

import * as exports from "#glue";
import { provide } from "./engine.js";

provide({
  loader: async (source = new URL("./carewire_bg.wasm", import.meta.url)) => {
    await exports.default({ module_or_path: await content(await source) });
    return exports;
  },
});

/** What can be made into an instance: compiled while it arrives, where the server names its type. */
async function content(source) {
  const named = typeof source === "string" || source instanceof URL || source instanceof Request;
  const given = named ? await fetch(source) : source;
  if (!(given instanceof Response)) return given;
  if (!given.ok) throw new Error(`the wasm file was answered with ${given.status}`);
  return /^application\/wasm$/i.test(given.headers.get("content-type") ?? "") ? given : given.arrayBuffer();
}

export * from "./index.js";
