// Every operation with JSON that a library made from the schemas of the references: what a reference
// describes is taken without drift, and one wrong value in it is found.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { sample } from "openapi-sampler";
import { parseDocument } from "yaml";
import { project, root } from "./project.mjs";

let carewire;
before(async () => {
  const scratch = await project({ "entry.js": `export * from "carewire";` });
  carewire = await scratch.import("entry.js");
});

const json = (content) => content?.["application/json"]?.schema;

/** The operations of a reference that speak JSON. */
class Reference {
  static async read(name) {
    const text = await readFile(`${root}tests/contract/${name}.openapi.yaml`, "utf8");
    // Some keys of the prose sections of one appear twice.
    return new Reference(parseDocument(text, { uniqueKeys: false }).toJS());
  }

  constructor(document) {
    this.document = document;
    this.operations = Object.entries(document.paths).flatMap(([path, { parameters = [], ...methods }]) =>
      Object.values(methods)
        .map(({ parameters: own = [], responses, ...operation }) => ({
          ...operation,
          path,
          parameters: [...parameters, ...own].map((part) => this.resolved(part)),
          reply: Object.entries(responses).flatMap(([status, { content }]) => (status.startsWith("2") ? (json(content) ?? []) : []))[0],
        }))
        // Files go another way than JSON.
        .filter(({ requestBody, reply }) => reply && (!requestBody || json(requestBody.content))),
    );
  }

  resolved(part) {
    if (!part.$ref) return part;
    return this.resolved(part.$ref.slice(2).split("/").reduce((within, key) => within[key], this.document));
  }

  sample(schema) {
    return sample(schema, {}, this.document);
  }

  /** All that an operation asks for. */
  given({ parameters, requestBody }) {
    const given = (place) =>
      Object.fromEntries(
        parameters
          .filter(({ in: within, name, required }) => within === place && required && !["tenantName", "instanceName"].includes(name))
          .map(({ name, schema }) => [name, this.sample(schema)]),
      );
    return { path: given("path"), query: given("query"), body: requestBody && this.sample(json(requestBody.content)) };
  }

  /** The places of all values that must be text, a number or a boolean, as keys from the outside in. */
  places(schema, value, at = []) {
    const { allOf, anyOf, type, properties = {}, items } = this.resolved(schema);
    const parts = [...(allOf ?? []), ...(anyOf ?? []).slice(0, 1)].flatMap((part) => this.places(part, value, at));
    if (Array.isArray(value)) return items ? value.flatMap((element, index) => this.places(items, element, [...at, index])) : parts;
    if (value === null) return [];
    if (typeof value !== "object") return type || parts.length > 0 ? [at] : [];
    const fields = Object.entries(properties).filter(([name]) => name in value);
    return [...parts, ...fields.flatMap(([name, of]) => this.places(of, value[name], [...at, name]))];
  }
}

/** Of the place of a value what an error names: without the envelope of a record. */
function named(place, { "x-response-envelope": envelope, "x-pagination": pages }) {
  const within = envelope && !pages && place[0] === envelope ? place.slice(1) : place;
  return within.map((key) => (typeof key === "number" ? "[]" : `.${key}`)).join("").replace(/^\./, "");
}

/** The same with an object where there must be none. */
function spoiled(value, [key, ...rest]) {
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = rest.length > 0 ? spoiled(value[key], rest) : { wrong: true };
  return copy;
}

const clients = {
  welkin: (options) => new carewire.Welkin({ tenant: "gh", instance: "sb-demo", ...options }),
  "inbox-health": (options) => new carewire.InboxHealth({ baseUrl: "https://inbox.example.org", limit: { burst: 1000 }, ...options }),
};

for (const [name, client] of Object.entries(clients)) {
  const reference = await Reference.read(name);

  /** Calls an operation with all that the reference asks for, and answers it with this value. */
  const call = (operation, reply) => {
    const options = { auth: () => "token-1", drift: "strict", retries: 0, fetch: async () => Response.json(reply) };
    return client(options).call(operation.operationId, reference.given(operation));
  };

  describe(`the replies of ${name}`, () => {
    test("are taken without drift when they are what the reference describes", async () => {
      assert.ok(reference.operations.length > 80);
      for (const operation of reference.operations) {
        const reply = reference.sample(operation.reply);
        const { data } = await call(operation, reply);
        assert.deepEqual(data, reply, operation.operationId);
      }
    });

    test("are refused when a value is of a wrong type, and the error names the place alone", async () => {
      let refused = 0;
      for (const operation of reference.operations) {
        const reply = reference.sample(operation.reply);
        const [place] = reference.places(operation.reply, reply).reverse();
        // Where no source shows a field, every value will do.
        if (!place) continue;
        const error = await call(operation, spoiled(reply, place)).then(
          () => assert.fail(`${operation.operationId} was taken with a wrong value at ${place}`),
          (error) => error,
        );
        assert.ok(error instanceof carewire.DecodeError, `${operation.operationId}: ${error}`);
        assert.equal(error.path, named(place, operation), operation.operationId);
        assert.equal(error.found, "object", operation.operationId);
        refused += 1;
      }
      assert.ok(refused > 70, `${refused} refused`);
    });
  });
}
