// Answers in place of both APIs and remembers what it was asked. It knows no records: what is tested
// here is what reaches an API and what comes back, to the byte. The sandbox has tests of its own.

import { Response } from "miniflare";

const HOUR = 3_600_000;

/** An upstream; `answers` may take a request first by answering it. */
export function createUpstream(answers = () => undefined) {
  const upstream = {
    /** All requests but token exchanges. */
    calls: [],
    /** The bodies of token exchanges. */
    exchanges: [],
    answers,
    async fetch(request) {
      const { method, url } = request;
      if (new URL(url).pathname === "/auth/token") {
        upstream.exchanges.push({ url, body: await request.json() });
        return exchanged(`token-${upstream.exchanges.length}`);
      }
      const call = { method, url, headers: Object.fromEntries(request.headers), length: 0 };
      upstream.calls.push(call);
      const answer = await upstream.answers(request, call);
      if (answer) return answer;
      for await (const chunk of request.body ?? []) call.length += chunk.byteLength;
      return Response.json({ id: "p1" }, { headers: unwanted });
    },
  };
  return upstream;
}

export function exchanged(token, life = HOUR) {
  return Response.json({ token, expiresAt: new Date(Date.now() + life).toISOString() });
}

/** Headers of an API that are not the browser's business. */
const unwanted = {
  "set-cookie": "AWSALB=stickiness",
  server: "api/1.2.3",
  "x-amzn-trace-id": "Root=1",
  "access-control-allow-origin": "*",
  "x-request-id": "request-1",
};
