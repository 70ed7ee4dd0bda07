// workerd: the wasm is a module of the worker, compiled when the worker was deployed.

import module from "./carewire_bg.wasm";
import { glue } from "#glue";
import { provide } from "../client/engine.js";
import { instantiateNow } from "../client/instantiate.js";

provide({ make: () => instantiateNow(glue, module) });

export * from "./index.js";
