// A stranger in Node: installs the packed tarball in an empty project and makes clients from it.

import assert from "node:assert/strict";
import { before } from "node:test";
import { project } from "./project.mjs";

/** The package, and a second copy of it from another project. */
export let carewire;
export let other;
/** The project. */
export let scratch;

before(async () => {
  const reexport = { "entry.js": `export * from "carewire";` };
  scratch = await project(reexport);
  carewire = await scratch.import("entry.js");
  other = await (await project(reexport)).import("entry.js");
});

export const patient = { id: "p1", firstName: "Robin", lastName: "Marsh" };
export const json = (value, init = {}) => Response.json(value, init);

/** A client whose fetch gives these answers one by one, the last one again and again. */
export function welkin(answers, options = {}) {
  const sent = [];
  const fetch = async (url, init) => {
    sent.push({ url, ...init });
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    return typeof answer === "function" ? answer(url, init) : answer.clone();
  };
  const client = new carewire.Welkin({ tenant: "gh", instance: "sb-demo", auth: () => "token-1", retries: 0, fetch, ...options });
  return { client, sent };
}

/** What a promise rejects with. */
export async function rejection(promise) {
  return promise.then(
    () => assert.fail("it did not reject"),
    (error) => error,
  );
}

export function assertConfig(error, parameter) {
  assert.ok(error instanceof carewire.ConfigError, String(error));
  assert.equal(error.code, "config");
  assert.equal(error.parameter, parameter);
  assert.equal(error.outcome, "not_sent");
}
