// The packed tarball in Node against Inbox Health: keys, the rate, money and lists.

import assert from "node:assert/strict";
import { before, describe, mock, test } from "node:test";
import { project } from "./project.mjs";

let carewire;

before(async () => {
  const scratch = await project({ "entry.js": `export * from "carewire";` });
  carewire = await scratch.import("entry.js");
});

/** A client whose fetch gives what `answer` says, and what it sent. */
function inbox(answer, options = {}) {
  const sent = [];
  const fetch = async (url, init) => {
    sent.push({ url, headers: new Headers(init.headers), body: init.body && JSON.parse(init.body) });
    return answer(url);
  };
  return { client: new carewire.InboxHealth({ baseUrl: "https://inbox.example.org", fetch, ...options }), sent };
}

const patient = () => Response.json({ patient: { id: 77 } });

async function rejection(promise) {
  return promise.then(
    () => assert.fail("it did not reject"),
    (error) => error,
  );
}

describe("an API key", () => {
  test("goes in a header of its own, or as the user name of HTTP Basic", async () => {
    const basic = `Basic ${Buffer.from("key-1:").toString("base64")}`;
    for (const [options, header, value] of [
      [undefined, "x-api-key", "key-1"],
      [{ scheme: "header" }, "x-api-key", "key-1"],
      [{ scheme: "basic" }, "authorization", basic],
    ]) {
      for (const provider of [() => "key-1", async () => ({ token: "key-1", expiresAt: Date.now() + 60_000 })]) {
        const { client, sent } = inbox(patient, { auth: carewire.apiKey(provider, options) });
        await client.patients.get(77);
        const [{ headers }] = sent;
        assert.equal(headers.get(header), value);
        assert.equal(headers.get(header === "x-api-key" ? "authorization" : "x-api-key"), null);
      }
    }
  });

  test("that is none is a TokenError, and nothing is sent", async () => {
    for (const scheme of ["header", "basic"]) {
      for (const key of ["", "a b", undefined, null, 5, { token: "" }, { token: "ключ" }]) {
        const { client, sent } = inbox(patient, { auth: carewire.apiKey(() => key, { scheme }) });
        const error = await rejection(client.patients.get(77));
        assert.ok(error instanceof carewire.TokenError, `${scheme}: ${error}`);
        assert.equal(error.reason, "malformed");
        assert.equal(sent.length, 0);
      }
    }
  });

  test("is asked for again after a 401, in either scheme", async () => {
    for (const scheme of ["header", "basic"]) {
      const asked = [];
      const auth = carewire.apiKey(({ forceRefresh }) => `key-${asked.push(forceRefresh)}`, { scheme });
      const { client, sent } = inbox(() => (sent.length === 1 ? new Response(null, { status: 401 }) : patient()), { auth });
      await client.patients.get(77);
      assert.deepEqual(asked, [false, true]);
    }
  });

  test("comes from a function, in one of two schemes", () => {
    const wrong = { provider: ["key"], "options.scheme": [() => "key", { scheme: "bearer" }], "options.header": [() => "key", { header: "x" }] };
    for (const [parameter, given] of Object.entries(wrong)) {
      assert.throws(() => carewire.apiKey(...given), (error) => error instanceof carewire.ConfigError && error.parameter === parameter);
    }
  });
});

describe("the rate", () => {
  test("is the client's to set, and all its calls wait in one line", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const { client, sent } = inbox(patient, { limit: { perSecond: 4, burst: 2 } });
      const turn = () => new Promise((resolve) => setImmediate(resolve));
      const now = performance.now();
      const clock = mock.method(performance, "now", () => now + passed);
      let passed = 0;
      const calls = [1, 2, 3, 4].map((id) => client.patients.get(id));
      const counts = [];
      for (let step = 0; step < 3; step += 1) {
        for (let round = 0; round < 20; round += 1) await turn();
        counts.push(sent.length);
        passed += 250;
        mock.timers.tick(250);
      }
      assert.deepEqual(counts, [2, 3, 4]);
      await Promise.all(calls);
      clock.mock.restore();
    } finally {
      mock.timers.reset();
    }
  });

  test("is refused by name when it is none", () => {
    const wrong = [
      ["options.limit", 5],
      ["options.limit.perSecond", { perSecond: 0 }],
      ["options.limit.perSecond", { perSecond: "5" }],
      ["options.limit.burst", { burst: 1.5 }],
      ["options.limit.perMinute", { perMinute: 1 }],
    ];
    for (const [parameter, limit] of wrong) {
      assert.throws(() => inbox(patient, { limit }), (error) => error instanceof carewire.ConfigError && error.parameter === parameter);
    }
  });
});

