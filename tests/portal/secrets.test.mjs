import assert from "node:assert/strict";
import { test } from "node:test";
import { openAccount, usePortal } from "./demo.mjs";

const portal = usePortal();

/** Everything that crosses the browser's wire: addresses, headers and bodies, both ways. */
function record(page) {
  const traffic = { texts: [], requests: [], pending: [] };
  page.on("request", (request) => {
    traffic.requests.push(request);
    traffic.texts.push(request.url(), request.postData() ?? "");
  });
  // Only what finished has all its headers and its body; of what was aborted they never come.
  page.on("requestfinished", (request) => traffic.pending.push(finished(request)));
  const finished = async (request) => {
    const response = await request.response();
    const body = await response.body().catch(() => ""); // a redirect has none
    traffic.texts.push(JSON.stringify([await request.allHeaders(), await response.allHeaders()]), body.toString("latin1"));
  };
  return traffic;
}

/** What the page could read again later. */
async function stored(page) {
  const cookies = await page.context().cookies();
  const storage = await page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: (await indexedDB.databases()).map((database) => database.name),
    caches: await caches.keys(),
    readableCookies: document.cookie,
  }));
  return { cookies, storage };
}

async function tour() {
  const page = await portal.open();
  const traffic = record(page);
  await page.goto("/");
  await page.getByRole("listitem").getByRole("button").first().click();
  await page.getByText(/Page 1 of/).waitFor();
  await openAccount(page);
  await page.getByLabel("Amount").fill("12.50");
  await page.getByRole("button", { name: "Take $12.50" }).click();
  await page.getByText("Payment of $12.50 recorded").waitFor();
  await page.getByRole("link", { name: "Calendar" }).click();
  await page.getByRole("button", { name: "New appointment" }).click();
  await page.getByRole("button", { name: "Add appointment" }).waitFor();
  await Promise.all(traffic.pending);
  return { page, traffic };
}

test("no secret of the clinic reaches the browser", async () => {
  const { secrets } = portal.demo;
  assert.ok(secrets.length > 0 && secrets.every((secret) => secret.length >= 8), "the demo names its secrets");
  const { page, traffic } = await tour();
  const seen = [...traffic.texts, JSON.stringify(await stored(page)), await page.content()].join("\n");
  secrets.forEach((secret, index) => assert.ok(!seen.includes(secret), `secret ${index} is in the browser`));
});

test("the browser sends no credential of either API, nothing to other hosts, and marks its writes", async () => {
  const { traffic } = await tour();
  for (const request of traffic.requests) {
    const headers = request.headers();
    assert.equal(headers["x-api-key"], undefined);
    assert.equal(headers.authorization, undefined);
    assert.equal(new URL(request.url()).origin, new URL(portal.demo.url).origin);
    if (request.method() !== "GET") assert.equal(headers["x-carewire-portal"], "1");
  }
});

test("the portal stores nothing, and scripts cannot read the session", async () => {
  const { page } = await tour();
  const { cookies, storage } = await stored(page);
  // The router keeps places to scroll to, by keys it makes up.
  delete storage.session["react-router-scroll-positions"];
  assert.deepEqual(storage, { local: {}, session: {}, databases: [], caches: [], readableCookies: "" });
  assert.ok(cookies.length > 0);
  for (const cookie of cookies) {
    assert.equal(cookie.httpOnly, true);
    assert.notEqual(cookie.sameSite, "None");
  }
});

test("the page runs under a policy that lets no other script in", async () => {
  const page = await portal.open();
  const complaints = [];
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
  });
  await page.goto("/");
  await page.getByRole("listitem").getByRole("button").first().click();
  await page.getByText(/Page 1 of/).waitFor();
  assert.deepEqual(complaints, [], "the portal itself keeps to it");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.intruder = true";
    document.head.append(script);
  });
  assert.equal(await page.evaluate(() => globalThis.intruder), undefined);
});
