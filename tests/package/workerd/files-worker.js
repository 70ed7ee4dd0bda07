// A worker that sends and gets files, and says what it saw of them.

import { AbortError, CarewireError, Welkin } from "carewire";

/** The same one again and again: what the test throws away is no matter of the client. */
const chunk = new Uint8Array(64 * 1024).fill(7);

/** So many chunks, and an end after `until`. */
function generated(chunks, until) {
  let made = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        if (made++ < chunks) return controller.enqueue(chunk);
        await until;
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

function meter() {
  const told = [];
  return { told, onProgress: ({ loaded, total }) => told.push([loaded, total]) };
}

const tasks = {
  async kinds({ files }) {
    const sources = [
      new File(["one"], 'the "first" één.pdf', { type: "application/pdf" }),
      new Blob(["two"], { type: "image/png" }),
      { data: new TextEncoder().encode("three"), name: "trois é.jpg", type: "image/jpeg" },
      new File([], "empty.pdf", { type: "application/pdf" }),
    ];
    await files.upload("p1", "d1", { files: sources });
    const { told, onProgress } = meter();
    const stream = { data: new Blob(["fo", "ur"]).stream(), name: "four.png", type: "image/png" };
    await files.upload("p1", "d1", { files: sources }, { onProgress });
    await files.upload("p1", "d1", { files: [...sources, stream] });
    return { told };
  },

  async upload({ files, chunks }) {
    const { told, onProgress } = meter();
    await files.upload("p1", "d1", { files: [{ data: generated(chunks), name: "large.pdf", type: "application/pdf" }] }, { onProgress });
    return { told };
  },

  async download({ files }) {
    const { told, onProgress } = meter();
    const file = await files.download("p1", "d1", "f1", { onProgress });
    let length = 0;
    for await (const chunk of file.stream()) length += chunk.byteLength;
    return { name: file.name, type: file.type, size: file.size, length, told };
  },

  async "aborted-upload"({ files, url }) {
    const { signal, controller } = aborting();
    const sent = files.upload("p1", "d1", { files: [generated(2, new Promise(() => {}))] }, { signal });
    await fetch(`${url}/arrived`);
    controller.abort();
    return rejection(sent, signal);
  },

  async "broken-upload"({ files, url }) {
    const arrived = fetch(`${url}/arrived`).then(() => {
      throw new Error("the disk is gone");
    });
    return rejection(files.upload("p1", "d1", { files: [generated(2, arrived)] }));
  },

  async "refused-upload"({ files }) {
    return rejection(files.upload("p1", "d1", { files: [generated(1)] }));
  },

  async "aborted-download"({ files }) {
    const { signal, controller } = aborting();
    const file = await files.download("p1", "d1", "f1", { signal });
    const reader = file.stream().getReader();
    await reader.read();
    controller.abort();
    return rejection(drain(reader), signal);
  },

  async "lost-download"({ files }) {
    const file = await files.download("p1", "d1", "f1");
    return rejection(file.bytes());
  },
};

function aborting() {
  const controller = new AbortController();
  return { controller, signal: controller.signal };
}

async function drain(reader) {
  while (!(await reader.read()).done);
}

async function rejection(promise, signal) {
  return promise.then(
    () => ({ ended: "well" }),
    (error) => ({
      ended: error instanceof CarewireError ? error.name : String(error),
      aborted: error instanceof AbortError,
      reason: signal && error === signal.reason,
    }),
  );
}

export default {
  async fetch(request, { API }) {
    const { pathname, searchParams } = new URL(request.url);
    const { documentFiles: files } = new Welkin({ tenant: "gh", instance: "sb-demo", baseUrl: API, auth: () => "token-1", retries: 0 });
    const given = { files, url: API, chunks: Number(searchParams.get("chunks")) };
    return Response.json(await tasks[pathname.slice(1)](given));
  },
};
