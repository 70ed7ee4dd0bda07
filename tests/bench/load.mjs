// Load: from the bytes in memory to a client that answered its first call, always in a process that never saw them.

import { readFile } from "node:fs/promises";
import { Log, LogLevel, Miniflare } from "miniflare";
import { carewireIsBuilt, classicScript, shippedFiles } from "./carewire.mjs";
import { withFreshPage } from "./chromium.mjs";
import { summary } from "./interleave.mjs";
import { peerFiles } from "./peers.mjs";
import { patient } from "./records.mjs";

const record = patient(13);
const recordText = JSON.stringify(record);
const compatibilityDate = "2026-04-01";

/** The first call of each contender, as source text, so that a page and a worker run the same one. */
const firstCall = {
  heyApi: `async (heyApi, fetch) => (await heyApi.welkin.patientsGet({
    client: heyApi.createClient(heyApi.createConfig({
      baseUrl: "https://api.live.welkincloud.io", auth: async () => "synthetic-token", fetch,
    })),
    path: { tenantName: "demo", instanceName: "main", patientId: "${record.id}" },
    throwOnError: true,
  })).data.id`,
  carewire: `async (carewire, fetch) => (await new carewire.Welkin({
    tenant: "demo", instance: "main", auth: async () => "synthetic-token", fetch,
  }).patients.get("${record.id}")).id`,
};
const stub = `async () => new Response(${JSON.stringify(recordText)}, {
  status: 200, headers: { "content-type": "application/json" },
})`;

/** Medians in Chromium: `load` and `firstCall`, by contender. */
export async function measureLoadInChromium(chromium, rounds) {
  const contenders = { heyApi: { script: await readFile(peerFiles.heyApiScript, "utf8") } };
  if (carewireIsBuilt()) {
    const { script, wasm } = await classicScript();
    contenders.carewire = { script, wasm: wasm.toString("base64") };
  }
  return inRounds(rounds, contenders, (name, contender) =>
    withFreshPage(chromium, (page) =>
      page.evaluate(loadInPage, { name, ...contender, call: firstCall[name], stub, id: record.id }),
    ),
  );
}

/** Runs inside the page: parse and evaluate of a script, and compile and instantiate of the wasm if there is one. */
async function loadInPage({ name, script, wasm, call, stub, id }) {
  const bytes = wasm && Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0));
  const fetch = (0, eval)(stub);
  const run = (0, eval)(call);
  const element = document.createElement("script");
  element.textContent = script;
  const start = performance.now();
  document.head.append(element);
  const client = (0, eval)(name);
  if (bytes) await client.init(bytes);
  const loaded = performance.now();
  const answer = await run(client, fetch);
  const answered = performance.now();
  if (answer !== id) throw new Error(`${name} did not return the record`);
  return { load: loaded - start, firstCall: answered - start };
}

/** Medians in workerd, by contender; `empty` is a worker that imports nothing. */
export async function measureLoadInWorkerd(rounds) {
  const contenders = {
    empty: { modules: [], client: "", call: "async () => undefined" },
    heyApi: {
      modules: [{ name: "hey-api.js", bytes: await readFile(peerFiles.heyApi) }],
      client: 'import * as client from "./hey-api.js";',
      call: firstCall.heyApi,
    },
  };
  if (carewireIsBuilt()) {
    const { entry, files } = await shippedFiles(["workerd"]);
    contenders.carewire = {
      modules: files,
      client: `import * as client from "./${entry}";`,
      call: firstCall.carewire,
    };
  }
  return inRounds(rounds, contenders, loadInWorkerd);
}

/** A running worker loads the contender's worker, so that the start of the process itself is not counted. */
async function loadInWorkerd(name, contender) {
  const inner = [
    contender.client,
    contender.client ? "" : "const client = undefined;",
    `const fetch = ${stub};`,
    `const call = ${contender.call};`,
    "export default { async fetch(request) {",
    '  return new Response(request.url.endsWith("/call") ? await call(client, fetch) : "loaded");',
    "} };",
  ].join("\n");
  const modules = { "main.js": { js: inner } };
  const wasmModules = [];
  for (const { name: file, bytes } of contender.modules) {
    if (file.endsWith(".wasm")) wasmModules.push({ file, bytes });
    else modules[file] = { js: bytes.toString("utf8") };
  }
  const outer = [
    ...wasmModules.map(({ file }, index) => `import wasm${index} from "./${file}.bin";`),
    `const modules = ${JSON.stringify(modules)};`,
    ...wasmModules.map(({ file }, index) => `modules[${JSON.stringify(file)}] = { wasm: wasm${index} };`),
    "export default { async fetch(request, env) {",
    '  if (request.url.endsWith("/ready")) return new Response("ready");',
    `  const worker = env.LOADER.get("measured", async () => ({`,
    `    compatibilityDate: "${compatibilityDate}", mainModule: "main.js", modules, globalOutbound: null }));`,
    "  return worker.getEntrypoint().fetch(request);",
    "} };",
  ].join("\n");
  const miniflare = new Miniflare({
    cf: false,
    log: new Log(LogLevel.ERROR),
    compatibilityDate,
    workerLoaders: { LOADER: {} },
    modules: [
      { type: "ESModule", path: "outer.js", contents: outer },
      ...wasmModules.map(({ file, bytes }) => ({ type: "Data", path: `${file}.bin`, contents: bytes })),
    ],
  });
  try {
    await request(miniflare, "ready");
    await request(miniflare, "ready");
    const start = performance.now();
    await request(miniflare, "load");
    const loaded = performance.now();
    const answer = await request(miniflare, "call");
    const answered = performance.now();
    if (name !== "empty" && answer !== record.id) throw new Error(`${name} did not return the record`);
    return { load: loaded - start, firstCall: answered - start };
  } finally {
    await miniflare.dispose();
  }
}

async function request(miniflare, path) {
  const response = await miniflare.dispatchFetch(`http://localhost/${path}`);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`the worker answered ${response.status}: ${text}`);
  return text;
}

async function inRounds(rounds, contenders, once) {
  const names = Object.keys(contenders);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length];
      samples[name].push(await once(name, contenders[name]));
    }
  }
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        load: summary(samples[name].map((sample) => sample.load)),
        firstCall: summary(samples[name].map((sample) => sample.firstCall)),
      },
    ]),
  );
}
