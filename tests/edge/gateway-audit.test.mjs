import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { test } from "node:test";
import { Gateway } from "carewire/edge";
import { Miniflare, Response as WorkerResponse } from "miniflare";
import { bundleWorker } from "../../scripts/bundle-worker.mjs";
import { compatibilityDate, turn } from "./worker.mjs";

const patient = "/api/welkin/t/i/patients/patient-4711?type=MRN";

/** A gateway in this process with this audit; `promised` is what the runtime was asked to wait for. */
function open(audit, more) {
  const gateway = new Gateway({
    welkin: { tenant: "gh", instance: "i", auth: () => "token", prefix: "/api/welkin" },
    authorize: () => ({ id: "robin" }),
    allow: { welkin: { patientsGet: true } },
    fetch: async () => Response.json({ id: "patient-4711" }),
    audit,
    ...more,
  });
  const promised = [];
  const ctx = { waitUntil: (promise) => promised.push(promise) };
  const call = () => gateway.fetch(new Request(`https://portal.example.org${patient}`), { REGION: "north" }, ctx);
  return { call, promised };
}

/** Lets timers run until a promise has settled. */
async function run({ mock }, promise) {
  let settled = false;
  promise.finally(() => (settled = true));
  for (let turn = 0; !settled && turn < 100; turn++) {
    mock.timers.tick(500);
    await new Promise(setImmediate);
  }
  assert.ok(settled);
  return promise;
}

test("a function is told of a decision once, with the bindings of the worker", async () => {
  const told = [];
  const { call, promised } = open((...given) => told.push(given));
  await call();
  await Promise.all(promised);
  assert.equal(told.length, 1);
  const [event, env] = told[0];
  assert.deepEqual(Object.keys(event).sort(), ["api", "decision", "durationMs", "operation", "requestId", "status", "time", "who"]);
  assert.deepEqual(env, { REGION: "north" });
  assert.ok(!JSON.stringify(event).includes("patient-4711"));
});

test("an id of a session that is no text does not cost the event", async () => {
  const throws = { get id() { throw new Error("patient-4711"); } };
  for (const [session, who] of [[throws, null], [{ id: Object.create(null) }, null], [{ id: 7 }, "7"], [true, null]]) {
    const told = [];
    const { call, promised } = open((event) => told.push(event.who), { authorize: () => session });
    assert.equal((await call()).status, 200);
    await Promise.all(promised);
    assert.deepEqual(told, [who]);
  }
});

test("a sink that fails for a moment gets the event after all", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const outcomes = [() => Promise.reject(new Error("busy")), () => { throw new Error("busy"); }, () => Promise.resolve()];
  const taken = [];
  const { call, promised } = open((event) => {
    taken.push(event.requestId);
    return outcomes[taken.length - 1]();
  });
  assert.equal((await call()).status, 200);
  await run(context, promised[0]);
  assert.equal(taken.length, 3);
  assert.equal(new Set(taken).size, 1);
});

test("a sink that stays down costs no call, and the event is handed on with the reason", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  for (const audit of [() => Promise.reject(new Error("down")), { send: async () => { throw new Error("down"); } }, () => new Promise(() => {})]) {
    const lost = [];
    const { call, promised } = open(audit, { onAuditFailure: (event, error) => lost.push([event.operation, error instanceof Error]) });
    assert.equal((await call()).status, 200);
    await run(context, promised[0]);
    assert.deepEqual(lost, [["patientsGet", true]]);
  }
});

test("an event that nobody takes is written to the log, without data of patients", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const lines = [];
  context.mock.method(console, "error", (line) => lines.push(line));
  const down = () => Promise.reject(new Error("patient-4711"));
  const hangs = () => new Promise(() => {});
  for (const more of [{}, { onAuditFailure: down }, { onAuditFailure: hangs }]) {
    const { call, promised } = open(down, more);
    assert.equal((await call()).status, 200);
    await run(context, promised[0]);
  }
  assert.equal(lines.length, 3);
  for (const line of lines) {
    assert.equal(JSON.parse(line).lostAudit.operation, "patientsGet");
    assert.ok(!line.includes("patient-4711"));
  }
});

/** A gateway in workerd, what its queue was told, and an API that answers at once or when it is told to. */
async function startQueue() {
  const heard = new EventEmitter();
  const events = [];
  const consumed = async (request) => {
    events.push(...(await request.json()));
    heard.emit("events");
    return new WorkerResponse();
  };
  const [reached, finish] = [turn(), turn()];
  const upstream = async (request) => {
    if (request.url.endsWith("/reached")) await reached.happened;
    if (request.url.endsWith("/slow")) {
      reached.done();
      await finish.happened;
    }
    return WorkerResponse.json({ id: "p1" });
  };
  const modulesRoot = "/";
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    handleRuntimeStdio: (out, errors) => [out, errors].forEach((stream) => stream.resume()),
    workers: [
      {
        name: "visitor",
        modules: await bundleWorker("tests/edge/visitor-worker.mjs"),
        modulesRoot,
        compatibilityDate,
        serviceBindings: { GATEWAY: "gateway", REACHED: upstream },
      },
      {
        name: "gateway",
        unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
        modules: await bundleWorker("tests/edge/audit-worker.mjs"),
        modulesRoot,
        compatibilityDate,
        serviceBindings: { UPSTREAM: upstream, CONSUMED: consumed },
        queueProducers: { AUDIT: "audit" },
        queueConsumers: { audit: { maxBatchSize: 1, maxBatchTimeout: 0 } },
      },
    ],
  });
  await miniflare.ready;
  const origins = { visitor: await miniflare.ready, gateway: await miniflare.unsafeGetDirectURL("gateway") };
  return {
    origin: origins.gateway.origin,
    call: (worker, id, init) => fetch(new URL(`/api/welkin/t/i/patients/${id}`, origins[worker]), { headers: { cookie: "x" }, ...init }),
    finish: finish.done,
    /** The decisions so far, once there are so many. */
    async decisions(count) {
      while (events.length < count) await once(heard, "events", { signal: AbortSignal.timeout(60_000) });
      assert.ok(!JSON.stringify(events).includes("patient-4711"));
      return events.map(({ operation, decision, who }) => [operation, decision, who].join(" ")).sort();
    },
    stop: () => miniflare.dispose(),
  };
}

test("a queue in workerd gets one event for each decision", async () => {
  const { call, origin, decisions, stop } = await startQueue();
  try {
    await call("gateway", "patient-4711");
    await call("gateway", "patient-4711", { method: "DELETE", headers: { cookie: "x", origin } });
    await call("gateway", "patient-4711", { headers: {} });
    assert.deepEqual(await decisions(3), [" unauthenticated ", "patientsDelete denied robin", "patientsGet allowed robin"]);
  } finally {
    await stop();
  }
});

test("a queue in workerd gets the event of a caller that left before the API answered", async () => {
  const { call, finish, decisions, stop } = await startQueue();
  try {
    assert.equal(await (await call("visitor", "slow")).text(), "left");
    finish();
    assert.deepEqual(await decisions(1), ["patientsGet allowed robin"]);
  } finally {
    await stop();
  }
});
