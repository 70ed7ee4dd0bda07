// Takes out of a wasm file what would write the message of a panic, which nobody could read: the
// package prints nothing, and a panic is a trap either way. The file must still have its function names.
// Usage: trim-panics.mjs FILE

import { readFile, writeFile } from "node:fs/promises";
import binaryen from "binaryen";

const file = process.argv[2];

// Where a panic happened is kept as the name of a source file, for the message only.
const source = /(\/rustc\/[\w/]+|crates\/[\w./-]+|src\/[\w/]+)\.rs/g;
// What the message would say: sentences of the standard library and of wasm-bindgen.
const sentences = [
  "`async fn` resumed after completion",
  "`async fn` resumed after panicking",
  "assertion `left ",
  " right` failed",
  "called `Option::unwrap()` on a `None` value",
  "called `Result::unwrap()` on an `Err` value",
  "called `Result::unwrap_throw()` on an `Err` value",
  "cannot poll Select twice",
  "capacity overflow",
  "closure invoked recursively or after being dropped",
  "finish: callbacks should be Some",
  "finish: result should be None",
  "FnOnce called more than once",
  "internal error: entered unreachable code",
  "LazyCell instance has previously been poisoned",
  "RefCell already mutably borrowed",
  "RefCell already borrowed",
  "Tried to shrink to a larger capacity",
  " out of range for slice of length ",
  "range start index ",
  "range end index ",
  "slice index starts at ",
  " but ends at ",
  "mid > len",
];
const blank = (text) => "\0".repeat(text.length);
const bytes = sentences.reduce(
  (bytes, sentence) => bytes.replaceAll(sentence, blank),
  Buffer.from(await readFile(file)).toString("latin1").replace(source, blank),
);
const wasm = binaryen.readBinary(Buffer.from(bytes, "latin1"));

const named = (pattern) =>
  Array.from({ length: wasm.getNumFunctions() }, (_, at) => binaryen.getFunctionInfo(wasm.getFunctionByIndex(at)).name)
    .filter((name) => pattern.test(name));

const panics = named(/^core\[\w+\]::panicking::panic_fmt$/);
if (panics.length !== 1) throw new Error("the function that all panics go through has another name now");
binaryen.Function.setBody(wasm.getFunction(panics[0]), wasm.unreachable());

// `fmt::write` alone calls formatters through the table. Without it only direct calls are left, which
// keep what they call.
wasm.runPasses(["remove-unused-module-elements"]);
if (named(/^core\[\w+\]::fmt::write$/).length === 0) {
  const formatters = new Set(named(/ as core\[\w+\]::fmt::\w+>::fmt$/));
  const segments = Array.from({ length: wasm.getNumElementSegments() }, (_, at) =>
    binaryen.getElementSegmentInfo(wasm.getElementSegmentByIndex(at)),
  );
  for (const { name, table, offset, data } of segments) {
    wasm.removeElementSegment(name);
    const kept = data.map((of) => (formatters.has(of) ? panics[0] : of));
    wasm.addActiveElementSegment(table, name, kept, wasm.copyExpression(offset));
  }
}
await writeFile(file, wasm.emitBinary());
