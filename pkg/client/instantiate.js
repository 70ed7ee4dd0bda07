// How a browser gets at the wasm.

/** Instantiates the wasm of these exports from an address, an answer, bytes or a module. */
export async function instantiate(exports, source) {
  await exports.default({ module_or_path: await content(await source) });
  return exports;
}

/** What can be made into an instance: compiled while it arrives, where the server names its type. */
async function content(source) {
  const named = typeof source === "string" || source instanceof URL || source instanceof Request;
  const given = named ? await fetch(source) : source;
  if (!(given instanceof Response)) return given;
  if (!given.ok) throw new Error(`the wasm file was answered with ${given.status}`);
  return /^application\/wasm$/i.test(given.headers.get("content-type") ?? "") ? given : given.arrayBuffer();
}
