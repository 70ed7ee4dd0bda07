// One request on its way to an API. The wasm gives leave and judges the answer; the streams stay here.

import { isolatesCallers } from "../client/engine.js";

/** workerd ends what a request still fetches when the request has its answer. */
const endsByItself = isolatesCallers();

/** What a deadline gives when it has passed. */
export const late = Symbol("late");

/** One deadline over everything until the answer of the API begins. */
export class Deadline {
  #ends;
  #stop;
  #timer;
  #leave;
  #over = false;

  /** `begun` and the time that there is, in milliseconds. */
  constructor(begun, milliseconds) {
    this.#ends = begun + milliseconds;
  }

  /** Is aborted with the deadline, and by `abort`. Made when it is asked for: in workerd it costs much. */
  get signal() {
    return (this.#stop ??= new AbortController()).signal;
  }

  /** What a promise gives, or `late`. One is waited for at a time. */
  before(promise) {
    return new Promise((resolve, reject) => {
      if (this.#over) resolve(late);
      this.#leave = resolve;
      this.#timer ??= setTimeout(this.#pass, Math.max(0, this.#ends - Date.now()));
      promise.then(resolve, reject);
    });
  }

  /** There is an answer: the time that it still takes is not counted. */
  end() {
    this.#leave = undefined;
    // workerd drops the timer with the request, which costs less.
    if (!endsByItself) clearTimeout(this.#timer);
  }

  abort() {
    this.#stop?.abort();
  }

  #pass = () => {
    // After the answer nobody waits.
    if (!this.#leave) return;
    this.#over = true;
    this.#leave(late);
    this.abort();
  };
}

/** The credentials that an API took. */
const taken = new WeakSet();

/**
 * Sends an admitted request and gives the answer of the API, or the word for why there is none. `body`
 * is text, a stream or `null`; a stream can not be sent a second time.
 */
export async function forward({ core, fetch, method, url, headers, body, deadline }) {
  const init = { method, headers, redirect: "manual" };
  if (body !== null) {
    init.body = body;
    if (typeof body !== "string") init.duplex = "half";
  }
  if (init.duplex || !endsByItself) init.signal = deadline.signal;
  for (let repeatable = !init.duplex; ; repeatable = false) {
    let leave;
    try {
      leave = core.ready();
      if (leave instanceof Promise) leave = await deadline.before(leave);
    } catch {
      return "token";
    }
    if (leave === late) return "timeout";
    headers[leave[0]] = leave[1];
    let response;
    try {
      response = await deadline.before(fetch(url, init));
    } catch {
      // What fetch says of a failure may hold the URL: it goes no further.
      return "upstream";
    }
    if (response === late) return "timeout";
    if (response?.ok) {
      // Once is enough for each credential: every crossing costs.
      if (!taken.has(leave)) {
        taken.add(leave);
        core.judge(leave, response.status, false);
      }
      return response;
    }
    // What is no response at all has no status.
    const verdict = core.judge(leave, response?.status ?? 0, repeatable);
    if (verdict === 0) return response;
    letGo(response);
    if (verdict === 2) return "upstream";
  }
}

/** Leaves a body unread. Nobody waits for that, and what its stream says of a failure is nobody's business. */
export function letGo(response) {
  response?.body?.cancel().catch(() => {});
}

/**
 * Counts a body that does not tell its length. When it grows too large or breaks off, the request is
 * aborted before the stream fails: workerd ends the body of a failed stream as if it were whole, and
 * the API would keep half a document.
 */
export function counted(body, most, deadline, tooLarge) {
  const reader = body.getReader();
  let length = 0;
  const fail = (controller, error) => {
    deadline.abort();
    controller.error(error);
  };
  return new ReadableStream({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        length += value.byteLength;
        if (length <= most) return controller.enqueue(value);
      } catch (error) {
        return fail(controller, error);
      }
      tooLarge();
      fail(controller, new RangeError("the body is too large"));
      await reader.cancel();
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** Reads a stream of UTF-8 to its end: the text, or `late`. More than `most` bytes are a `RangeError`. */
export async function readText(body, most, deadline) {
  const reader = body.getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [text, length] = ["", 0];
  for (;;) {
    const part = await deadline.before(reader.read());
    if (part === late || (length += part.value?.byteLength ?? 0) > most) {
      reader.cancel().catch(() => {});
      if (part === late) return late;
      throw new RangeError("the body is too large");
    }
    if (part.done) return text + decoder.decode();
    text += decoder.decode(part.value, { stream: true });
  }
}

/** Reads JSON. A number that JavaScript rounds is refused: sent on, it would be another one. */
export function exactly(text, core) {
  if (!core.isExact(text)) throw new SyntaxError("a number that JavaScript rounds");
  return JSON.parse(text);
}
