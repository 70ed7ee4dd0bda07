// The results as text: every budget with its ratio, then the medians behind them.

import { difference, ratio } from "./interleave.mjs";

const notBuilt = "not built";
const engines = ["Node", "Chromium"];

/** The whole report as Markdown. */
export function report({ quick, versions, operations, size, forecast, engine, load, gateway }) {
  return [
    "# Bench results",
    "",
    "Written by `make bench`. Times are medians of interleaved rounds of one run, in milliseconds;",
    "only ratios between contenders of the same run mean anything.",
    ...(quick ? ["", "**A smoke run (`--quick`): too few rounds to conclude anything.**"] : []),
    "",
    "## Budgets",
    "",
    ...table(
      ["what", "where", "carewire", "against", "", "ratio", "budget", "holds"],
      [...sizeBudgets(size), ...decodeBudgets(engine), ...callBudgets(engine), ...loadBudgets(load), ...gatewayBudgets(gateway)],
    ),
    "",
    "Decode alone is the call with the drift check, less the same call without it in the same round, plus `JSON.parse` of the same bytes.",
    "The whole call also holds token, request, reply and events; its peers hold a bare `fetch` and nothing else.",
    'The validators are generated from the reference; "types only" leaves out string formats and closed enumerations,',
    "so that they check what the drift check checks. The faster of the two stands in the table.",
    "",
    "## Size",
    "",
    ...sizeTable(size, operations),
    "",
    forecastLine(forecast, size),
    "",
    "## Decode, a page of patients",
    "",
    ...engines.flatMap((name) => [...decodeTable(name, engine[name].decode), ""]),
    "## One call on a stubbed fetch",
    "",
    ...engines.flatMap((name) => [...callTable(name, engine[name].call), ""]),
    "## Load",
    "",
    ...loadTable(load),
    "",
    "Chromium: from the bytes in memory, in a new renderer process each time. workerd: from the request to the reply of a",
    "worker that a running process loads; the empty worker's time is taken off in the budgets.",
    "",
    "## Gateway in workerd",
    "",
    ...gatewayTable(gateway),
    "",
    "Policy and audit are on. The pass-through is a worker that does nothing but send the request on. The one by hand does for",
    "this one operation what the gateway does for all of them (session, policy, credential, listed headers both ways, security",
    "headers, deadline, audit): between it and the pass-through lies what those cost in workerd, between it and carewire what",
    "carewire costs. All send to an API over HTTP on the same machine that answers at once, and always have 16 requests under",
    "way. workerd answers those of one connection one after the other, and waits for the API in between; over many it is busy",
    "without a pause, so that only the processor counts. The time in workerd is what its process had of the processor: on a",
    "machine that does other work as well, it says more than the clock. Ratios by the clock are the median of the rounds, in each",
    "of which all have their turn, with the quartiles: one workerd may be half as fast as a second before, and where the quartiles",
    "lie on both sides of a budget, another run may decide otherwise.",
    "Held is what lives in the heap of the worker after a garbage collection, and the memory of its wasm. Resident is the whole",
    "process: workerd itself grows with the requests that it has seen, whatever its worker does, and the peers say how much.",
    "",
    "## Versions",
    "",
    ...table(["", "version"], versions),
    "",
  ].join("\n");
}

function sizeBudgets({ carewire, heyApi, heyApiWithValidators }) {
  // The budget is all that is generated, 52 KB. What is left when a bundler drops the validators that no
  // operation uses stands beside it.
  const against = [
    ["hey-api with zod, all validators kept", heyApiWithValidators, 1],
    ["hey-api with zod, unused validators dropped", heyApi],
  ];
  return against.map(([name, peer, budget]) =>
    budgetRow("size after brotli", "web", carewire?.compressed, name, peer.compressed, budget, bytes),
  );
}

