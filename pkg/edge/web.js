// Any other runtime: the wasm is fetched once, when it is first needed or when init() says so.

import { glue } from "#glue";
import { provide } from "../client/engine.js";
import { instantiate } from "../client/instantiate.js";

provide({
  loader: (source = new URL("./carewire_bg.wasm", import.meta.url)) => instantiate(glue, source),
});

export * from "./index.js";
