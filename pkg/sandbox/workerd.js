// workerd: the wasm is a module of the worker, compiled when the worker was deployed.

import module from "./carewire_bg.wasm";
import * as exports from "#glue";
import { provide } from "../client/engine.js";

exports.initSync({ module });
provide({ exports });

export * from "./index.js";
