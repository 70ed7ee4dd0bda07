// Every Welkin operation with JSON that a library made from the schemas of the reference: what the
// reference describes is taken without drift, and one wrong value in it is found.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { sample } from "openapi-sampler";
import { parseDocument } from "yaml";
import { project, root } from "./project.mjs";

// Some keys of its prose sections appear twice.
const text = await readFile(`${root}tests/contract/welkin.openapi.yaml`, "utf8");
const reference = parseDocument(text, { uniqueKeys: false }).toJS();

const json = (content) => content?.["application/json"]?.schema;
const operations = Object.entries(reference.paths).flatMap(([path, { parameters = [], ...methods }]) =>
  Object.values(methods)
    .map(({ operationId, parameters: own = [], requestBody, responses }) => ({
      operationId,
      path,
      parameters: [...parameters, ...own].map(resolved),
      requestBody,
      reply: Object.entries(responses).flatMap(([status, { content }]) => (status.startsWith("2") ? (json(content) ?? []) : []))[0],
    }))
    // Files go another way than JSON.
    .filter(({ requestBody, reply }) => reply && (!requestBody || json(requestBody.content))),
);

let carewire;
before(async () => {
  const scratch = await project({ "entry.js": `export * from "carewire";` });
  carewire = await scratch.import("entry.js");
});

function resolved(part) {
  if (!part.$ref) return part;
  return resolved(part.$ref.slice(2).split("/").reduce((within, key) => within[key], reference));
}

/** Calls an operation with all that the reference asks for, and answers it with this value. */
function call({ operationId, parameters, requestBody }, reply) {
  const given = (place) =>
    Object.fromEntries(
      parameters
        .filter(({ in: within, name, required }) => within === place && required && !["tenantName", "instanceName"].includes(name))
        .map(({ name, schema }) => [name, sample(schema, {}, reference)]),
    );
  const client = new carewire.Welkin({
    tenant: "gh",
    instance: "sb-demo",
    auth: () => "token-1",
    drift: "strict",
    retries: 0,
    fetch: async () => Response.json(reply),
  });
  const body = requestBody && sample(json(requestBody.content), {}, reference);
  return client.call(operationId, { path: given("path"), query: given("query"), body });
}

/** The places of all values that must be text, a number or a boolean, as keys from the outside in. */
function places(schema, value, at = []) {
  const { allOf, anyOf, type, properties = {}, items } = resolved(schema);
  const parts = [...(allOf ?? []), ...(anyOf ?? []).slice(0, 1)].flatMap((part) => places(part, value, at));
  if (Array.isArray(value)) return items ? value.flatMap((element, index) => places(items, element, [...at, index])) : parts;
  if (value === null) return [];
  if (typeof value !== "object") return type || parts.length > 0 ? [at] : [];
  const fields = Object.entries(properties).filter(([name]) => name in value);
  return [...parts, ...fields.flatMap(([name, of]) => places(of, value[name], [...at, name]))];
}

/** The same with an object where there must be none. */
function spoiled(value, [key, ...rest]) {
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = rest.length > 0 ? spoiled(value[key], rest) : { wrong: true };
  return copy;
}

test("every reply that the reference describes is taken without drift", async () => {
  assert.ok(operations.length > 100);
  for (const operation of operations) {
    const reply = sample(operation.reply, {}, reference);
    const { data } = await call(operation, reply);
    assert.deepEqual(data, reply, operation.operationId);
  }
});

test("a reply with a value of a wrong type is refused, and the error names the place alone", async () => {
  for (const operation of operations) {
    const reply = sample(operation.reply, {}, reference);
    const [place] = places(operation.reply, reply).reverse();
    const error = await call(operation, spoiled(reply, place)).then(
      () => assert.fail(`${operation.operationId} was taken with a wrong value at ${place}`),
      (error) => error,
    );
    assert.ok(error instanceof carewire.DecodeError, `${operation.operationId}: ${error}`);
    const named = place.map((key) => (typeof key === "number" ? "[]" : `.${key}`)).join("").replace(/^\./, "");
    assert.equal(error.path, named, operation.operationId);
    assert.equal(error.found, "object", operation.operationId);
  }
});
