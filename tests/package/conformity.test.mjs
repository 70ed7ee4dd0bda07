// The tarball itself: what is in it, and whether tools and resolvers of others can make sense of it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { pack, project, root } from "./project.mjs";

let tarball;
let files;
let installed;

before(async () => {
  ({ tarball, files } = await pack());
  installed = join((await project()).folder, "node_modules", "carewire");
});

const manifest = async () => JSON.parse(await readFile(join(installed, "package.json"), "utf8"));

test("publint has no complaint", async () => {
  const { buffer } = await readFile(tarball);
  const { messages, pkg } = await publint({ pack: { tarball: buffer } });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg, { color: false })), []);
});

test("every resolver of an ES module project finds the declarations", async () => {
  const attw = join(root, "node_modules", "@arethetypeswrong", "cli", "dist", "index.js");
  const run = promisify(execFile)(process.execPath, [attw, tarball, "--profile", "esm-only", "--format", "json", "--exclude-entrypoints", "carewire_bg.wasm"]);
  // It fails with problems, and prints them.
  const { stdout } = await run.catch((failed) => failed);
  const { analysis, problems } = JSON.parse(stdout);
  assert.equal(analysis.types.kind, "included");
  assert.deepEqual(Object.keys(analysis.entrypoints).sort(), [".", "./edge", "./package.json", "./sandbox"]);
  const ofModules = Object.values(problems).flat().filter(({ resolutionKind }) => /^(bundler|node16-esm)$/.test(resolutionKind));
  assert.deepEqual(ofModules, []);
});

test("it holds what the entries need and nothing else", () => {
  const entry = (folder) => ["carewire_bg.wasm", "index.d.ts", "node.js", "web.js", "workerd.js"].map((name) => `dist/${folder}${name}`);
  assert.deepEqual(files.toSorted(), ["README.md", "package.json", ...entry(""), ...entry("edge/"), ...entry("sandbox/")].sort());
});

test("it runs no script on installation and needs no other package", async () => {
  const { scripts = {}, dependencies, peerDependencies, optionalDependencies, bin } = await manifest();
  assert.deepEqual(Object.keys(scripts), []);
  assert.deepEqual([dependencies, peerDependencies, optionalDependencies, bin], [undefined, undefined, undefined, undefined]);
});

test("every file that the manifest names is there", async () => {
  const { exports, sideEffects } = await manifest();
  const named = [exports, sideEffects].flatMap(function paths(value) {
    return typeof value === "string" ? [value] : Object.values(value).flatMap(paths);
  });
  for (const path of named.filter((path) => !path.includes("*"))) {
    assert.ok(files.includes(path.replace(/^\.\//, "")), path);
  }
});

test("no file names a folder of the machine that built it", async () => {
  for (const name of files) {
    const text = await readFile(join(installed, name), "latin1");
    assert.doesNotMatch(text, /\/root\/|\/home\/|\/Users\/|registry\/src|[A-Z]:\\[A-Za-z]{2}/, name);
    assert.ok(!text.includes(root), name);
  }
});

test("the client holds no code that takes a Welkin secret", async () => {
  const scripts = files.filter((name) => /^dist\/[^/]+\.js$/.test(name));
  assert.ok(scripts.length > 0);
  for (const name of scripts) {
    assert.doesNotMatch(await readFile(join(installed, name), "utf8"), /welkinSecret|\.secret\b/, name);
  }
});
