// The body that a request carries to an API: what is refused unread, what is read for a policy or because
// it must agree with the path, and what goes on.

import { isolatesCallers } from "../client/engine.js";
import { counted, exactly, late, readText } from "./forwarding.js";

const json = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;
/** A comma would begin another type. */
const form = /^multipart\/form-data\s*;[^,]*$/i;

/** Each refusal is a status and the word for it. */
const TOO_LARGE = [413, "too_large"];

export class Carried {
  #core;
  #headers;
  #limits;
  #deadline;
  /** What the operation takes; see src/edge/describe.rs. */
  #carries;
  #isJson;
  #isForm;
  /** The stream that came; when it was read, its text, or `null` of an empty one. */
  #body;
  #isRead = false;
  #content;
  #isTooLarge = false;

  /** The body of a request, which is there. */
  constructor(core, headers, body, carries, limits, deadline) {
    this.#core = core;
    this.#headers = headers;
    this.#body = body;
    this.#carries = carries;
    this.#limits = limits;
    this.#deadline = deadline;
    const type = headers.get("content-type") ?? "";
    this.#isJson = json.test(type);
    this.#isForm = form.test(type);
  }

  /** Why it is refused unread, if it is. `asked` says whether the policy reads it. */
  unfit(asked) {
    const [isJson, isForm] = [this.#isJson, this.#isForm];
    // A site that is not asked first can send a form or plain text, but not JSON. Forms that an operation
    // takes are guarded by the origin alone.
    const taken = { json: isJson, form: isForm, "json or form": isJson || isForm };
    if (!(asked ? isJson : taken[this.#carries] ?? true)) return [415, "content_type"];
    if ((this.#headers.get("content-encoding") ?? "identity") !== "identity") return [415, "content_encoding"];
    const length = this.#headers.get("content-length");
    if (length !== null && Number(length) > this.#limits.maxBodyBytes) return TOO_LARGE;
  }

  /** Reads it as JSON, once. Gives why it is refused, if it is. */
  async read() {
    if (this.#isRead) return undefined;
    this.#isRead = true;
    try {
      const text = await readText(this.#body, this.#limits.maxReadBytes, this.#deadline);
      if (text === late) return [408, "timeout"];
      if (text !== "") this.#content = exactly(text, this.#core);
      this.#body = text === "" ? null : JSON.stringify(this.#content);
    } catch (error) {
      return error instanceof RangeError ? TOO_LARGE : [400, "body"];
    }
  }

  /** What was read; `undefined` of an empty body. */
  get content() {
    return this.#content;
  }

  /** Why it is refused when its fields must say what the path says, if it is; pairs of field and value. */
  async disagrees(same) {
    // A form is not read here: it is as large as its files, and the API takes its declared parts only.
    if (this.#isForm && this.#carries !== "json") return undefined;
    const refused = await this.read();
    if (refused) return refused;
    if (this.#body !== null && !agrees(this.#content, same)) return [400, "body"];
  }

  /** The content type that the API is told, if it is told one. */
  get type() {
    if (this.#body === null) return null;
    const isJson = this.#carries === "json" || (this.#carries === "json or form" && this.#isJson);
    return isJson ? "application/json" : this.#headers.get("content-type");
  }

  /** What goes to the API: text, a stream or `null`. */
  onward() {
    const body = this.#body;
    if (!(body instanceof ReadableStream)) return body;
    // workerd sees to it that a body has the length that its head tells.
    if (isolatesCallers() && this.#headers.has("content-length")) return body;
    return counted(body, this.#limits.maxBodyBytes, this.#deadline, () => (this.#isTooLarge = true));
  }

  /** Whether it grew too large on its way. */
  get isTooLarge() {
    return this.#isTooLarge;
  }
}

/**
 * Whether a body, or each of a list, says in these fields what the path says, if it has them at all. The rows
 * in a body name nobody else either; an `id` is their own.
 */
function agrees(body, same) {
  if (Array.isArray(body)) return body.every((part) => agrees(part, same));
  if (typeof body !== "object" || body === null) return true;
  const others = same.filter(([place]) => /\wId$/.test(place));
  if (!Object.values(body).filter(Array.isArray).every((rows) => agrees(rows, others))) return false;
  return same.every(([place, expected]) => {
    const [name, envelope] = place.split(".").reverse();
    return Object.entries(body).every(([key, value]) => {
      // A reader that takes no notice of case must not find another value either.
      if (key.toLowerCase() !== (envelope ?? name).toLowerCase()) return true;
      if (key !== (envelope ?? name)) return false;
      if (envelope !== undefined) return agrees(value, [[name, expected]]);
      return (typeof value === "string" || typeof value === "number") && String(value) === expected;
    });
  });
}
