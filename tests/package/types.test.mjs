// The declarations of the packed tarball under the types of each runtime, checked to the last library
// file: what a stranger writes compiles, and what a stranger gets wrong does not.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import ts from "typescript";
import { project, root } from "./project.mjs";

const runtimes = {
  "a page": { lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"], types: [] },
  "a web worker": { lib: ["lib.es2022.d.ts", "lib.webworker.d.ts", "lib.webworker.iterable.d.ts"], types: [] },
  "Node": { lib: ["lib.es2022.d.ts"], types: ["node"] },
  "workerd": { lib: ["lib.es2022.d.ts"], types: ["@cloudflare/workers-types"] },
};

/** What the samples of a README take for granted; a sample that declares such a name itself means its own. */
const granted = `
declare const welkin: import("carewire").Welkin;
declare const patientId: string, documentSummaryId: string, from: string, to: string, key: string;
declare const request: Request, signal: AbortSignal, input: HTMLInputElement, link: HTMLAnchorElement;
declare const onProgress: (progress: import("carewire").Progress) => void;
declare const refresh: (invoiceId: number) => Promise<void>;
interface Env { WELKIN_SECRET: string; INBOX_API_KEY: string; TOKEN_VAULT: import("carewire/edge").TokenVaultNamespace }
declare const env: Env;
declare const sessionOf: (request: Request, env: Env) => Promise<{ id: string; patientId: string } | undefined>;
`;

/** The samples of a README as modules. */
async function samples(path) {
  const text = await readFile(join(root, path), "utf8");
  const found = Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), ([, code]) => `${code}export {};\n`);
  return found.map((code, at) => [`${path}-${at + 1}.ts`, code]);
}

let scratch;
const read = new Map();

before(async () => {
  const folder = new URL("types/", import.meta.url);
  const files = (await readdir(folder)).map(async (name) => [name, await readFile(new URL(name, folder), "utf8")]);
  scratch = await project(Object.fromEntries(await Promise.all(files)));
  await scratch.link("@types/node");
  await scratch.link("@cloudflare/workers-types");
});

/** The complaints of a strict compiler about the files of the project and all that they import. */
function complaints(files, { lib, types }, exactOptionalPropertyTypes) {
  const options = {
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    verbatimModuleSyntax: true,
    types,
    lib,
  };
  const host = ts.createCompilerHost(options);
  host.getCurrentDirectory = () => scratch.folder;
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...rest) => {
    if (!read.has(name)) read.set(name, getSourceFile(name, ...rest));
    return read.get(name);
  };
  const program = ts.createProgram(files.map((file) => join(scratch.folder, file)), options, host);
  const text = ({ messageText, file: where, start }) => {
    const line = where ? where.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${where?.fileName.replace(scratch.folder, "")}:${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  };
  return ts.getPreEmitDiagnostics(program).map(text);
}

for (const [name, runtime] of Object.entries(runtimes)) {
  for (const exact of [false, true]) {
    describe(`in ${name}${exact ? ", with exact optional properties" : ""}`, () => {
      let found;
      before(() => (found = complaints(["usage.ts", "mistakes.ts", "server.ts", "policies.ts"], runtime, exact)));
      const about = (part) => found.filter((complaint) => complaint.startsWith(part));

      test("the declarations themselves compile", () => assert.deepEqual(about("/node_modules/"), []));
      test("what a stranger writes compiles", () => assert.deepEqual(about("/usage.ts"), []));
      test("each mistake is found", () => assert.deepEqual(about("/mistakes.ts"), []));
      test("the server side and the sandbox compile", () => assert.deepEqual(about("/server.ts"), []));
      test("policies know their operations", () => assert.deepEqual(about("/policies.ts"), []));
      test("there is nothing else to complain of", () => assert.equal(found.length, 0, found.join("\n")));
    });
  }
}

for (const path of ["README.md", "pkg/README.md"]) {
  test(`the samples of ${path} compile`, async () => {
    const files = await samples(path);
    assert.ok(files.length > 1);
    await scratch.write({ "granted.d.ts": granted, ...Object.fromEntries(files) });
    assert.deepEqual(complaints(["granted.d.ts", ...files.map(([name]) => name)], runtimes["a page"], true), []);
  });
}
