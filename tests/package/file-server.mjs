// An API of files over a real connection: it takes forms apart, and tells a whole body from one that
// broke off.

import http from "node:http";
import { once } from "node:events";

/** How an API sees a request with a body. */
export class Upload {
  length = 0;
  #chunks = [];

  constructor(request, keep = true) {
    this.headers = request.headers;
    /** `"whole"` or `"broken"`. */
    this.end = new Promise((resolve) => {
      request.on("data", (chunk) => {
        this.length += chunk.length;
        if (keep) this.#chunks.push(chunk);
      });
      request.on("end", () => resolve("whole"));
      request.on("error", () => resolve("broken"));
    });
  }

  /** A body that is no form. */
  text() {
    return Buffer.concat(this.#chunks).toString();
  }

  /** The parts as `[name, text]` or `[name, [file name, type, bytes]]`. */
  async parts() {
    const headers = { "content-type": this.headers["content-type"] };
    const form = await new Response(Buffer.concat(this.#chunks), { headers }).formData();
    const parts = [...form].map(async ([name, part]) =>
      typeof part === "string" ? [name, part] : [name, [part.name, part.type, Buffer.from(await part.arrayBuffer()).toString()]],
    );
    return Promise.all(parts);
  }
}

/** Starts the API. Its `upload` and `download` answer POST and GET. */
export async function startFileServer() {
  const api = {
    uploads: [],
    /** Whether the bytes that come are kept. */
    keeps: true,
    reset() {
      api.uploads = [];
      api.keeps = true;
      api.arrived = new Promise((resolve) => (api.arrive = resolve));
      api.upload = async (upload, response) => {
        if ((await upload.end) === "whole") response.setHeader("content-type", "application/json").end("[]");
      };
      api.download = (response) => response.end();
    },
  };
  api.reset();
  const server = http.createServer((request, response) => {
    if (request.method === "GET") return api.download(response, request);
    const upload = new Upload(request, api.keeps);
    api.uploads.push(upload);
    api.arrive(upload);
    return api.upload(upload, response, request);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  api.url = `http://127.0.0.1:${server.address().port}`;
  api.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return api;
}

/** Whether numbers rise from one to the next. */
export const rises = (numbers) => numbers.every((number, at) => at === 0 || number > numbers[at - 1]);
