// One request on its way through the gateway. The wasm decides where it goes; the streams stay here.

export class Forwarding {
  /** The answer, its body unread. */
  response;
  /** The body grew beyond the limit. */
  tooLarge = false;
  #fetch;
  #body;
  #stop = new AbortController();

  constructor(fetch, body, maxBodyBytes) {
    this.#fetch = fetch;
    this.#body = body && maxBodyBytes !== undefined ? this.#counted(body, maxBodyBytes) : body;
  }

  /** A stream cannot be sent a second time. */
  get repeatable() {
    return this.#body === null;
  }

  async send(method, url, headers, signal) {
    // The answer to the first attempt, whose token was refused.
    await this.response?.body?.cancel();
    this.response = undefined;
    const init = { method, headers, signal, redirect: "manual" };
    if (this.#body !== null) {
      Object.assign(init, { body: this.#body, duplex: "half", signal: AbortSignal.any([signal, this.#stop.signal]) });
    }
    this.response = await this.#fetch(url, init);
    return this.response.status;
  }

  /**
   * Counts a body that does not tell its length. When it grows too large or breaks off, the request is
   * aborted before the stream fails: workerd ends the body of a failed stream as if it were whole, and
   * the API would keep half a document.
   */
  #counted(body, most) {
    const reader = body.getReader();
    let length = 0;
    const fail = (controller, error) => {
      this.#stop.abort();
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
        this.tooLarge = true;
        fail(controller, new RangeError("the body is too large"));
        await reader.cancel();
      },
      cancel: (reason) => reader.cancel(reason),
    });
  }
}
