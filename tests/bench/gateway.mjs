// The gateway beside a bare pass-through worker and beside one that is written by hand for this request:
// each in a workerd of its own, in front of the same API, asked over real connections that are always busy.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";
import { Pool, WebSocket } from "undici";
import workerd from "workerd";
import { bundleWorker } from "../../scripts/bundle-worker.mjs";
import { summary } from "./interleave.mjs";
import { patient } from "./records.mjs";

const { id } = patient(13);
const path = `/api/welkin/t/i/patients/${id}`;
/** As a portal's page sends it. */
const headers = { cookie: id, accept: "application/json", "accept-language": "en", "sec-fetch-site": "same-origin" };
/** Requests under way at once. */
const AT_ONCE = 16;
/**
 * By load: connections, and requests that one of them sends ahead. workerd answers those of one connection
 * one after the other, and so waits for the API in between; over many it is busy without a pause.
 */
const loads = {
  "1 connection": { connections: 1, pipelining: AT_ONCE },
  [`${AT_ONCE} connections`]: { connections: AT_ONCE, pipelining: 1 },
};
const MANY = Object.keys(loads).at(-1);
const passThrough = `export default {
  fetch: (request, env) => fetch(env.ORIGIN + new URL(request.url).pathname, request),
};`;

/**
 * How much to measure: starts of each workerd, for two of them are never quite alike; requests before what
 * counts, after which V8 has compiled for good what runs often; requests of one sample, and samples of
 * each; requests over which memory is watched.
 */
export const gatewayEffort = {
  full: { starts: 6, warmUp: 20_000, requests: 1_000, rounds: 8, watched: 100_000 },
  quick: { starts: 1, warmUp: 200, requests: 200, rounds: 3, watched: 2_000 },
};

/**
 * By load and contender: milliseconds for one request and those of them that its workerd had the
 * processor. By contender: what is held in memory after a tenth and after all of the watched requests.
 */
export async function measureGateway({ watched, ...effort }) {
  const upstream = new Worker(new URL("gateway-upstream.mjs", import.meta.url));
  const [port] = await once(upstream, "message");
  const origin = `http://127.0.0.1:${port}`;
  const modules = {
    passThrough: [{ type: "ESModule", path: "index.js", contents: passThrough }],
    byHand: [{ type: "ESModule", path: "index.js", contents: await readFile(new URL("gateway-by-hand.mjs", import.meta.url)) }],
    gateway: await bundleWorker("tests/bench/gateway-worker.mjs"),
  };
  try {
    const time = await measureTime(modules, origin, effort);
    const memory = {};
    for (const name of Object.keys(modules)) memory[name] = await measureMemory(modules[name], origin, watched);
    return { watched, memory, time };
  } finally {
    await upstream.terminate();
  }
}

async function measureTime(modules, origin, { starts, ...effort }) {
  const results = {};
  const names = Object.keys(modules);
  for (const load of Object.keys(loads)) {
    results[load] = {};
    for (const name of names) results[load][name] = { samples: [], processor: 0 };
  }
  for (let begun = 0; begun < starts; begun++) {
    // Which is started first makes a difference too.
    names.push(names.shift());
    await measureStart(names, modules, origin, effort, results);
  }
  for (const result of Object.values(results).flatMap(Object.values)) {
    result.call = summary(result.samples);
    result.processor /= effort.requests * result.samples.length;
  }
  return results;
}

/** Starts all, and lets them take turns under each load. */
async function measureStart(order, modules, origin, { warmUp, requests, rounds }, results) {
  const names = [...order];
  const contenders = {};
  try {
    for (const name of names) contenders[name] = await start(modules[name], origin);
    for (const name of names) await contenders[name].load(warmUp);
    for (let round = 0; round < rounds; round++) {
      names.push(names.shift());
      for (const load of Object.keys(loads)) {
        for (const name of names) {
          const before = contenders[name].processorTime();
          results[load][name].samples.push(await contenders[name].load(requests, load));
          results[load][name].processor += contenders[name].processorTime() - before;
        }
      }
    }
    const sent = warmUp + requests * rounds * Object.keys(loads).length;
    for (const name of ["byHand", "gateway"]) {
      const { told } = await contenders[name].collect();
      if (told !== sent) throw new Error(`the audit of ${name} was told of ${told} of ${sent} requests`);
    }
  } finally {
    await Promise.all(Object.values(contenders).map((contender) => contender.stop()));
  }
}

