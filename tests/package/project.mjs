// Projects as a user of the package has them: empty folders in which the packed tarball is installed.

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
export const root = fileURLToPath(new URL("../../", import.meta.url));

const folder = await mkdtemp(join(tmpdir(), "carewire-package-"));
after(() => rm(folder, { recursive: true, force: true }));

// Windows has npm as a script, which only a shell starts.
const npm = (given, cwd) => run("npm", given, { cwd, shell: process.platform === "win32" });

async function packed() {
  const { stdout } = await npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], join(root, "pkg"));
  const [{ filename, files }] = JSON.parse(stdout);
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) };
}

const tarball = packed();

/** The tarball as it would be published, and what is in it. It is made once: nobody reads what another one writes. */
export const pack = () => tarball;

let count = 0;

/** A new project that has installed the tarball, and these files: `{ "src/main.js": "…" }`. */
export async function project(files = {}) {
  const at = join(folder, `project-${++count}`);
  const dependencies = { carewire: `file:${(await tarball).tarball}` };
  await writeFiles(at, { "package.json": JSON.stringify({ type: "module", private: true, dependencies }), ...files });
  await npm(["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"], at);
  return {
    folder: at,
    write: (more) => writeFiles(at, more),
    /** Imports a module of the project into this process. */
    import: (name) => import(pathToFileURL(join(at, name))),
    /** Runs a module of the project in a process of its own; resolves to what it printed. */
    async node(...given) {
      const { stdout } = await run(process.execPath, given, { cwd: at, timeout: 600_000 });
      return stdout;
    },
    /** Makes a package of this checkout's node_modules one of the project's. */
    async link(name) {
      await mkdir(dirname(join(at, "node_modules", name)), { recursive: true });
      await symlink(join(root, "node_modules", name), join(at, "node_modules", name));
    },
  };
}

async function writeFiles(at, files) {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(at, name)), { recursive: true });
    await writeFile(join(at, name), text);
  }
}
