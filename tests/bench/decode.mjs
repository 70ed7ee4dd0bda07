// Decoding a page of patients with a check of its types, against the validators and bare JSON.parse.

import * as valibot from "valibot";
import { vPatientsListResponse as valibotAsGenerated } from "./.peers/validators/valibot-generated/valibot.gen";
import { vPatientsListResponse as valibotTypesOnly } from "./.peers/validators/valibot-types-only/valibot.gen";
import { zPatientsListResponse as zodAsGenerated } from "./.peers/validators/zod-generated/zod.gen";
import { zPatientsListResponse as zodTypesOnly } from "./.peers/validators/zod-types-only/zod.gen";
import { interleave } from "./interleave.mjs";
import { patientPage, toBytes } from "./records.mjs";

/** Numbers of records in a page. */
export const pageSizes = [20, 1_000, 10_000];

const decoder = new TextDecoder();
const parse = (bytes) => JSON.parse(decoder.decode(bytes));

/** Medians by page size and contender. `carewire` is the package, or nothing when it was not built. */
export async function measureDecode(carewire, effort) {
  const results = {};
  for (const size of pageSizes) {
    const contenders = contendersOf(toBytes(patientPage(size)), size, carewire);
    for (const [name, run] of Object.entries(contenders)) await holdsAllRecords(name, run, size);
    results[size] = await interleave(contenders, effort);
  }
  if (carewire) await driftIsSeen(carewire);
  return results;
}

function contendersOf(bytes, size, carewire) {
  const reply = replyWith(bytes);
  const contenders = {
    "JSON.parse": () => parse(bytes),
    "zod, types only": () => zodTypesOnly.parse(parse(bytes)),
    "zod, as generated": () => zodAsGenerated.parse(parse(bytes)),
    "valibot, types only": () => valibot.parse(valibotTypesOnly, parse(bytes)),
    "valibot, as generated": () => valibot.parse(valibotAsGenerated, parse(bytes)),
    "raw fetch": async () => (await reply()).json(),
    "raw fetch, zod, types only": async () => zodTypesOnly.parse(await (await reply()).json()),
    "raw fetch, valibot, types only": async () =>
      valibot.parse(valibotTypesOnly, await (await reply()).json()),
  };
  if (carewire) {
    const withDrift = welkin(carewire, reply, {});
    const withoutDrift = welkin(carewire, reply, { drift: "off" });
    contenders["carewire"] = async () => withDrift.patients.list({ size });
    contenders["carewire, drift off"] = async () => withoutDrift.patients.list({ size });
  }
  return contenders;
}

function welkin(carewire, fetch, options) {
  return new carewire.Welkin({
    tenant: "demo",
    instance: "main",
    auth: async () => "synthetic-token",
    fetch,
    ...options,
  });
}

function replyWith(bytes) {
  return async () => new Response(bytes, { status: 200, headers: { "content-type": "application/json" } });
}

async function holdsAllRecords(name, run, size) {
  const page = await run();
  if (page.content?.length !== size || page.content[0].firstName === undefined) {
    throw new Error(`${name} did not return the page of ${size} records`);
  }
}

/** A check that checks nothing would win every race: the measured client must report a wrong type, and only then. */
async function driftIsSeen(carewire) {
  for (const [middleName, expected] of [["Sample", 0], [7, 1]]) {
    const page = patientPage(20);
    page.content[13].middleName = middleName;
    let drifts = 0;
    const client = welkin(carewire, replyWith(toBytes(page)), {
      onEvent: (event) => {
        if (event.type === "drift") drifts++;
      },
    });
    await client.patients.list({ size: 20 });
    if (drifts !== expected) throw new Error(`carewire reported ${drifts} drifts where ${expected} was due`);
  }
}
