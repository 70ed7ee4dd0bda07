// The checks of `everywhere.js` as tests of one runtime, and the server that they ask.

import assert from "node:assert/strict";
import { test } from "node:test";

/** What the server was asked, and how it answers: the last part of the path says what is to happen. */
export class Api {
  arrivals = [];
  #waiting = [];

  /** Requests whose path ends so. */
  count(end) {
    return this.arrivals.filter((path) => path.endsWith(end)).length;
  }

  answer = async (request, response) => {
    // On a connection that it uses again Chromium repeats a request by itself when it is closed unanswered.
    response.setHeader("connection", "close");
    const { pathname } = new URL(request.url, "http://localhost");
    const name = pathname.split("/").at(-1);
    if (pathname.includes("/arrived/")) return this.#arrived(name, response);
    let body = "";
    for await (const chunk of request) body += chunk;
    this.arrivals.push(pathname);
    for (const [awaited, tell] of this.#waiting) if (awaited === name) tell();
    const json = (value, status = 200, headers = {}) =>
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
    if (name.startsWith("renewed") && request.headers.authorization === "Bearer token-1") return json([], 401);
    if (body.includes("Hanging") || name.startsWith("hanging")) return undefined;
    if (request.method === "POST") return request.socket.destroy();
    if (name.startsWith("endless")) return response.writeHead(200, { "content-type": "application/json" }).write('{"id":"');
    if (name.startsWith("busy")) return json([], 503, { "retry-after": "5" });
    return json({ id: name });
  };

  /** Answers when a request with this name has come. */
  #arrived(name, response) {
    const tell = () => response.end();
    if (this.count(`/${name}`) > 0) return tell();
    this.#waiting.push([name, tell]);
  }
}

const unknown = { name: ["CarewireError", "NetworkError"], outcome: "unknown" };
const timeout = (outcome) => ({ name: ["CarewireError", "TimeoutError"], outcome });
const abort = (outcome) => ({ name: ["CarewireError", "AbortError"], outcome, reason: true });

/** `run` runs a check by its name in that runtime; `api()` is what it asked. */
export function holdsEverywhere(run, api) {
  test("twelve calls with a token that is refused cost one new token", async () => {
    const { asked, ids } = await run("renewal");
    assert.deepEqual(asked, [false, true]);
    assert.equal(new Set(ids).size, 12);
  });

  test("a POST that the server read and did not answer arrived once, and its outcome is unknown", async () => {
    assert.deepEqual(await run("cut"), [unknown, unknown, unknown]);
    for (const end of ["sb-demo/patients", "partner/v2/payments", "sb-demo/cut"]) assert.equal(api().count(end), 1, end);
  });

  test("an abort rejects with the reason in every phase, and leaves no listener", async () => {
    const { token, ...others } = await run("aborts");
    assert.deepEqual(token, { ...abort("not_sent"), listeners: 0 });
    assert.deepEqual(others, {
      before: { ...abort("not_sent"), listeners: 0 },
      response: { ...abort("unknown"), listeners: 0 },
      body: { ...abort("unknown"), listeners: 0 },
      wait: { ...abort("unknown"), listeners: 0 },
    });
  });

  test("one of many that wait for one token can go", async () => {
    assert.deepEqual(await run("shared"), { gone: abort("not_sent"), others: 11 });
  });

  test("the deadline passes while a token, a reply or the end of a body is awaited", async () => {
    const [token, ...others] = await run("deadlines");
    assert.equal(token.outcome, "not_sent");
    assert.deepEqual(others, [timeout("unknown"), timeout("unknown"), timeout("unknown")]);
    assert.equal(api().count("sb-demo/patients"), 1);
  });

  test("a panic rejects what is under way, and the next call on the same client works", async () => {
    const { places, kinds, id } = await run("panics");
    assert.ok(places >= 2, `${places} places`);
    assert.deepEqual(kinds, [JSON.stringify({ name: ["CarewireError"], outcome: "unknown" })]);
    assert.equal(id, "ok");
  });
}
