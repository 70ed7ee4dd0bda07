// workerd: the wasm is a module of the worker, compiled when the worker was deployed.

import module from "./carewire_bg.wasm";
import { glue } from "#glue";
import { guarded, provide } from "./engine.js";
import { instantiateNow } from "./instantiate.js";

provide({ make: () => instantiateNow(glue, module, guarded) });

export * from "./index.js";
