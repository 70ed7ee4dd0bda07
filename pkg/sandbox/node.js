// Node: the wasm is read and instantiated on import, so that no init call is needed.

import { readFileSync } from "node:fs";
import * as exports from "#glue";
import { provide } from "../client/engine.js";

exports.initSync({ module: readFileSync(new URL("./carewire_bg.wasm", import.meta.url)) });
provide({ exports });

export * from "./index.js";
