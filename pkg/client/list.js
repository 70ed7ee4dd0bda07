// A list as one lazy object: await it for its page, iterate it for the records of all pages.

import { check } from "./options.js";

const arrayOptions = {
  limit: [(value) => value === Infinity || (Number.isInteger(value) && value >= 0), "a whole number of at least 0"],
};

/** Steps that overlap wait for each other. */
function inTurn(step) {
  let last = Promise.resolve();
  return () => {
    const next = last.then(step);
    last = next.catch(() => {});
    return next;
  };
}

/** Goes through the pages one by one, each with its records; a page that failed can be asked for again. */
function pages(ask) {
  let start;
  let done = false;
  let ended = false;
  return {
    next: inTurn(async () => {
      while (!done) {
        const [page, records, next, repeated] = await ask(start);
        start = next;
        // A page that is still under way when the iteration is ended is the last one.
        done = ended || next === undefined;
        if (!repeated) return { done: false, value: { page, records } };
      }
      return { done, value: undefined };
    }),
    async return(value) {
      done = ended = true;
      return { done, value };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

export class List {
  #first;
  #ask;
  #page;

  /** `first` gets the first page as it came; `ask` gets a page with its records and what follows. */
  constructor(first, ask) {
    this.#first = first;
    this.#ask = ask;
  }

  #send() {
    // A failure is not remembered: awaiting the list again asks again.
    this.#page ??= this.#first().catch((error) => {
      this.#page = undefined;
      throw error;
    });
    return this.#page;
  }

  then(onFulfilled, onRejected) {
    return this.#send().then(onFulfilled, onRejected);
  }

  catch(onRejected) {
    return this.#send().catch(onRejected);
  }

  finally(onFinally) {
    return this.#send().finally(onFinally);
  }

  pages() {
    const all = pages(this.#ask);
    const next = async () => {
      const { done, value } = await all.next();
      return { done, value: value?.page };
    };
    return { ...all, next };
  }

  [Symbol.asyncIterator]() {
    const all = pages(this.#ask);
    let records = [];
    let at = 0;
    let ended = false;
    return {
      ...all,
      next: inTurn(async () => {
        while (ended || at >= records.length) {
          const { done, value } = await all.next();
          if (done) return { done, value };
          ({ records } = value);
          at = 0;
        }
        return { done: false, value: records[at++] };
      }),
      return(value) {
        ended = true;
        return all.return(value);
      },
    };
  }

  async toArray(options = {}) {
    check(options, arrayOptions, "options");
    const { limit = Infinity } = options;
    const records = [];
    if (limit === 0) return records;
    for await (const record of this) {
      records.push(record);
      if (records.length >= limit) break;
    }
    return records;
  }

  get [Symbol.toStringTag]() {
    return "CarewireList";
  }
}