async function measureMemory(modules, origin, watched) {
  const worker = await start(modules, origin, ["--inspector-addr=127.0.0.1:0"]);
  try {
    await worker.load(watched / 10);
    const early = await worker.memory();
    await worker.load(watched - watched / 10);
    return { early, late: await worker.memory() };
  } finally {
    await worker.stop();
  }
}

/** Runs before the worker: knows the memories of its wasm. */
const watch = `export const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...given) {
    super(...given);
    memories.push(...Object.values(this.exports).filter((value) => value instanceof WebAssembly.Memory));
  }
};`;
/** `/collect` asks for what a worker holds on to, and what V8 has not collected yet is no such thing. */
const entry = `import { memories } from "./watch.js";
import worker from "./index.js";
export default {
  fetch(request, env, ctx) {
    if (!request.url.endsWith("/collect")) return worker.fetch(request, env, ctx);
    gc();
    const wasm = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
    return Response.json({ wasm, told: worker.told?.() });
  },
};`;

/** Starts a workerd with these modules, whose worker finds the API at `env.ORIGIN`. */
async function start(modules, origin, flags = []) {
  const folder = await mkdtemp(join(tmpdir(), "carewire-bench-"));
  const own = Object.entries({ "entry.js": entry, "watch.js": watch });
  const all = [...own.map(([path, contents]) => ({ type: "ESModule", path, contents })), ...modules];
  const embedded = all.map(async ({ type, path, contents }, index) => {
    await writeFile(join(folder, `module-${index}`), contents);
    return `(name = ${JSON.stringify(path)}, ${type === "CompiledWasm" ? "wasm" : "esModule"} = embed "module-${index}")`;
  });
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  v8Flags = ["--expose-gc"],
  services = [
    (name = "worker", worker = (
      modules = [${(await Promise.all(embedded)).join(", ")}],
      compatibilityDate = "2026-04-01",
      bindings = [(name = "ORIGIN", text = ${JSON.stringify(origin)})],
      globalOutbound = "loopback",
    )),
    (name = "loopback", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);`;
  await writeFile(join(folder, "config.capnp"), config);
  const child = spawn(workerd.default, ["serve", join(folder, "config.capnp"), "--control-fd=3", ...flags], {
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const ports = {};
  for await (const line of createInterface({ input: child.stdio[3] })) {
    const { event, port } = JSON.parse(line);
    ports[event] = port;
    if (event === "listen") break;
  }
  const pools = Object.entries(loads).map(([load, options]) => [load, new Pool(`http://127.0.0.1:${ports.listen}`, options)]);
  const clients = Object.fromEntries(pools);

  const text = async (path, load = MANY) => {
    const { statusCode, body } = await clients[load].request({ method: "GET", path, headers });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`the worker answered ${statusCode}: ${text}`);
    return text;
  };
  const collect = async () => JSON.parse(await text("/collect"));
  return {
    collect,
    /** Sends so many requests, always some at once; gives the milliseconds of time for one of them. */
    async load(count, load) {
      let left = count;
      const start = performance.now();
      const caller = async () => {
        while (left-- > 0) await text(path, load);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, caller));
      return (performance.now() - start) / count;
    },
    /** The milliseconds that the process had the processor, as Linux counts them: in hundredths of a second. */
    processorTime() {
      const [user, system] = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13);
      return (Number(user) + Number(system)) * 10;
    },
    /** Bytes: `held` in the heap and in the memory of the wasm, and `resident` of the whole workerd. */
    async memory() {
      await collect();
      const { wasm } = await collect();
      const heap = await heapUsage(ports["listen-inspector"]);
      const kilobytes = execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)], { encoding: "utf8" });
      return { held: heap + wasm, resident: Number(kilobytes) * 1024 };
    },
    async stop() {
      await Promise.all(Object.values(clients).map((client) => client.close()));
      child.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The bytes of what lives in the heap of a worker, by the inspector of its workerd. */
async function heapUsage(port) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/worker`);
  await once(socket, "open");
  socket.send(JSON.stringify({ id: 1, method: "Runtime.getHeapUsage" }));
  const [{ data }] = await once(socket, "message");
  socket.close();
  const { usedSize, embedderHeapUsedSize } = JSON.parse(data).result;
  return usedSize + embedderHeapUsedSize;
}
