// What must hold in every runtime, against a server whose answers are in `server.mjs`. Each check gives
// plain data, which `everywhere.mjs` compares.

/** A client of Welkin on that server, and what its provider was asked. */
function welkin({ carewire, url }, options = {}) {
  const asked = [];
  const auth = ({ forceRefresh }) => (asked.push(forceRefresh), `token-${asked.length}`);
  const client = new carewire.Welkin({ tenant: "gh", instance: "sb-demo", baseUrl: url, auth, ...options });
  return { client, asked };
}

/** The end of a call as plain data. */
function ended(carewire, promise, signal) {
  return promise.then(
    () => "worked",
    (error) => ({
      name: ["CarewireError", "NetworkError", "TimeoutError", "AbortError"].filter((name) => error instanceof carewire[name]),
      outcome: error.outcome,
      ...(signal && { reason: error === signal.reason }),
    }),
  );
}

/** A signal that knows how many listen to it. */
function counted() {
  const controller = new AbortController();
  const { signal } = controller;
  let listeners = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...given) => ((listeners += 1), addEventListener.apply(signal, given));
  signal.removeEventListener = (...given) => ((listeners -= 1), removeEventListener.apply(signal, given));
  return { controller, signal, listeners: () => listeners };
}

const range = (length) => Array.from({ length }, (_, at) => at);

export const checks = {
  /** Twelve calls at once with a token that the API refuses. */
  async renewal(given) {
    const { client, asked } = welkin(given);
    const patients = await Promise.all(range(12).map((at) => client.patients.get(`renewed-${at}`)));
    return { asked, ids: patients.map(({ id }) => id) };
  },

  /** Requests that the server read and did not answer. */
  async cut(given) {
    const { carewire, url } = given;
    const inbox = new carewire.InboxHealth({ baseUrl: url });
    const calls = [
      welkin(given).client.patients.create({ firstName: "Robin", lastName: "Marsh" }),
      inbox.payments.create({ patient_id: 1, expected_amount_cents: 100, payment_method_type: "cash" }),
      welkin(given).client.request("POST", "/gh/sb-demo/cut", { body: {} }),
    ];
    return Promise.all(calls.map((call) => ended(carewire, call)));
  },

  /** An abort in each phase of a call, and what is left of it. */
  async aborts(given) {
    const { carewire, arrived } = given;
    const never = () => new Promise(() => {});
    /** Options that abort right after an event of this type. */
    const after = (type, abort) => ({ onEvent: (event) => event.type === type && setTimeout(abort) });
    const phases = {
      before: (abort) => (abort(), ["ok"]),
      token: (abort) => ["ok", { auth: () => (setTimeout(abort), never()) }],
      response: (abort) => (arrived("hanging-1").then(abort), ["hanging-1"]),
      body: (abort) => ["endless-1", after("response", abort)],
      wait: (abort) => ["busy-1", { retries: 2, ...after("retry", abort) }],
    };
    const ends = {};
    for (const [name, phase] of Object.entries(phases)) {
      const { controller, signal, listeners } = counted();
      const [id, options] = phase(() => controller.abort());
      const { client } = welkin(given, options);
      const call = ended(carewire, client.patients.get(id, {}, { signal }), signal);
      ends[name] = { ...(await call), listeners: listeners() };
    }
    return ends;
  },

  /** One of twelve calls that wait for one token is aborted: the others get it. */
  async shared(given) {
    const { carewire } = given;
    const { controller, signal } = counted();
    let give;
    const left = new Promise((resolve) => (give = () => resolve("token-2")));
    // Who asks is there already when one goes, and is answered when it has gone.
    const auth = () => (setTimeout(() => controller.abort()), left);
    const { client } = welkin(given, { auth });
    const gone = ended(carewire, client.patients.get("ok", {}, { signal }), signal).finally(give);
    const others = range(11).map((at) => client.patients.get(`ok-${at}`));
    return { gone: await gone, others: (await Promise.all(others)).length };
  },

  /** The deadline passes where it can. */
  async deadlines(given) {
    const { carewire, arrived } = given;
    const never = () => new Promise(() => {});
    const timeoutMs = 47;
    // The time of three of them begins to run when they are where it must find them, however long that takes.
    const { setTimeout } = globalThis;
    const timers = [];
    globalThis.setTimeout = (run, after, ...given) =>
      after === timeoutMs ? void timers.push(() => setTimeout(run, after, ...given)) : setTimeout(run, after, ...given);
    let begun;
    const begins = new Promise((resolve) => (begun = resolve));
    const onEvent = ({ type }) => type === "response" && begun();
    const calls = [
      welkin(given, { auth: never, timeoutMs: 50 }).client.patients.get("ok"),
      welkin(given, { timeoutMs }).client.patients.get("hanging-2"),
      welkin(given, { timeoutMs, onEvent }).client.patients.get("endless-2"),
      welkin(given, { timeoutMs }).client.patients.create({ firstName: "Robin", lastName: "Hanging" }),
    ].map((call) => ended(carewire, call));
    await Promise.all([arrived("hanging-2"), begins, arrived("patients")]);
    globalThis.setTimeout = setTimeout;
    for (const start of timers) start();
    return Promise.all(calls);
  },

  /** Panics, in a package whose wasm has a trap (`trapping.mjs`). */
  async panics(given) {
    const { carewire, arrived } = given;
    const { client } = welkin(given);
    const ends = [];
    const clock = performance.now;
    let reading = 0;
    for (let sprung = true; sprung; reading += 1) {
      let left = reading;
      sprung = false;
      performance.now = () => {
        if (left-- !== 0) return clock.call(performance);
        sprung = true;
        return Number.NaN;
      };
      const end = await ended(carewire, client.patients.get("ok"));
      performance.now = clock;
      // The fetch of Node reads the clock too: what it got, the wasm did not.
      if (sprung && end !== "worked") ends.push(end);
      await client.patients.get("ok");
    }
    const under = range(3).map((at) => ended(carewire, client.patients.get(`hanging-${at}-of-3`)));
    await Promise.all(range(3).map((at) => arrived(`hanging-${at}-of-3`)));
    performance.now = () => Number.NaN;
    const last = ended(carewire, client.patients.get("ok"));
    const others = await Promise.all([...under, last]);
    performance.now = clock;
    const { id } = await client.patients.get("ok");
    return { places: ends.length, kinds: [...new Set([...ends, ...others].map((end) => JSON.stringify(end)))], id };
  },
};
