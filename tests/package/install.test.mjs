// What an installation of the packed tarball does to the machine of whoever installs it: nothing.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { pack, project } from "./project.mjs";

/** What npm runs of a package that is installed, unless it is told not to. */
const HOOKS = ["preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare", "prepublish"];

/** Kinds of dependencies that an installation brings along. */
const KINDS = ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies", "bundledDependencies"];

let installed;
let manifest;

before(async () => {
  installed = await project({
    "entry.js": `
      import { Welkin } from "carewire";
      import { Gateway } from "carewire/edge";
      import { createSandbox } from "carewire/sandbox";
      const { fetch } = createSandbox({ apiKeys: ["key"] });
      const welkin = new Welkin({ tenant: "gh", instance: "sb-demo", auth: () => "none", fetch, retries: 0 });
      const error = await welkin.patients.get("p1").catch((error) => error);
      console.log(typeof Gateway, error.name, error.status);
    `,
  });
  manifest = JSON.parse(await readFile(join(installed.folder, "node_modules/carewire/package.json"), "utf8"));
});

test("nothing is run when the package is installed", async () => {
  assert.deepEqual(HOOKS.filter((hook) => manifest.scripts?.[hook] !== undefined), []);
  // npm compiles a package with this file although it names no script.
  const { files } = await pack();
  assert.deepEqual(files.filter((file) => /(^|\/)binding\.gyp$/.test(file)), []);
});

test("no other package comes along, so none of them runs anything either", async () => {
  assert.deepEqual(KINDS.filter((kind) => manifest[kind] !== undefined), []);
  const names = await readdir(join(installed.folder, "node_modules"));
  assert.deepEqual(names.filter((name) => !name.startsWith(".")), ["carewire"]);
});

test("what was installed without scripts can be used, all three entries of it", async () => {
  assert.equal(await installed.node("entry.js"), "function UnauthorizedError 401\n");
});
