// A gateway as a deployment has it, for the bench: a session from a header, a policy that compares the
// patient, and an audit that counts.

import { Gateway } from "carewire/edge";

let told = 0;

function open(env) {
  return new Gateway({
    welkin: {
      tenant: "demo",
      instance: "main",
      baseUrl: env.ORIGIN ?? "https://welkin.example.test",
      auth: () => ({ token: "synthetic-token", expiresAt: Date.now() + 3_600_000 }),
      prefix: "/api/welkin",
    },
    authorize: (request) => {
      const id = request.headers.get("cookie");
      return id && { id, patientId: "0b1f6d6e-5ad1-4c4c-8f0e-3d6a1c7b9a10" };
    },
    allow: {
      welkin: {
        patientsGet: ({ path, query, session }) => path.patientId === session.patientId && query.type === undefined,
      },
    },
    audit: () => {
      told += 1;
    },
    fetch: env.UPSTREAM,
  });
}

let gateway;

export default {
  fetch(request, env, ctx) {
    if (request.url.endsWith("/told")) return Response.json(told);
    gateway ??= open(env);
    return gateway.fetch(request, env, ctx);
  },
};
