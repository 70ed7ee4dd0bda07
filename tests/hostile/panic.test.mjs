// A panic inside a call, on the packed tarball: the wasm traps at each of the places where it reads the
// clock, which lie before, between and after the token, the request and the reply.

import assert from "node:assert/strict";
import { describe, before, test } from "node:test";
import { project } from "../package/project.mjs";
import { setTrap, springAt } from "./trapping.mjs";

let carewire;
let scratch;
let cases = 0;

before(async () => {
  scratch = await project({ "entry.js": `export * from "carewire";` });
  await setTrap(scratch.folder);
  carewire = await scratch.import("entry.js");
});

const patient = { id: "p1", firstName: "Robin" };

function welkin(fetch = async () => Response.json(patient), options = {}) {
  return new carewire.Welkin({ tenant: "gh", instance: "sb-demo", auth: () => "token-1", retries: 0, fetch, ...options });
}

/** What a promise rejects with. */
const rejection = (promise) =>
  promise.then(
    () => assert.fail("it did not reject"),
    (error) => error,
  );

function assertFailed(error) {
  assert.ok(error instanceof carewire.CarewireError, String(error));
  assert.deepEqual([error.name, error.code, error.outcome], ["CarewireError", "carewire", "unknown"]);
  assert.equal(error.cause, undefined);
}

/** Springs the trap at every reading of the clock that this work makes, in a client that `make` gives. */
async function everywhere(make, work) {
  let reading = 0;
  for (; ; reading += 1) {
    const client = await make();
    let error;
    const sprung = await springAt(reading, async () => {
      error = await work(client).then(() => undefined, (error) => error);
    });
    if (!sprung) {
      assert.equal(error, undefined);
      return reading;
    }
    cases += 1;
    assertFailed(error);
    // The same client, in a new instance.
    assert.deepEqual(await client.patients.get("p2"), patient);
  }
}

