// A file that comes back: its name and type at once, its bytes as they arrive.

import { meter } from "./upload.js";

/**
 * A file over an answer. `read` is called when its bytes were read or are not wanted, `broken` when the
 * connection was lost. With it comes what ends it with an error.
 */
export function fileDownload(response, observer, read, broken) {
  const { status } = response;
  const headers = new Headers(response.headers);
  const type = headers.get("content-type") ?? "";
  const length = headers.get("content-length");
  const size = length === null || headers.has("content-encoding") ? undefined : Number(length);
  const tell = meter(observer, size);
  const reader = (response.body ?? new Blob([]).stream()).getReader();
  let loaded = 0;
  let used = false;
  let fail;
  const stream = new ReadableStream(
    {
      start(controller) {
        fail = (error) => {
          controller.error(error);
          reader.cancel().catch(() => {});
        };
      },
      async pull(controller) {
        used = true;
        try {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            return read();
          }
          controller.enqueue(value);
          tell((loaded += value.byteLength));
        } catch {
          // What it was, the end of the call says.
          broken();
        }
      },
      cancel(reason) {
        used = true;
        read();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  // Not that of a `Response`, for Chromium says of every failure there that it was the network.
  async function blob() {
    if (used) throw new TypeError("the file was read already");
    const chunks = [];
    const whole = stream.getReader();
    for (let step; !(step = await whole.read()).done; ) chunks.push(step.value);
    return new Blob(chunks, { type });
  }
  const arrayBuffer = async () => (await blob()).arrayBuffer();
  const file = {
    name: nameIn(headers.get("content-disposition") ?? ""),
    type,
    size,
    status,
    headers,
    // As the engine has it.
    requestId: ["x-request-id", "request-id", "x-correlation-id"].map((name) => headers.get(name) ?? undefined).find(Boolean),
    blob,
    arrayBuffer,
    bytes: async () => new Uint8Array(await arrayBuffer()),
    stream: () => stream,
  };
  return { file, fail };
}

/** The name in a `Content-Disposition` (RFC 6266), without folders. What is no UTF-8 falls back (RFC 8187). */
function nameIn(header) {
  const values = {};
  for (const [, key, plain, quoted] of header.matchAll(/;\s*([\w*]+)\s*=\s*("((?:[^"\\]|\\.)*)"|[^\s;]*)/g)) {
    values[key.toLowerCase()] ??= quoted?.replace(/\\(.)/g, "$1") ?? plain;
  }
  let name = values.filename;
  try {
    name = decodeURIComponent(/^utf-8'[^']*'(.+)/i.exec(values["filename*"])[1]);
  } catch {}
  return name?.split(/[\\/]/).pop() || undefined;
}
