// Work that must leave nothing behind, for whoever measures what it left. Runs in Node and in a page.

/** The memory of each instance of wasm that is made from now on. */
export function watchMemory() {
  const memories = [];
  const seen = (made) => {
    const { exports } = made.instance ?? made;
    memories.push(Object.values(exports).find((part) => part instanceof WebAssembly.Memory));
    return made;
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => seen(await original(...given));
  }
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function (...given) {
    return seen(new Instance(...given));
  };
  return () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

const patient = JSON.stringify({ id: "p1", firstName: "Robin", lastName: "Marsh", careTeam: [{ id: "u1" }] });
const page = (last) => JSON.stringify({ content: [JSON.parse(patient)], last });
const json = new Headers({ "content-type": "application/json" });
/** A stand-in for a `Response`, which would take most of the time. */
const reply = (text, { status = 200 } = {}) => ({
  status,
  ok: status === 200,
  headers: json,
  arrayBuffer: async () => new TextEncoder().encode(text).buffer,
});

function answer(url, { method }) {
  if (method === "POST") return reply(patient, { status: 200 });
  if (url.includes("patients?")) return reply(page(url.includes("page=1")));
  if (url.endsWith("patients")) return reply(page(false));
  if (url.endsWith("missing")) return reply('[{"errorCode":"PATIENT_NOT_FOUND"}]', { status: 404 });
  if (url.endsWith("html")) return reply("<p>Robin", { status: 200 });
  if (url.endsWith("wrong")) return reply('{"id":5,"careTeam":"Robin"}');
  return reply(patient);
}

const make = (carewire, options) =>
  new carewire.Welkin({ tenant: "gh", instance: "sb-demo", auth: () => "token-1", retries: 0, fetch: async (...given) => answer(...given), ...options });

let calling;
let aborting;

/** Kinds of calls, done one after the other again and again. */
const kinds = [
  (welkin) => welkin.patients.get("p1"),
  (welkin) => welkin.patients.get("p1", {}, { signal: shared.signal }),
  (welkin) => welkin.patients.create({ firstName: "Robin", lastName: "Marsh" }),
  (welkin) => welkin.patients.get("missing").catch(() => {}),
  (welkin) => welkin.patients.get("html").catch(() => {}),
  (welkin) => welkin.patients.get("wrong"),
  (welkin) => welkin.call("patientsGet", { path: { patientId: "p1" } }),
  (welkin) => welkin.patients.list().toArray(),
];
const shared = new AbortController();

async function inTens(count, work) {
  for (let done = 0; done < count; done += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, at) => work(done + at)));
  }
}

export const workloads = {
  /** Calls of all kinds through one client. */
  async calls(carewire, count) {
    calling ??= make(carewire, { onEvent() {} });
    await inTens(count, (at) => kinds[at % kinds.length](calling));
  },

  /** Calls that are aborted: before they are sent, while they are, while their token is. */
  async aborted(carewire, count) {
    const hanging = (url, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const token = ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const deaf = () => new Promise(() => {});
    const given = [{ fetch: hanging }, { fetch: deaf }, { auth: token }, { auth: deaf }];
    aborting ??= given.map((options) => make(carewire, options));
    await inTens(count, async (at) => {
      const controller = new AbortController();
      const call = aborting[at % given.length].patients.get("p1", {}, { signal: controller.signal });
      setTimeout(() => controller.abort());
      await call.catch(() => {});
    });
  },

  /** Clients that are made, used once and dropped. */
  async clients(carewire, count) {
    await inTens(count, () => make(carewire).patients.get("p1"));
  },
};