describe("a panic", () => {
  test("rejects its call wherever it happens, and the next call on the same client works", async () => {
    const works = {
      record: (client) => client.patients.get("p1"),
      create: (client) => client.patients.create({ firstName: "Robin", lastName: "Marsh" }),
      wire: (client) => client.call("patientsGet", { path: { patientId: "p1" } }),
      request: (client) => client.request("GET", "/gh/sb-demo/patients/p1"),
      signal: (client) => client.patients.get("p1", {}, { signal: new AbortController().signal }),
      observed: (client) => client.patients.get("p1"),
    };
    for (const [name, work] of Object.entries(works)) {
      const options = name === "observed" ? { onEvent() {} } : {};
      const places = await everywhere(() => welkin(undefined, options), work);
      assert.ok(places >= 3, `${name}: ${places} places`);
    }
  });

  test("in a client of Inbox Health, which waits in line, does so too", async () => {
    const fetch = async () => Response.json({ patient: { id: 1 } });
    const make = () => {
      const inbox = new carewire.InboxHealth({ baseUrl: "https://inbox.example.org", fetch });
      return { patients: { get: async () => (assert.deepEqual(await inbox.patients.get(1), { id: 1 }), patient) }, inbox };
    };
    assert.ok((await everywhere(make, ({ inbox }) => inbox.patients.get(1))) >= 3);
  });

  test("rejects every call that is under way, of every client, and cancels its request", async () => {
    const signals = [];
    const hanging = (url, { signal }) => new Promise((_, reject) => {
      signals.push(signal);
      signal.addEventListener("abort", () => reject(signal.reason));
    });
    const clients = [welkin(hanging), welkin(hanging)];
    const calls = clients.flatMap((client) => Array.from({ length: 6 }, (_, at) => rejection(client.patients.get(`p${at}`))));
    while (signals.length < calls.length) await new Promise(setImmediate);
    await springAt(0, () => rejection(welkin().patients.get("p1")));
    for (const error of await Promise.all(calls)) assertFailed(error);
    assert.ok(signals.every(({ aborted }) => aborted));
    cases += calls.length;
    assert.deepEqual(await welkin().patients.get("p1"), patient);
  });

  test("in a list ends no list: it goes on where it was", async () => {
    const pages = (at) => Response.json({ content: [{ id: `p${at}` }], last: at === 3 });
    const fetch = async (url) => (url.includes("patients/p2") ? Response.json(patient) : pages(Number(new URL(url).searchParams.get("page") ?? 0)));
    const list = welkin(fetch).patients.list()[Symbol.asyncIterator]();
    const ids = [];
    for (let at = 0; at < 4; at += 1) {
      await springAt(at, async () => assertFailed(await rejection(list.next())));
      ids.push((await list.next()).value.id);
      cases += 1;
    }
    assert.deepEqual(ids, ["p0", "p1", "p2", "p3"]);
    assert.equal((await list.next()).done, true);
  });

  test("ends a file that is being read", async () => {
    const fetch = async (url) => {
      if (url.includes("patients/p2") && !url.includes("files")) return Response.json(patient);
      return new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(8)) }, { highWaterMark: 0 }));
    };
    const client = welkin(fetch);
    const file = await client.documentFiles.download("p1", "d1", "f1");
    const reader = file.stream().getReader();
    await reader.read();
    await springAt(0, async () => assertFailed(await rejection(client.patients.get("p2"))));
    assertFailed(await rejection(reader.read()));
    assert.deepEqual(await client.patients.get("p2"), patient);
    cases += 1;
  });

  test("leaves timers and promises behind that harm nobody", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const answers = [];
    const client = welkin(() => new Promise((resolve) => answers.push(resolve)), { timeoutMs: 60 });
    const late = rejection(client.patients.get("p1"));
    while (answers.length < 1) await new Promise(setImmediate);
    await springAt(0, () => rejection(client.patients.get("p2")));
    assertFailed(await late);
    answers[0](Response.json(patient));
    const last = rejection(client.patients.get("p3"));
    while (answers.length < 2) await new Promise(setImmediate);
    // The deadline of the call that failed passes with that of this one.
    context.mock.timers.tick(60);
    const error = await last;
    assert.ok(error instanceof carewire.TimeoutError, String(error));
    cases += 1;
  });

  test("sends nothing any more for the calls that it rejected", async () => {
    const gives = [];
    const sent = [];
    const fetch = async (url) => (sent.push(new URL(url).pathname), Response.json(patient));
    const client = welkin(fetch, { auth: () => new Promise((resolve) => gives.push(resolve)) });
    const call = rejection(client.patients.create({ firstName: "Robin", lastName: "Marsh" }));
    while (gives.length === 0) await new Promise(setImmediate);
    await springAt(0, () => rejection(welkin().patients.get("p1")));
    assertFailed(await call);
    gives[0]("token-1");
    await new Promise(setImmediate);
    const next = client.patients.get("p2");
    while (gives.length === 1) await new Promise(setImmediate);
    gives[1]("token-2");
    assert.deepEqual(await next, patient);
    assert.deepEqual(sent, ["/gh/sb-demo/patients/p2"]);
    cases += 1;
  });

  test("leaves nothing behind that keeps a process alive", async () => {
    await scratch.write({
      "ending.js": `
        import { Welkin } from "carewire";
        const fetch = () => new Promise(() => {});
        const client = new Welkin({ tenant: "gh", instance: "sb-demo", auth: () => "token-1", fetch, timeoutMs: 2147483647 });
        const calls = [1, 2, 3].map((at) => client.patients.get("p" + at).catch(({ code }) => code));
        setTimeout(async () => {
          performance.now = () => NaN;
          const last = client.patients.get("p4").catch(({ code }) => code);
          console.log(...(await Promise.all([...calls, last])));
        });
      `,
    });
    assert.equal(await scratch.node("--unhandled-rejections=strict", "ending.js"), "carewire carewire carewire carewire\n");
    cases += 4;
  });

  test("for want of memory is one too", async () => {
    const large = async () => new Response(new Uint8Array(12 * 1024 * 1024).fill(0x20));
    const client = welkin(large);
    assertFailed(await rejection(client.patients.get("p1")));
    const body = { firstName: "Robin", lastName: "M".repeat(12 * 1024 * 1024) };
    assertFailed(await rejection(client.patients.create(body)));
    assertFailed(await rejection(client.patients.get("p1")));
    assert.deepEqual(await welkin().patients.get("p1"), patient);
    cases += 3;
  });

  test("and then another, a hundred times, leaves a client that works", async () => {
    const client = welkin();
    for (let time = 0; time < 100; time += 1) {
      await springAt(time % 3, async () => assertFailed(await rejection(client.patients.get("p1"))));
      cases += 1;
    }
    assert.deepEqual(await client.patients.get("p1"), patient);
  });
});

test("a stack that runs out fails the call, and the next one works", async () => {
  await scratch.write({
    "deep.js": `
      import { CarewireError, Welkin } from "carewire";
      const fetch = async () => Response.json({ id: "p1" });
      const client = new Welkin({ tenant: "gh", instance: "sb-demo", auth: () => "token-1", fetch });
      const ends = [];
      function deeper() {
        try {
          deeper();
        } catch {}
        // On the way back there is a little more room each time.
        if (ends.length < 300) ends.push(client.patients.get("p1").then(() => "worked", (error) => error));
      }
      deeper();
      const count = { worked: 0, failed: 0, strange: 0 };
      for (const end of await Promise.all(ends)) {
        const failed = end instanceof CarewireError || end instanceof RangeError;
        count[end === "worked" ? "worked" : failed ? "failed" : "strange"] += 1;
      }
      console.log(JSON.stringify({ ...count, after: await client.patients.get("p1") }));
    `,
  });
  // Node itself complains of promises that reject where there is no stack: on the other stream.
  const { failed, strange, after } = JSON.parse(await scratch.node("deep.js"));
  assert.ok(failed > 0, "the stack was never too small");
  assert.equal(strange, 0);
  assert.deepEqual(after, { id: "p1" });
  cases += failed;
});

test("cases", (context) => context.diagnostic(`${cases} panics`));
