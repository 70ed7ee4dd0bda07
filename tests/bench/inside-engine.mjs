// What runs inside the engine under test: the same bundle in Node and in a Chromium page.

import { measureCall } from "./call.mjs";
import { measureDecode } from "./decode.mjs";

/** Measures in this engine. `carewire` is a module specifier or URL, or nothing when the package was not built. */
export async function measureInside({ carewire: specifier, effort }) {
  const carewire = specifier === undefined ? undefined : await import(specifier);
  return {
    decode: await measureDecode(carewire, effort),
    call: await measureCall(carewire, effort),
  };
}
