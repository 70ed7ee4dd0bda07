// A reference reduced to types, so that the validators built from it claim what the drift check claims and no more:
// no string formats, open enumerations as plain strings, and `allOf` of objects as one object.
// Each of these makes the peers faster, never slower.

/** A copy of an OpenAPI reference with nothing but types in its schemas. */
export function typesOnly(reference) {
  const copy = structuredClone(reference);
  const schemas = copy.components.schemas;
  for (const [name, schema] of Object.entries(schemas)) {
    schemas[name] = reduce(schema, reference.components.schemas);
  }
  return copy;
}

function reduce(node, schemas) {
  if (Array.isArray(node)) return node.map((item) => reduce(item, schemas));
  if (node === null || typeof node !== "object") return node;
  const merged = mergeObjects(node, schemas);
  const entries = Object.entries(merged).filter(([key, value]) => {
    if (key === "format") return typeof value !== "string";
    if (key === "enum") return merged["x-open-enum"] !== true;
    return true;
  });
  return Object.fromEntries(entries.map(([key, value]) => [key, reduce(value, schemas)]));
}

function mergeObjects(node, schemas) {
  if (!Array.isArray(node.allOf)) return node;
  const parts = node.allOf.map((part) => (part.$ref ? schemas[part.$ref.split("/").at(-1)] : part));
  if (!parts.every((part) => part.type === "object" && part.properties)) return node;
  const { allOf: _, ...rest } = node;
  return {
    ...rest,
    type: "object",
    properties: Object.assign({}, ...parts.map((part) => part.properties), rest.properties),
    required: [...parts.flatMap((part) => part.required ?? []), ...(rest.required ?? [])],
  };
}