function decodeBudgets(results) {
  return engines.flatMap((where) =>
    Object.entries(results[where].decode).flatMap(([count, medians]) => {
      const parse = medians["JSON.parse"].median;
      const whole = medians["carewire"]?.median;
      const check =
        whole === undefined ? undefined : difference(medians["carewire"], medians["carewire, drift off"]);
      // Where the check is lost in the noise, the decode still costs what JSON.parse costs.
      const decode = check === undefined ? undefined : parse + Math.max(0, check);
      const fastest = (name) =>
        Math.min(medians[`${name}, types only`].median, medians[`${name}, as generated`].median);
      const records = `decode alone, ${grouped(count)} records`;
      return [
        budgetRow(records, where, decode, "zod", fastest("zod"), 1),
        budgetRow(records, where, decode, "valibot", fastest("valibot"), 1),
        ...(Number(count) === 10_000 ? [budgetRow(records, where, decode, "JSON.parse", parse, 1.3)] : []),
        ...["zod", "valibot"].map((name) => {
          const peer = `raw fetch, ${name}, types only`;
          return budgetRow(`whole call, ${grouped(count)} records`, where, whole, peer, medians[peer].median);
        }),
      ];
    }),
  );
}

function callBudgets(results) {
  return engines.map((where) => {
    const { carewire, "hey-api with zod": peer } = results[where].call;
    return budgetRow("one call", where, carewire?.median, "hey-api with zod", peer.median, 1);
  });
}

function loadBudgets({ Chromium, workerd }) {
  const less = (result, part) => result && result[part].median - workerd.empty[part].median;
  const row = (what, where, carewire, peer, budget) =>
    budgetRow(what, where, carewire, "hey-api with zod", peer, budget);
  return [
    row("load", "Chromium", Chromium.carewire?.load.median, Chromium.heyApi.load.median, 1),
    row("load and first call", "Chromium", Chromium.carewire?.firstCall.median, Chromium.heyApi.firstCall.median),
    row("load", "workerd", less(workerd.carewire, "load"), less(workerd.heyApi, "load"), 1),
    row("load and first call", "workerd", less(workerd.carewire, "firstCall"), less(workerd.heyApi, "firstCall")),
  ];
}

function gatewayBudgets(gateway) {
  if (!gateway) return [];
  const { time, memory, watched } = gateway;
  const requests = (count) => `after ${grouped(count)} requests`;
  const { early, late } = memory.gateway;
  return [
    // At least 0.8 of the throughput is at most 1.25 of the time.
    ...Object.entries(time).flatMap(([load, { gateway, passThrough, byHand }]) => {
      const row = (name, peer, budget) => {
        const [one, other] = [gateway.call.median, peer.call.median];
        const inRounds = ratio(gateway, peer).median;
        return budgetRow(`gateway, one request, ${load}`, "workerd", one, name, other, budget, milliseconds, inRounds);
      };
      return [row("bare pass-through", passThrough, 1.25), row("the same by hand", byHand)];
    }),
    budgetRow(`gateway, bytes held ${requests(watched)}`, "workerd", late.held, requests(watched / 10), early.held, 1.05, bytes),
  ];
}

/** A line of the first table; without a budget it is there for information. */
function budgetRow(what, where, value, against, peer, budget, format = milliseconds, times = value / peer) {
  const known = value !== undefined;
  return [
    what,
    where,
    known ? format(value) : notBuilt,
    against,
    format(peer),
    known ? times.toFixed(2) : "",
    budget === undefined ? "none" : `≤ ${budget.toFixed(2)}`,
    budget === undefined || !known ? "" : times <= budget ? "yes" : "**no**",
  ];
}

