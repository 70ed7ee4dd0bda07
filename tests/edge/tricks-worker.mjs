// A gateway with small limits for the tricks: a patient who may read and change the own record only.

import { Gateway } from "carewire/edge";

const own = ({ path }) => path.patientId === "p1";
let gateway;
/** One that waits for nothing long, for the bodies that do not go on. */
let hasty;

function open(env, timeoutMs) {
  return new Gateway({
    welkin: { tenant: "gh", instance: "sb-demo", baseUrl: "https://welkin.example.test", auth: () => "token", prefix: "/api/welkin" },
    inbox: { baseUrl: "https://inbox.example.test", apiKey: "key", prefix: "/api/inbox" },
    authorize: (request) => (request.headers.get("cookie") === "session=p1" ? { id: "p1" } : undefined),
    allow: {
      welkin: {
        patientsGet: (question) => own(question) && question.query.type === undefined,
        patientsUpdate: own,
        patientsList: ({ query }) => query.email === "p1@example.org",
        documentFilesUpload: own,
      },
      inbox: { invoicesUpdate: ({ path }) => path.id === "7" },
    },
    cors: ["https://staff.example.org"],
    maxBodyBytes: 4096,
    maxReadBytes: 1024,
    timeoutMs,
    fetch: env.UPSTREAM,
  });
}

export default {
  fetch(request, env, ctx) {
    const { fetch } = request.headers.has("x-hasty") ? (hasty ??= open(env, 100)) : (gateway ??= open(env, 60_000));
    return fetch(request, env, ctx);
  },
};
