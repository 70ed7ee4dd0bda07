// How the wasm becomes an instance. wasm-bindgen's own ways are not used: they print to the console.
// `glue` makes what wasm-bindgen wrote for one instance, `use` takes the instance into use.

/** What was compiled: the instance after one that failed needs no second download. */
let compiled;

/** Makes an instance of a compiled module at once. */
export function instantiateNow(glue, module, use = finish) {
  const made = glue();
  return use(made, new WebAssembly.Instance(module, made.imports()));
}

/** Instantiates the wasm from an address, an answer, bytes or a module. */
export async function instantiate(glue, source, use = finish) {
  const made = glue();
  const result = await resultOf(compiled ?? source, made.imports());
  // A module gives an instance alone, everything else both.
  compiled ??= result.module ?? source;
  return use(made, result.instance ?? result);
}

async function resultOf(source, imports) {
  const named = typeof source === "string" || source instanceof URL || source instanceof Request;
  const given = await (named ? fetch(source) : source);
  if (!(given instanceof Response)) return WebAssembly.instantiate(given, imports);
  if (!given.ok) throw new Error(`the wasm file was answered with ${given.status}`);
  // Compiled while it arrives, where the server names its type.
  return /^application\/wasm$/i.test(given.headers.get("content-type") ?? "")
    ? WebAssembly.instantiateStreaming(given, imports)
    : WebAssembly.instantiate(await given.arrayBuffer(), imports);
}

function finish(glue, instance) {
  glue.finish(instance);
  return glue;
}
