// Any other runtime: the wasm is fetched once, when it is first needed or when init() says so.

import * as exports from "#glue";
import { provide } from "../client/engine.js";

provide({
  loader: async (source) => {
    await exports.default({ module_or_path: source ?? new URL("./carewire_bg.wasm", import.meta.url) });
    return exports;
  },
});

export * from "./index.js";
