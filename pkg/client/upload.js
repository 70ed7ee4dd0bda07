// Bodies with files. The platform writes the form; a file that is a stream, or whose progress is
// counted, goes into its place on the way.

import { inBrowser } from "./engine.js";
import { wrong } from "./errors.js";
import { check, isText, named } from "./options.js";

/** Whether this can be the content of a file. */
function isContent(value) {
  return (
    value instanceof Blob ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    (value instanceof ReadableStream && !value.locked)
  );
}

const known = {
  data: [isContent, "a Blob, bytes, or a stream that nobody reads"],
  name: [isText, "the name of a file"],
  type: [isText, "the type of a file"],
};

const isStream = ({ data }) => data instanceof ReadableStream;
const isFile = ({ data }) => isContent(data);

/** A file with its name and type; `undefined` when the value is none. */
function fileOf(value, place) {
  const given = isContent(value) ? { data: value } : value;
  if (!isFile(given ?? {})) return undefined;
  check(given, known, place);
  const { data, name = data.name ?? "blob", type = data.type ?? "" } = given;
  return { data, name, type };
}

/**
 * The parts of a record that travels as a form, and the record with each file as `{}`. Nothing when it
 * holds no file and need not be a form.
 */
export function formOf(record, always, operation) {
  const parts = [];
  const shown = {};
  let isForm = always;
  for (const [name, value] of Object.entries(record)) {
    const show = (value) => {
      const file = fileOf(value, named("body", name));
      isForm ||= !!file;
      parts.push([name, file ?? value]);
      return file ? {} : value;
    };
    shown[name] = Array.isArray(value) ? value.map(show) : show(value);
  }
  if (!isForm) return undefined;
  return { shown, parts: parts.flatMap((part) => partOf(part, operation)) };
}

/** A part as the platform takes it; none for what is not set. */
function partOf([name, value], operation) {
  if (value === undefined || value === null) return [];
  if (isFile(value)) return [[name, value]];
  const plain = value instanceof Date ? value.toJSON() : value;
  if (typeof plain !== "object") return [[name, plain]];
  throw wrong(named("body", name), "a file: a Blob, a stream, bytes, or { data, name, type }", operation);
}

/** Whether fetch sends this body as it is. */
export function travels(body) {
  return body instanceof FormData || body instanceof URLSearchParams || isContent(body);
}

/** Tells how many bytes have passed, never fewer than before. */
export function meter(observer, total) {
  let told = -1;
  return (loaded) => {
    if (!observer || loaded <= told) return;
    told = loaded;
    try {
      observer({ loaded, total });
    } catch {}
  };
}

/**
 * How the parts of a form, or a body as it is, are sent: `send` makes what fetch takes for an attempt,
 * with its content type where fetch cannot know it; `once` says that there can be no second attempt.
 */
export function upload(given, observer) {
  const isForm = Array.isArray(given);
  const file = isContent(given) && { data: given, type: given.type };
  const files = isForm ? given.map(([, part]) => part).filter(isFile) : file ? [file] : [];
  // A browser takes a stream over HTTP/2 only, or sends its name as text: there it is read first.
  const mayStream = !inBrowser();
  const once = mayStream && files.some(isStream);
  const isCounted = once || (mayStream && observer && files.length > 0);
  let tell = () => {};
  let total;

  function form(content) {
    const form = new FormData();
    for (const [name, part] of given) {
      if (isFile(part)) form.append(name, content(part), part.name);
      else form.append(name, part);
    }
    return form;
  }

  async function send(cancel) {
    if (!mayStream) {
      for (const part of files.filter(isStream)) {
        part.data = await new Response(part.data.pipeThrough(new TransformStream(), cancel)).blob();
      }
    }
    if (total === undefined) {
      total = files.reduce((sum, { data }) => sum + (data.size ?? data.byteLength ?? NaN), files.length ? 0 : NaN);
      tell = meter(observer, total >= 0 ? total : undefined);
    }
    if (!isCounted) {
      tell(0);
      return [isForm ? form(({ data, type }) => (data.type === type ? data : new Blob([data], { type }))) : (file.data ?? given)];
    }
    if (!isForm) return [around(["", ""], files, tell, cancel), file.type];
    // The platform writes the form around a mark in each file's place.
    const mark = crypto.randomUUID();
    const written = new Response(form(({ type }) => new Blob([mark], { type })));
    const type = written.headers.get("content-type");
    return [around((await written.text()).split(mark), files, tell, cancel), type];
  }

  return { send, once, end: () => total >= 0 && tell(total) };
}

/** A stream of these texts with the files between them. */
function around(texts, files, tell, cancel) {
  const encoder = new TextEncoder();
  const readers = files.map(({ data }) => (isStream({ data }) ? data : (data.stream?.() ?? new Blob([data]).stream())).getReader());
  const chunks = (async function* () {
    let loaded = 0;
    for (const [at, text] of texts.entries()) {
      // A stream that was let go looks as if it had ended.
      cancel.signal.throwIfAborted();
      if (text) yield encoder.encode(text);
      for (let step; readers[at] && !(step = await readers[at].read()).done; tell((loaded += step.value.byteLength))) {
        yield step.value;
      }
    }
  })();
  const letGo = (reason) => Promise.allSettled(readers.map((reader) => reader.cancel(reason)));
  // Not every runtime cancels the body of a request that is aborted.
  cancel.signal.addEventListener("abort", () => letGo(cancel.signal.reason));
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next().catch((error) => {
        // First of all, for workerd ends the body of a stream that fails as if it were whole.
        cancel.abort();
        throw error;
      });
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: letGo,
  });
}
