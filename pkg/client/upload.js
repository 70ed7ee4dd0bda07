// Bodies with files. The platform writes the form; a file that is a stream, or whose progress is
// counted, goes into its place on the way.

import { inBrowser } from "./engine.js";
import { wrong } from "./errors.js";
import { check, isText, named } from "./options.js";

const isStream = ({ data }) => data instanceof ReadableStream;

/** Whether this has the content of a file. */
const isFile = ({ data }) =>
  data instanceof Blob || data instanceof ArrayBuffer || ArrayBuffer.isView(data) || (isStream({ data }) && !data.locked);

const known = { data: [() => true], name: [isText, "the name of a file"], type: [isText, "the type of a file"] };

/** A file with its name and type; `undefined` when the value is none. */
function fileOf(value, place) {
  const given = isFile({ data: value }) ? { data: value } : value;
  if (!given || !isFile(given)) return undefined;
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
  let strange;
  for (const [name, value] of Object.entries(record)) {
    const place = named("body", name);
    const show = (value, at) => {
      const file = fileOf(value, place);
      const part = file ?? (value instanceof Date ? value.toJSON() : value);
      if (part === undefined || part === null) {
        // A form has no place for what is missing in a list.
        if (at >= 0) strange = place;
        return part;
      }
      parts.push([name, part]);
      if (file) isForm = true;
      else if (typeof part === "object") strange = place;
      return file ? {} : value;
    };
    shown[name] = Array.isArray(value) ? value.map(show) : show(value);
  }
  if (!isForm) return undefined;
  if (strange) throw wrong(strange, "a file: a Blob, a stream, bytes, or { data, name, type }", operation);
  return { shown, parts };
}

/** Whether fetch sends this body as it is. */
export function travels(body) {
  return body instanceof FormData || body instanceof URLSearchParams || isFile({ data: body });
}

/** Tells how many bytes have passed, never fewer than before. */
export function meter(observer, total) {
  let told = -1;
  return (loaded) => {
    if (!observer || !(loaded > told)) return;
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
  const parts = Array.isArray(given) ? given : undefined;
  const files = parts ? parts.map(([, part]) => part).filter(isFile) : [{ data: given, type: given.type }].filter(isFile);
  // What is sent is what was given with the call: bytes may be written over while it waits for its turn.
  for (const file of files) if (!isStream(file) && !(file.data instanceof Blob)) file.data = new Blob([file.data]);
  // A browser takes a stream over HTTP/2 only, or sends its name as text: there it is read first.
  const collects = inBrowser();
  const once = !collects && files.some(isStream);
  const counts = once || (!collects && observer && files.length > 0);
  let total = NaN;
  let tell = () => {};

  function form(content) {
    const form = new FormData();
    for (const [name, part] of parts) {
      if (isFile(part)) form.append(name, content(part), part.name);
      else form.append(name, part);
    }
    return form;
  }

  async function send(cancel) {
    for (const file of collects ? files.filter(isStream) : []) {
      file.data = await new Response(file.data.pipeThrough(new TransformStream(), cancel)).blob();
    }
    if (files.length && !(total >= 0)) {
      // A stream has no size: then there is no total.
      total = files.reduce((sum, { data }) => sum + data.size, 0);
      tell = meter(observer, total >= 0 ? total : undefined);
    }
    if (!counts) {
      tell(0);
      const blob = ({ data, type }) => (data.type === type ? data : new Blob([data], { type }));
      return [parts ? form(blob) : (files[0]?.data ?? given)];
    }
    // The platform writes the form around a mark in each file's place.
    const mark = crypto.randomUUID();
    const written = parts && new Response(form(({ type }) => new Blob([mark], { type })));
    const texts = parts ? (await written.text()).split(mark) : ["", ""];
    return [around(texts, files, tell, cancel), parts ? written.headers.get("content-type") : files[0].type];
  }

  return { send, once, end: () => tell(total) };
}

/** A stream of these texts with the files between them. */
function around(texts, files, tell, cancel) {
  const readers = files.map(({ data }) => (isStream({ data }) ? data : new Response(data).body).getReader());
  const chunks = (async function* () {
    let loaded = 0;
    for (const [at, text] of texts.entries()) {
      // A stream that was let go looks as if it had ended.
      cancel.signal.throwIfAborted();
      if (text) yield new TextEncoder().encode(text);
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
