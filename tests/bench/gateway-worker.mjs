// A gateway as a deployment has it: a session from a header, a policy that compares the patient, and an
// audit that counts.

import { Gateway } from "carewire/edge";

let told = 0;
let gateway;

function open(env) {
  return new Gateway({
    welkin: {
      tenant: "demo",
      instance: "main",
      baseUrl: env.ORIGIN,
      auth: () => ({ token: "synthetic-token", expiresAt: Date.now() + 3_600_000 }),
      prefix: "/api/welkin",
    },
    authorize: (request) => {
      const patientId = request.headers.get("cookie");
      return patientId && { id: patientId, patientId };
    },
    allow: {
      welkin: {
        patientsGet: ({ path, query, session }) => path.patientId === session.patientId && query.type === undefined,
      },
    },
    audit: () => {
      told += 1;
    },
  });
}

export default {
  fetch(request, env, ctx) {
    gateway ??= open(env);
    return gateway.fetch(request, env, ctx);
  },
  /** How many decisions the audit was told of. */
  told: () => told,
};
