// The JavaScript side of the border. What is here crosses it in one import, where web-sys would need
// one for every property and method; each import costs the package about 60 bytes after compression.

/** For replies: the engine took off the one mark of byte order that may be there. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** What has to be cancelled when the wasm fails, for then it does so no more. */
export const ends = new Set();

/** gloo-timers asks for these by name, and in the package it is these that it gets. */
function setTimeout(work, delay) {
  const timer = { cancel: () => (ends.delete(timer), globalThis.clearTimeout(id)) };
  const id = globalThis.setTimeout(() => (ends.delete(timer), work()), delay);
  ends.add(timer);
  return timer;
}

function clearTimeout(timer) {
  timer.cancel();
}

/** The value that the JSON parser of the JavaScript engine builds; `undefined` of no text. */
export function parse(bytes) {
  const text = decoder.decode(bytes);
  return text.trim() === "" ? undefined : JSON.parse(text);
}

/** An error as plain data, for the error classes of the façade. */
export function failure(text, body, cause) {
  return { ...JSON.parse(text), body: new TextDecoder().decode(body), cause };
}

/** Tells an observer of an event; one that throws harms no call. */
export function tell(observer, text) {
  try {
    observer(JSON.parse(text));
  } catch {}
}

/** The answer to a call in wire form. */
export function answer(data, text) {
  return { ...JSON.parse(text), data };
}

/** A page with its records, which lie at the end of a path of keys. */
export function page(data, path, repeated, next) {
  const records = repeated ? [] : path.split(".").reduce((part, key) => (key === "" ? part : part?.[key]), data);
  return [data, Array.isArray(records) ? records : [], next, repeated];
}

/**
 * Work that may never end, until `stop` is given what stops it. The wasm keeps what waits for a promise
 * until it settles, and nobody says that what a caller gave ever does.
 */
function until(work, stop) {
  return new Promise((resolve, reject) => {
    stop(reject);
    work.then(resolve, reject);
  });
}

/** Asks a token provider; resolves to the token and the end of its life, `undefined` of what is no token. */
export function ask(provider, refused, signal) {
  return until(tokenOf(provider, refused, signal), (reject) => signal.addEventListener("abort", reject));
}

async function tokenOf(provider, refused, signal) {
  const forced = refused === undefined ? { forceRefresh: false } : { forceRefresh: true, refused };
  const answer = await provider({ ...forced, signal });
  if (typeof answer === "string") return JSON.stringify([answer]);
  const { token, expiresAt } = answer ?? {};
  if (typeof token !== "string") return undefined;
  if (expiresAt === undefined || expiresAt === null) return JSON.stringify([token]);
  const known = ["number", "string"].includes(typeof expiresAt) || expiresAt instanceof Date;
  const end = known ? new Date(expiresAt).getTime() : NaN;
  // What is before 1970 has expired like anything else in the past.
  return Number.isFinite(end) ? JSON.stringify([token, Math.max(0, end)]) : undefined;
}

/** The body of an answer; `undefined` as soon as it is longer than `most` bytes. */
export async function whole(response, most) {
  const reader = response.body?.getReader?.();
  // There is no body, or it is none of the web's own.
  if (!reader) return new Uint8Array(await response.arrayBuffer());
  const chunks = [];
  let length = 0;
  for (let step; !(step = await reader.read()).done; chunks.push(step.value)) {
    if ((length += step.value.length) > most) return undefined;
  }
  const bytes = new Uint8Array(length);
  for (const chunk of chunks.reverse()) bytes.set(chunk, (length -= chunk.length));
  return bytes;
}

/** One request through the fetch function that the caller configured. */
export class Sending {
  #cancel = new AbortController();
  #response;
  #take;
  #stop;

  /** Resolves to the head of the answer as JSON text: `[status, name, value, …]`. */
  send(...given) {
    ends.add(this);
    return this.#until(this.#send(...given));
  }

  async #send(fetch, method, url, pairs, given) {
    const [body, type, take] = typeof given === "function" ? await given(this.#cancel) : [given];
    const headers = new Headers(JSON.parse(pairs));
    if (type && !headers.has("content-type")) headers.set("content-type", type);
    const response = await fetch(url, {
      method,
      headers,
      body,
      duplex: body instanceof ReadableStream ? "half" : undefined,
      // Credentials must not follow a redirect to another host. Neither `mode` nor `credentials` is
      // set: workerd refuses them.
      redirect: "manual",
      signal: this.#cancel.signal,
    });
    const head = [response.status];
    response.headers.forEach((value, name) => head.push(name, value));
    // What is no `Response` is a lost connection.
    if (typeof head[0] !== "number" || typeof response.arrayBuffer !== "function") throw head;
    this.#response = response;
    if (response.ok) this.#take = take;
    return JSON.stringify(head);
  }

  /** Reads the body to its end, or has it read by whom a file is for; what is too long is left unread. */
  bytes(most) {
    return this.#until(this.#read(most));
  }

  async #read(most) {
    const bytes = this.#take ? new Uint8Array(await this.#take(this.#response)) : await whole(this.#response, most);
    // To abort what is done would only make an exception that nobody sees.
    if (bytes) this.#cancel = undefined;
    return bytes;
  }

  cancel() {
    ends.delete(this);
    this.#cancel?.abort();
    this.#stop?.();
  }

  #until(work) {
    return until(work, (stop) => (this.#stop = stop));
  }
}
