// Replies without an end, and waits in each form of a date, through the packed tarball.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { project } from "./project.mjs";

const MiB = 1 << 20;
let carewire;

before(async () => {
  carewire = await (await project({ "entry.js": `export * from "carewire";` })).import("entry.js");
});

/** A client whose fetch gives this answer; `seen` gets the signal of the request. */
function client(answer, seen = {}) {
  const fetch = async (_, { signal }) => ((seen.signal = signal), answer);
  return new carewire.Welkin({ tenant: "gh", instance: "sb-demo", auth: () => "token-1", retries: 0, fetch });
}

/** An answer whose body goes on for ever, or for so many bytes. */
function endless(status, length = Infinity) {
  const seen = { pulled: 0 };
  const pull = (controller) => {
    seen.pulled += MiB;
    controller.enqueue(new Uint8Array(MiB).fill(32));
    if (seen.pulled >= length) controller.close();
  };
  return [new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), { status }), seen];
}

const failure = (promise) => promise.then(() => assert.fail("it did not reject"), (error) => error);

test("a reply without end is read to 32 MiB and no further", async () => {
  const [answer, seen] = endless(200);
  const error = await failure(client(answer, seen).patients.get("p1"));
  assert.ok(error instanceof carewire.DecodeError, String(error));
  assert.deepEqual([error.outcome, seen.pulled, seen.signal.aborted], ["unknown", 33 * MiB, true]);
});

test("a refusal without end keeps its status", async () => {
  const [answer, seen] = endless(404);
  const error = await failure(client(answer, seen).patients.get("p1"));
  assert.ok(error instanceof carewire.ApiError, String(error));
  assert.deepEqual([error.status, error.outcome, seen.pulled, seen.signal.aborted], [404, "rejected", 33 * MiB, true]);
});

test("a file is as long as it is", async () => {
  const [answer, seen] = endless(200, 40 * MiB);
  const file = await client(answer).documentFiles.download("p1", "d1", "f1");
  let length = 0;
  const reader = file.stream().getReader();
  for (let step; !(step = await reader.read()).done; ) length += step.value.length;
  assert.deepEqual([length, seen.pulled], [40 * MiB, 40 * MiB]);
});

test("a reply in many pieces is put together in their order", async () => {
  const text = JSON.stringify({ id: "p1", firstName: "Robin", lastName: "Marsh" });
  const pieces = [...text].map((letter) => new TextEncoder().encode(letter));
  const body = new ReadableStream({ pull: (controller) => (pieces.length ? controller.enqueue(pieces.shift()) : controller.close()) });
  assert.deepEqual(await client(new Response(body)).patients.get("p1"), JSON.parse(text));
});

test("an answer of another library, whose body is no stream of the web, is read whole", async () => {
  const bytes = new TextEncoder().encode(`{"id":"p1"}`);
  const answer = { status: 200, ok: true, headers: new Headers(), arrayBuffer: async () => bytes.buffer };
  assert.deepEqual(await client(answer).patients.get("p1"), { id: "p1" });
});

test("Retry-After is read in each form of a date", async (context) => {
  // The clock stands at a whole second, which is all that these forms tell.
  const now = Math.floor(Date.now() / 1_000) * 1_000;
  context.mock.method(Date, "now", () => now);
  const later = new Date(now + 3_600_000);
  const [weekday, day, month, year, time] = later.toUTCString().split(/,? /);
  const long = { Sun: "Sunday", Mon: "Monday", Tue: "Tuesday", Wed: "Wednesday", Thu: "Thursday", Fri: "Friday", Sat: "Saturday" };
  const forms = [
    later.toUTCString(),
    `${long[weekday]}, ${day}-${month}-${year.slice(2)} ${time} GMT`,
    `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`,
  ];
  for (const form of forms) {
    const error = await failure(client(new Response("[]", { status: 503, headers: { "retry-after": form } })).patients.get("p1"));
    assert.equal(error.retryAfterMs, 3_600_000, form);
  }
});
