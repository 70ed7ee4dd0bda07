// What is left after many calls, aborted calls and dropped clients: the memory of the wasm after a tenth of
// them and after all, and the heap of JavaScript in the first tenths and in the last.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { launch, page, serve, unhurried } from "../package/browser.mjs";
import { project } from "../package/project.mjs";

const counts = { calls: 100_000, aborted: 10_000, clients: 1_000 };
const MEBIBYTE = 1024 * 1024;
/** What the heap may differ by, for the engine's own caches and compiled code: six bytes kept of each call would show. */
const ALLOWED = MEBIBYTE / 2;

const workload = await readFile(new URL("workload.js", import.meta.url), "utf8");

/** The middle one of three: a single collection may leave more than the next. */
const usual = (rounds) => rounds.map(({ heap }) => heap).sort((one, other) => one - other)[1];

function assertFlat(name, rounds, context) {
  const early = { wasm: rounds[0].wasm, heap: usual(rounds.slice(0, 3)) };
  const late = { wasm: rounds.at(-1).wasm, heap: usual(rounds.slice(-3)) };
  const shown = ({ wasm, heap }) => `wasm ${wasm / 1024} KiB, heap ${(heap / MEBIBYTE).toFixed(2)} MiB`;
  context.diagnostic(`${counts[name]} ${name}: ${shown(early)} in the first tenths; ${shown(late)} in the last`);
  // The memory of wasm never shrinks: it shows the most that there ever was.
  assert.ok(late.wasm <= early.wasm, `the wasm's memory grew: ${shown(early)}; ${shown(late)}`);
  assert.ok(late.heap - early.heap < ALLOWED, `the heap grew: ${shown(early)}; ${shown(late)}`);
}

describe("in Node, memory is flat", () => {
  let scratch;
  before(async () => {
    scratch = await project({
      "workload.js": workload,
      "memory.js": `
        import { watchMemory, workloads } from "./workload.js";
        const wasm = watchMemory();
        const carewire = await import("carewire");
        const [, , name, count] = process.argv;
        async function measured(count) {
          await workloads[name](carewire, count);
          // What a collection frees may free more: a client that is gone lets go of its memory.
          for (let time = 0; time < 3; time += 1) {
            gc();
            await new Promise((resolve) => setTimeout(resolve, 10));
          }
          return { wasm: wasm(), heap: process.memoryUsage().heapUsed };
        }
        const rounds = [];
        while (rounds.length < 10) rounds.push(await measured(count / 10));
        console.log(JSON.stringify(rounds));
        // Providers that never answer are waited for a little longer.
        process.exit();
      `,
    });
  });

  for (const [name, count] of Object.entries(counts)) {
    test(`after ${count} ${name}`, async (context) => {
      assertFlat(name, JSON.parse(await scratch.node("--expose-gc", "memory.js", name, String(count))), context);
    });
  }
});

describe("in Chromium, memory is flat", () => {
  let site;
  let browser;
  before(async () => {
    const { folder } = await project({
      "index.html": page.html("/main.js"),
      "workload.js": workload,
      "main.js": `
        import { watchMemory, workloads } from "./workload.js";
        const wasm = watchMemory();
        const carewire = await import("/node_modules/carewire/dist/web.js");
        Object.assign(globalThis, { wasm, work: (name, count) => workloads[name](carewire, count), carewire });
      `,
    });
    site = await serve(folder);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    site?.close();
  });

  for (const [name, count] of Object.entries(counts)) {
    test(`after ${count} ${name}`, async (context) => {
      const opened = unhurried(await browser.newPage());
      await opened.goto(site.url);
      await opened.waitForFunction(() => globalThis.carewire);
      const inside = await opened.context().newCDPSession(opened);
      async function measured(count) {
        await opened.evaluate(([name, count]) => work(name, count), [name, count]);
        for (let time = 0; time < 3; time += 1) {
          await inside.send("HeapProfiler.collectGarbage");
          await opened.evaluate(() => new Promise((resolve) => setTimeout(resolve, 10)));
        }
        const { usedSize } = await inside.send("Runtime.getHeapUsage");
        return { wasm: await opened.evaluate(() => wasm()), heap: usedSize };
      }
      const rounds = [];
      while (rounds.length < 10) rounds.push(await measured(count / 10));
      assertFlat(name, rounds, context);
      await opened.close();
    });
  }
});
