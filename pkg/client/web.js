// Browsers: the wasm is fetched once, when it is first needed or when init() says so.

// First of all, for the tables compress better when no script is before them.
import "./operations.js";
import { glue } from "#glue";
import { guarded, provide } from "./engine.js";
import { instantiate } from "./instantiate.js";

provide({
  loader: (source = new URL("./carewire_bg.wasm", import.meta.url)) => instantiate(glue, source, guarded),
});

export * from "./index.js";
