// Any other runtime: the wasm is fetched once, when it is first needed or when init() says so.

import * as exports from "#glue";
import { provide } from "../client/engine.js";
import { instantiate } from "../client/instantiate.js";

provide({
  loader: (source = new URL("./carewire_bg.wasm", import.meta.url)) => instantiate(exports, source),
});

export * from "./index.js";
