// What comes back against the JSON parser of the JavaScript engine: the same value, or a DecodeError
// exactly where the parser throws.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { project } from "../package/project.mjs";

let carewire;
let cases = 0;

before(async () => {
  carewire = await (await project({ "entry.js": `export * from "carewire";` })).import("entry.js");
});

/** Numbers from 0 to 1, the same in each run (mulberry32). */
function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const random = seeded(4711);
const below = (end) => Math.floor(random() * end);
const pick = (values) => values[below(values.length)];
const many = (most, make) => Array.from({ length: below(most + 1) }, make);

const numbers = [
  "0", "-0", "0.0", "-0.0", "1e5", "1E+5", "1e-5", "1e400", "-1e400", "5e-324", "1e-400", "9007199254740993", "-9007199254740993",
  "123456789012345678901234567890", "0.1", "1.7976931348623157e308", "3.141592653589793238462643383279",
];
const strings = [
  '""', '"Robin"', '"é"', '"\\u00e9"', '"😀"', '"\\ud83d\\ude00"', '"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"', '"\\\\\\"\\/\\b\\f\\n\\r\\t"',
  '"\u2028\u2029"', '"\u007f"', '"__proto__"', '"\\u005f_proto__"', '"toJSON"', '"constructor"', '"\ufeff"', '"0"', '"1"',
];
/** What is no JSON, put in the place of a value or between two. */
const broken = [
  "", "01", "+1", "1.", ".5", "1e", "--1", "0x1", "NaN", "Infinity", "undefined", "nul", "True", "'a'", '"a', '"\\x"', '"\\u12g4"', '"\\u"',
  '"\n"', '"\t"', '"\u0000"', "{", "[", "}", "]", ",", "[1,]", '{"a":1,}', "{a:1}", '{"a"}', "{1:1}", "[1 2]", "/**/1", "//\n1", "1;", "\u00a01", "\u000b1", "\ufeff1", "1\u0000",
];
const blanks = ["", "", "", " ", "\n", "\r\n\t "];
const known = ['"id"', '"firstName"', '"careTeam"', '"birthDate"', '"externalIds"', '"new"'];

function value(depth, spoilt) {
  if (spoilt && random() < 0.15) return pick(broken);
  const kind = depth > 5 ? below(3) : below(6);
  const around = (text) => pick(blanks) + text + pick(blanks);
  if (kind === 0) return around(pick(numbers));
  if (kind === 1) return around(pick(strings));
  if (kind === 2) return around(pick(["true", "false", "null"]));
  if (kind === 3) return around(`[${many(4, () => value(depth + 1, spoilt)).join()}]`);
  // Names that appear twice are among them.
  return around(`{${many(5, () => `${pick(blanks)}${pick(random() < 0.5 ? known : strings)}${pick(blanks)}:${value(depth + 1, spoilt)}`).join()}}`);
}

/** Some bytes changed, left out or added. */
function damaged(text) {
  const bytes = [...new TextEncoder().encode(text)];
  for (let time = below(3); time >= 0; time -= 1) bytes.splice(below(bytes.length + 1), below(2), ...many(2, () => below(256)));
  return new Uint8Array(bytes);
}

const encoded = (text) => new TextEncoder().encode(text);
const utf8 = new TextDecoder();

/** What the parser of the engine makes of the bytes. */
function parsed(bytes) {
  try {
    return { value: JSON.parse(utf8.decode(bytes)) };
  } catch {
    return "refused";
  }
}

async function decoded(bytes, call, options) {
  const client = new carewire.Welkin({ tenant: "gh", instance: "sb-demo", auth: () => "token-1", retries: 0, fetch: async () => new Response(bytes), ...options });
  try {
    return { value: await call(client) };
  } catch (error) {
    if (!(error instanceof carewire.DecodeError)) throw error;
    return "refused";
  }
}

const record = (client) => client.patients.get("p1");
const wire = async (client) => (await client.call("patientsGet", { path: { patientId: "p1" } })).data;
const unknown = async (client) => (await client.request("GET", "/gh/sb-demo/x", {})).data;

const shown = (bytes) => (bytes.length > 300 ? `${bytes.length} bytes` : JSON.stringify(utf8.decode(bytes)));

/** The same for a record and in wire form, whether types are looked at or not. */
async function assertSame(bytes) {
  const expected = parsed(bytes);
  for (const [call, options] of [[record, {}], [record, { drift: "off" }], [wire, {}]]) {
    const got = await decoded(bytes, call, options);
    // The strict comparison takes no -0 for 0.
    assert.deepStrictEqual(got, expected, shown(bytes));
    cases += 1;
  }
}

