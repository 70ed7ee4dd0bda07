// Every operation with JSON that a library made from the schemas of the references: what a reference
// describes is taken without drift, and one wrong value in it is found.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { project } from "./project.mjs";
import { Reference } from "./reference.mjs";

let carewire;
before(async () => {
  const scratch = await project({ "entry.js": `export * from "carewire";` });
  carewire = await scratch.import("entry.js");
});

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
      assert.ok(reference.ofJson.length > 80);
      for (const operation of reference.ofJson) {
        const reply = reference.sample(operation.reply);
        const { data } = await call(operation, reply);
        assert.deepEqual(data, reply, operation.operationId);
      }
    });

    test("are refused when a value is of a wrong type, and the error names the place alone", async () => {
      let refused = 0;
      for (const operation of reference.ofJson) {
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