function sizeTable({ carewire, heyApi, heyApiWithValidators }, operations) {
  const total = Object.values(operations).reduce((sum, count) => sum + count, 0);
  const rows = [
    [`hey-api with zod, ${total} operations`, bytes(heyApi.raw), bytes(heyApi.compressed)],
    ["the same with all validators kept", bytes(heyApiWithValidators.raw), bytes(heyApiWithValidators.compressed)],
  ];
  if (carewire) {
    rows.push(["carewire", bytes(carewire.raw), bytes(carewire.compressed)]);
    rows.push(...carewire.files.map((file) => [`carewire: ${file.name}`, bytes(file.raw), bytes(file.compressed)]));
  } else {
    rows.push(["carewire", notBuilt, ""]);
  }
  return table(["", "bytes", "after brotli"], rows);
}

function forecastLine(forecast, { carewire, heyApiWithValidators }) {
  if (!forecast) return "Bytes per further operation and per further type: not measured.";
  const { bytesPerOperation, bytesPerType, operations, types, missing } = forecast;
  const whole = carewire.compressed + Math.round(missing);
  return [
    `A further operation costs ${bytesPerOperation.toFixed(0)} bytes after brotli and a further type ${bytesPerType.toFixed(0)}`,
    `(of ${operations} operations and ${types} types). With all operations and types of both references the client comes to`,
    `${whole} bytes: ${(whole / heyApiWithValidators.compressed).toFixed(2)} of hey-api with zod, all validators kept.`,
  ].join("\n");
}

function decodeTable(where, decode) {
  const sizes = Object.keys(decode);
  const names = Object.keys(decode[sizes[0]]);
  return table(
    [where, ...sizes.flatMap((size) => [`${grouped(size)} records`, "× JSON.parse"])],
    names.map((name) => [
      name,
      ...sizes.flatMap((size) => [
        spread(decode[size][name]),
        (decode[size][name].median / decode[size]["JSON.parse"].median).toFixed(2),
      ]),
    ]),
  );
}

function callTable(where, call) {
  return table(
    [where, "ms", "× raw fetch"],
    Object.entries(call).map(([name, result]) => [
      name,
      spread(result),
      (result.median / call["raw fetch"].median).toFixed(2),
    ]),
  );
}

function loadTable(load) {
  const names = { empty: "empty worker", heyApi: "hey-api with zod", carewire: "carewire" };
  return table(
    ["", "where", "load", "load and first call"],
    Object.entries(load).flatMap(([where, results]) =>
      Object.entries(results).map(([name, result]) => [
        names[name],
        where,
        spread(result.load),
        spread(result.firstCall),
      ]),
    ),
  );
}

function gatewayTable(gateway) {
  if (!gateway) return [notBuilt];
  const { time, memory, watched } = gateway;
  const shown = { passThrough: "bare pass-through", byHand: "by hand", gateway: "carewire" };
  const [names, labels] = [Object.keys(shown), Object.values(shown)];
  const times = Object.entries(time).flatMap(([load, results]) =>
    names.map((name, at) => [
      labels[at],
      load,
      spread(results[name].call),
      throughput(ratio(results.passThrough, results[name])),
      milliseconds(results[name].processor),
      (results.passThrough.processor / results[name].processor).toFixed(2),
    ]),
  );
  const places = ["held", "resident"].flatMap((what) => ["early", "late"].map((when) => [what, when]));
  const counts = { early: grouped(watched / 10), late: grouped(watched) };
  return [
    ...table(["", "load", "ms for a request", "throughput", "of it in workerd", "throughput by that"], times),
    "",
    ...table(
      ["", ...places.map(([what, when]) => `bytes ${what} after ${counts[when]}`)],
      names.map((name, at) => [labels[at], ...places.map(([what, when]) => bytes(memory[name][when][what]))]),
    ),
  ];
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

const grouped = (number) => Number(number).toLocaleString("en");
const bytes = (value) => grouped(value);
const milliseconds = (value) => (Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(3));
const throughput = ({ median, lower, upper }) => `${median.toFixed(2)} (${lower.toFixed(2)} to ${upper.toFixed(2)})`;
const spread = ({ median, lower, upper }) =>
  `${milliseconds(median)} (${milliseconds(lower)} to ${milliseconds(upper)})`;
