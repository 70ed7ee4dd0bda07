// A gateway whose audit is a queue, and the queue's consumer.

import { Gateway } from "carewire/edge";

let gateway;

function open(env) {
  return new Gateway({
    welkin: { tenant: "gh", instance: "sb-demo", baseUrl: "https://welkin.example.test", auth: () => "token", prefix: "/api/welkin" },
    authorize: (request) => request.headers.get("cookie") && { id: "robin" },
    allow: { welkin: { patientsGet: true } },
    audit: env.AUDIT,
    fetch: env.UPSTREAM,
  });
}

export default {
  fetch: (request, env, ctx) => (gateway ??= open(env)).fetch(request, env, ctx),
  async queue({ messages }, env) {
    await env.CONSUMED.fetch("https://consumer.example.test/", { method: "POST", body: JSON.stringify(messages.map(({ body }) => body)) });
  },
};
