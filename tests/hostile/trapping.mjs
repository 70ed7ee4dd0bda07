// The shipped wasm with a trap in it that a test can spring: what is exported, imported and called stays
// as it is, so that the shipped JavaScript does not know the difference.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import binaryen from "binaryen";

const { BulkMemory, BulkMemoryOpt, CallIndirectOverlong, Multivalue, MutableGlobals, NontrappingFPToInt, ReferenceTypes, SignExt } = binaryen.Features;
/** What the Rust compiler uses. */
const features = BulkMemory | BulkMemoryOpt | CallIndirectOverlong | Multivalue | MutableGlobals | NontrappingFPToInt | ReferenceTypes | SignExt;

/** How much the memory of the changed wasm may grow, in pages of 64 KiB. */
const ROOM = 64;

/**
 * Wasm that panics, as a failed assertion in Rust does, when a clock or the source of chance gives NaN;
 * and that may not grow by more than 4 MiB.
 */
export function trapping(bytes) {
  const whole = binaryen.readBinary(bytes);
  whole.setFeatures(features);
  let text = whole.emitText();
  const imports = [...text.matchAll(/\(import "\w+" "\w+" \(func (\S+)(?: \(type \S+\))? \(result f64\)\)\)/g)].map(([, name]) => name);
  if (imports.length !== 3) throw new Error(`two clocks and the source of chance were expected, not ${imports.length}`);
  for (const name of imports) text = text.replaceAll(`(call ${name})`, "(call $checked" + name.slice(1) + ")");
  const checked = imports.map(
    (name) => `(func $checked${name.slice(1)} (result f64) (local $given f64)
      (if (f64.ne (local.tee $given (call ${name})) (local.get $given)) (then (unreachable)))
      (local.get $given))`,
  );
  text = text
    .replace(/\(memory (\S+) (\d+)(?: \d+)?\)/, (whole, name, pages) => `(memory ${name} ${pages} ${Number(pages) + ROOM})`)
    .replace(/\)\s*$/, () => `${checked.join("\n")})`);
  const changed = binaryen.parseText(text);
  changed.setFeatures(features);
  if (!changed.validate()) throw new Error("the wasm with the trap is not valid");
  return changed.emitBinary();
}

/** Puts the trap into the package that a project has installed. */
export async function setTrap(folder) {
  const file = join(folder, "node_modules/carewire/dist/carewire_bg.wasm");
  const changed = trapping(await readFile(file));
  await writeFile(file, changed);
  return changed;
}

/**
 * A clock that gives NaN once, at this reading from now on; everything else goes its way. Resolves to
 * whether it came to that.
 */
export async function springAt(reading, work) {
  const clock = performance.now;
  let left = reading;
  let sprung = false;
  performance.now = () => {
    if (left-- !== 0) return clock.call(performance);
    sprung = true;
    return Number.NaN;
  };
  try {
    await work();
  } finally {
    performance.now = clock;
  }
  return sprung;
}
