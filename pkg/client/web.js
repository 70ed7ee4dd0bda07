// Browsers: the wasm is fetched once, when it is first needed or when init() says so.

import { glue } from "#glue";
import { guarded, provide } from "./engine.js";
import { instantiate } from "./instantiate.js";

provide({
  loader: (source = new URL("./carewire_bg.wasm", import.meta.url)) => instantiate(glue, source, guarded),
});

export * from "./index.js";
