// What a team would write instead of a gateway, for this one operation: it knows who asks, compares the
// patient, puts the token in, lets listed headers through, sets those that a clinic's reviewer asks for,
// has a deadline and tells an audit. Nothing that is not in the path of this request is here.

const route = /^\/api\/welkin\/[^/]+\/[^/]+\/patients\/([A-Za-z0-9-]+)$/;
const asked = ["accept", "accept-language"];
const answered = ["content-disposition", "content-language", "content-type", "retry-after", "x-request-id"];
const always = new Headers({
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
});
const DEADLINE = 60_000;
let told = 0;

async function pass(request, env, event) {
  const { method, headers } = request;
  const { pathname, search, origin } = new URL(request.url);
  const site = headers.get("sec-fetch-site");
  if ((headers.get("origin") ?? origin) !== origin || (site !== null && site !== "same-origin")) return refuse(403);
  event.who = headers.get("cookie");
  if (!event.who) return refuse(401);
  const [, patientId] = route.exec(pathname) ?? [];
  if (method !== "GET" || !patientId || search) return refuse(404);
  event.operation = "patientsGet";
  if (patientId !== event.who) return refuse(403);
  event.decision = "allowed";

  const passing = { authorization: "Bearer synthetic-token" };
  for (const name of asked) {
    const value = headers.get(name);
    if (value !== null) passing[name] = value;
  }
  const response = await before(
    fetch(`${env.ORIGIN}/demo/main/patients/${patientId}`, { method, headers: passing, redirect: "manual" }),
  );
  if (response === undefined) return refuse(504);
  const back = new Response(response.body, { status: response.status, headers: always });
  for (const name of answered) {
    const value = response.headers.get(name);
    if (value !== null) back.headers.set(name, value);
  }
  event.requestId = response.headers.get("x-request-id");
  return back;
}

/** What a promise gives, or nothing when the deadline is over. */
function before(promise) {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, DEADLINE);
    promise.then(resolve, reject);
  });
}

const refuse = (status) => new Response(null, { status, headers: always });

function audit() {
  told += 1;
}

export default {
  fetch(request, env, ctx) {
    const begun = Date.now();
    const event = { time: new Date(begun).toISOString(), decision: "denied" };
    const response = pass(request, env, event);
    ctx.waitUntil(response.then(({ status }) => audit({ ...event, status, durationMs: Date.now() - begun })));
    return response;
  },
  /** How many decisions the audit was told of. */
  told: () => told,
};
