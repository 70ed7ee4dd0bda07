// Takes out of the client's wasm what js-sys would do where `queueMicrotask` is missing: every platform
// that can run the wasm has it. Each question to the platform is an import, which costs on both sides.
// Usage: trim-fallbacks.mjs FILE. The file must still have its function names.

import { readFile, writeFile } from "node:fs/promises";
import binaryen from "binaryen";

const file = process.argv[2];
const wasm = binaryen.readBinary(await readFile(file));
const functions = Array.from({ length: wasm.getNumFunctions() }, (_, at) =>
  binaryen.getFunctionInfo(wasm.getFunctionByIndex(at)),
);

/** Gives the function, or the import in it, another body. wasm-bindgen's shims around imports end in other words. */
function answer(path, body) {
  const found = functions.filter(
    ({ name }) => name.startsWith(path) && /^(::__wbg_\w+)?::h[0-9a-f]+$/.test(name.slice(path.length)),
  );
  if (found.length === 0) throw new Error(`no function is called ${path}`);
  for (const { name, params, results } of found) {
    wasm.removeFunction(name);
    wasm.addFunction(name, params, results, [], wasm.copyExpression(body));
  }
}

const undefinedAt = 1024; // wasm-bindgen keeps `undefined` at this place of its table
answer("js_sys::global::get_global_object", wasm.i32.const(undefinedAt));
for (const name of ["GLOBAL", "GLOBAL_THIS", "WINDOW", "SELF"]) {
  // The table of functions still names them.
  answer(`js_sys::global::get_global_object::${name}::init`, wasm.unreachable());
}
answer("js_sys::futures::queue::Global::hasQueueMicrotask", wasm.local.get(0, binaryen.externref));
answer("wasm_bindgen::__wbindgen_is_function", wasm.i32.const(1));
answer("js_sys::Promise::resolve", wasm.local.get(0, binaryen.externref));
answer("js_sys::Promise<T,E>::then_map", wasm.unreachable());
// The queue lives as long as the wasm.
answer("core::ptr::drop_in_place<alloc::rc::Rc<js_sys::futures::queue::QueueState>>", wasm.nop());
wasm.runPasses(["remove-unused-module-elements"]);
if (!wasm.validate()) throw new Error("the functions that were replaced are of another type now");
binaryen.setDebugInfo(true); // trim-panics.mjs needs the names too
await writeFile(file, wasm.emitBinary());
