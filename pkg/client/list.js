// A list as one lazy object: await it for its page, iterate it for the records of all pages.

import { check } from "./options.js";

const arrayOptions = {
  limit: [(value) => value === Infinity || (Number.isInteger(value) && value >= 0), "a whole number of at least 0"],
};

/** Goes through the pages one by one; a page that failed can be asked for again. */
class Pages {
  #ask;
  #start;
  #done = false;
  #ended = false;
  // Overlapping calls of next() wait for each other.
  #last = Promise.resolve();

  constructor(ask) {
    this.#ask = ask;
  }

  next() {
    const step = this.#last.then(() => this.#step());
    this.#last = step.catch(() => {});
    return step;
  }

  async #step() {
    while (!this.#done) {
      const [page, records, next, repeated] = await this.#ask(this.#start);
      this.#start = next;
      // A page that is still under way when the iteration is ended is the last one.
      this.#done = this.#ended || next === undefined;
      if (!repeated) return { done: false, value: { page, records } };
    }
    return { done: true, value: undefined };
  }

  async return(value) {
    this.#done = this.#ended = true;
    return { done: true, value };
  }
}

/** Turns the steps of the pages into something else, and is an iterator itself. */
function iterator(ask, next) {
  const pages = new Pages(ask);
  return {
    next: () => next(pages),
    return: (value) => pages.return(value),
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
    return iterator(this.#ask, async (pages) => {
      const step = await pages.next();
      return step.done ? step : { done: false, value: step.value.page };
    });
  }

  [Symbol.asyncIterator]() {
    let records = [];
    let at = 0;
    let ended = false;
    let last = Promise.resolve();
    const step = async (pages) => {
      while (ended || at >= records.length) {
        const { done, value } = await pages.next();
        if (done) return { done: true, value: undefined };
        ({ records } = value);
        at = 0;
      }
      return { done: false, value: records[at++] };
    };
    const all = iterator(this.#ask, (pages) => {
      const next = last.then(() => step(pages));
      last = next.catch(() => {});
      return next;
    });
    const end = all.return;
    all.return = (value) => {
      ended = true;
      return end(value);
    };
    return all;
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
