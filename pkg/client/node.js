// Node: the wasm is read and instantiated on import, so that no init call is needed.

import { readFileSync } from "node:fs";
import { glue } from "#glue";
import { guarded, provide } from "./engine.js";
import { instantiateNow } from "./instantiate.js";

const module = new WebAssembly.Module(readFileSync(new URL("./carewire_bg.wasm", import.meta.url)));
provide({ make: () => instantiateNow(glue, module, guarded) });

export * from "./index.js";
