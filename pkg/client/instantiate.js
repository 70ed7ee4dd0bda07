// How the wasm becomes an instance. wasm-bindgen's own ways are not used: they print to the console.

/** Instantiates the wasm of this glue from an address, an answer, bytes or a module. */
export async function instantiate(glue, source) {
  const named = typeof source === "string" || source instanceof URL || source instanceof Request;
  const given = await (named ? fetch(source) : source);
  const imports = glue.imports();
  if (!(given instanceof Response)) return finish(glue, given, await WebAssembly.instantiate(given, imports));
  if (!given.ok) throw new Error(`the wasm file was answered with ${given.status}`);
  // Compiled while it arrives, where the server names its type.
  const typed = /^application\/wasm$/i.test(given.headers.get("content-type") ?? "");
  return finish(
    glue,
    given,
    await (typed
      ? WebAssembly.instantiateStreaming(given, imports)
      : WebAssembly.instantiate(await given.arrayBuffer(), imports)),
  );
}

/** A module gives an instance alone, everything else both. */
function finish(glue, given, made) {
  glue.finish(made.instance ?? made, made.module ?? given);
  return glue;
}
