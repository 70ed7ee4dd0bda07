// Browsers: the wasm is fetched once, when it is first needed or when init() says so.

import { Client, finish, imports } from "#glue";
import { provide } from "./engine.js";
import { instantiate } from "./instantiate.js";

provide({
  loader: (source = new URL("./carewire_bg.wasm", import.meta.url)) => instantiate({ Client, finish, imports }, source),
});

export * from "./index.js";