describe("a reply is what the parser of the engine says", () => {
  test("of 2,000 texts of JSON", async () => {
    for (let at = 0; at < 2_000; at += 1) await assertSame(encoded(value(0, false)));
  });

  test("of 1,500 texts that may be none", async () => {
    let refused = 0;
    for (let at = 0; at < 1_500; at += 1) {
      const bytes = encoded(value(0, true));
      if (parsed(bytes) === "refused") refused += 1;
      await assertSame(bytes);
    }
    assert.ok(refused > 300 && refused < 1_200, `${refused} refused`);
  });

  test("of 1,500 texts with damaged bytes", async () => {
    for (let at = 0; at < 1_500; at += 1) await assertSame(damaged(value(1, false)));
  });

  test("of each number, text and mistake alone and in its place", async () => {
    for (const text of [...numbers, ...strings, ...broken]) {
      for (const whole of [text, ` ${text}\n`, `{"id":${text}}`, `{"careTeam":[${text}]}`, `{"new":{"deep":[${text},${text}]}}`, `{${text}:1}`]) {
        await assertSame(encoded(whole));
      }
    }
  });

  test("with marks of byte order, and other codes than UTF-8", async () => {
    const text = encoded('{"id":"é"}');
    const mark = [0xef, 0xbb, 0xbf];
    const utf16 = [0xff, 0xfe, ...[...'{"id":1}'].flatMap((letter) => [letter.charCodeAt(0), 0])];
    for (const bytes of [[...mark, ...text], [...mark, ...mark, ...text], mark, utf16, [...text, 0], [0x7b, 0xff, 0x7d], [...encoded('{"id":"'), 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80, ...encoded('"}')]]) {
      await assertSame(new Uint8Array(bytes));
    }
  });

  test("of a text of 10 MB, and of 200,000 records", async () => {
    await assertSame(encoded(JSON.stringify({ id: "é\n".repeat(3_500_000) })));
    await assertSame(encoded(JSON.stringify({ careTeam: Array.from({ length: 200_000 }, (_, at) => ({ id: `u${at}`, new: at })) })));
  });

  test("of 10,000 names that appear twice", async () => {
    const fields = Array.from({ length: 20_000 }, (_, at) => `"f${at % 10_000}":${at}`);
    await assertSame(encoded(`{"id":"p1",${fields.join()},"id":"p2"}`));
  });
});

/** How deep arrays and objects of one value lie in each other: too deep for what calls itself. */
function depthOf(value) {
  let depth = 0;
  for (; typeof value === "object"; depth += 1) value = Array.isArray(value) ? value[0] : value.a;
  return depth;
}

test("nested 10,000 deep it is taken as the parser does", async () => {
  for (const depth of [100, 1_000, 10_000]) {
    for (const [open, close] of [["[", "]"], ['{"a":', "}"]]) {
      const bytes = encoded(`{"new":${open.repeat(depth)}1${close.repeat(depth)}}`);
      for (const options of [{}, { drift: "off" }]) {
        const got = await decoded(bytes, record, options);
        assert.equal(depthOf(got.value.new), depth);
        cases += 1;
      }
    }
  }
});

test("what no operation describes is read in the same way", async () => {
  for (let at = 0; at < 500; at += 1) {
    const bytes = encoded(value(0, at % 2 === 0));
    if (bytes.length === 0) continue;
    const got = await decoded(bytes, unknown, { fetch: async () => new Response(bytes, { headers: { "content-type": "application/json" } }) });
    assert.deepStrictEqual(got, parsed(bytes), shown(bytes));
    cases += 1;
  }
});

describe("unknown fields survive a read, a change and a write", () => {
  const unknown = { newField: { deep: [1, "é", null, { x: [] }], "odd name": -0.5 }, nothing: null, count: 12345678901 };

  async function written(client, sent, change) {
    await change(client);
    assert.equal(sent.length, 2);
    return JSON.parse(sent[1].body);
  }

  function recording(answer) {
    const sent = [];
    const fetch = async (url, init) => (sent.push(init), Response.json(answer));
    return { sent, fetch };
  }

  test("of a Welkin patient", async () => {
    const patient = { id: "p1", firstName: "Robin", ...unknown };
    const { sent, fetch } = recording(patient);
    const client = new carewire.Welkin({ tenant: "gh", instance: "sb-demo", auth: () => "token-1", fetch });
    const body = await written(client, sent, async ({ patients }) => patients.update("p1", { ...(await patients.get("p1")), firstName: "Kim" }));
    assert.deepStrictEqual(body, { ...patient, firstName: "Kim" });
    cases += 1;
  });

  test("of an Inbox Health patient", async () => {
    const patient = { id: 77, first_name: "Robin", ...unknown };
    const { sent, fetch } = recording({ patient });
    const client = new carewire.InboxHealth({ baseUrl: "https://inbox.example.org", fetch });
    const body = await written(client, sent, async ({ patients }) => patients.update(77, { ...(await patients.get(77)), first_name: "Kim" }));
    assert.deepStrictEqual(body.patient, { ...patient, first_name: "Kim" });
    cases += 1;
  });
});

test("cases", (context) => context.diagnostic(`${cases} replies`));
