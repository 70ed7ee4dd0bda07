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
    const phases = {
      before: [{}, "ok", (abort) => abort()],
      token: [{ auth: never }, "ok", (abort) => setTimeout(abort)],
      response: [{}, "hanging-1", (abort) => arrived("hanging-1").then(abort)],
      body: [{}, "endless-1", (abort) => arrived("endless-1").then(abort)],
      wait: [{ retries: 2 }, "busy-1", (abort) => arrived("busy-1").then(() => setTimeout(abort, 20))],
    };
    const ends = {};
    for (const [name, [options, id, when]] of Object.entries(phases)) {
      const { controller, signal, listeners } = counted();
      const { client } = welkin(given, options);
      if (name === "before") controller.abort();
      const call = ended(carewire, client.patients.get(id, {}, { signal }), signal);
      when(() => controller.abort());
      ends[name] = { ...(await call), listeners: listeners() };
    }
    return ends;
  },

  /** One of twelve calls that wait for one token is aborted: the others get it. */
  async shared(given) {
    const { carewire } = given;
    const auth = () => new Promise((resolve) => setTimeout(() => resolve("token-2"), 40));
    const { client } = welkin(given, { auth });
    const { controller, signal } = counted();
    const gone = ended(carewire, client.patients.get("ok", {}, { signal }), signal);
    const others = range(11).map((at) => client.patients.get(`ok-${at}`));
    setTimeout(() => controller.abort(), 10);
    return { gone: await gone, others: (await Promise.all(others)).length };
  },

  /** The deadline passes where it can. */
  async deadlines(given) {
    const { carewire } = given;
    const never = () => new Promise(() => {});
    const calls = [
      welkin(given, { auth: never, timeoutMs: 50 }).client.patients.get("ok"),
      welkin(given, { timeoutMs: 200 }).client.patients.get("hanging-2"),
      welkin(given, { timeoutMs: 200 }).client.patients.get("endless-2"),
      welkin(given, { timeoutMs: 200 }).client.patients.create({ firstName: "Robin", lastName: "Hanging" }),
    ];
    return Promise.all(calls.map((call) => ended(carewire, call)));
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