describe("an amount", () => {
  test("that is no whole number of cents is refused before sending", async () => {
    for (const amount of [12.5, Number.NaN, Number.POSITIVE_INFINITY, "1250", 1e21, 1250n]) {
      const { client, sent } = inbox(patient);
      const error = await rejection(client.payments.create({ payment_method_type: "cash", expected_amount_cents: amount }));
      assert.ok(error instanceof carewire.ConfigError, String(error));
      assert.deepEqual([error.parameter, error.outcome, sent.length], ["body.expected_amount_cents", "not_sent", 0]);
    }
  });

  test("that is a part of the payment that was read is not voided, and what was read stays here", async () => {
    const payment = { id: 9, patient_id: 77, expected_amount_cents: 2500, links: { invoices: null }, added: true };
    const { client, sent } = inbox(() => Response.json({ payment_adjustment: { id: 4 } }));
    const error = await rejection(client.paymentAdjustments.create({ payment_id: 9, amount_cents: 1000 }, { voided: true, payment }));
    assert.ok(error instanceof carewire.ConfigError, String(error));
    assert.equal(error.parameter, "body.amount_cents");
    assert.doesNotMatch(`${error}`, /1000|2500/);
    assert.equal(sent.length, 0);

    await client.paymentAdjustments.create({ payment_id: 9, amount_cents: 2500 }, { voided: true, payment });
    assert.deepEqual(sent[0].body, { payment_adjustment: { payment_id: 9, amount_cents: 2500 }, voided: true });
  });
});

describe("a list", () => {
  test("ends on an empty page, however short the pages before it were", async () => {
    const pages = [[1, 2], [3], []];
    const { client, sent } = inbox(() => Response.json({ invoices: pages[sent.length - 1].map((id) => ({ id })) }));
    const invoices = await client.invoices.listByPatient(77, { filter: { first_name: "Robin" }, per_page: 100 }).toArray();
    assert.deepEqual(invoices.map(({ id }) => id), [1, 2, 3]);
    assert.deepEqual(sent.map(({ url }) => new URL(url).searchParams.get("page")), [null, "2", "3"]);
    assert.ok(sent.every(({ url }) => new URL(url).searchParams.get("filter[first_name]") === "Robin"));
  });

  test("that comes round again gives no record twice", async () => {
    const { client, sent } = inbox(() => Response.json({ invoices: [{ id: sent.length % 2 }] }));
    assert.deepEqual(await client.invoices.list().toArray(), [{ id: 1 }, { id: 0 }]);
    assert.equal(sent.length, 3);
  });

  test("of which no paging is known is one reply", async () => {
    const { client, sent } = inbox(() => Response.json({ sftp_uploads: [{ id: 1 }] }));
    assert.deepEqual(await client.sftpUploads.list({ enterprise_ids: [3, 4] }), { sftp_uploads: [{ id: 1 }] });
    assert.deepEqual(new URL(sent[0].url).searchParams.getAll("enterprise_ids[]"), ["3", "4"]);
    assert.equal(client.sftpUploads.list().pages, undefined);
  });
});

describe("a download of an attachment", () => {
  test("gives what came, bytes or JSON, with its type", async () => {
    const bytes = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0xff]);
    const scan = await inbox(
      () => new Response(bytes, { headers: { "content-type": "application/pdf" } }),
    ).client.attachments.download(5);
    assert.equal(scan.type, "application/pdf");
    assert.deepEqual(await scan.bytes(), bytes);
    const link = await inbox(() => Response.json({ url: "https://files.example.org/5" })).client.attachments.download(5);
    assert.equal(link.type, "application/json");
    assert.deepEqual(JSON.parse(await (await link.blob()).text()), { url: "https://files.example.org/5" });
  });
});

describe("a link of a reply", () => {
  test("is never followed, and no path of a request", async () => {
    const links = { invoices: "https://demo.inboxhealth.com/api/partner/v2/invoices" };
    const { client, sent } = inbox(() => Response.json({ patient: { id: 77, links } }), { auth: carewire.apiKey(() => "key-1") });
    const read = await client.patients.get(77);
    const error = await rejection(client.request("GET", read.links.invoices));
    assert.ok(error instanceof carewire.ConfigError);
    assert.deepEqual([error.parameter, sent.length], ["path", 1]);
  });
});
