// A production build of webpack, with a configuration that names the entry and the folder only.

import { join } from "node:path";
import { promisify } from "node:util";
import webpack from "webpack";
import { behavesInABrowser, page } from "./browser.mjs";
import { project } from "./project.mjs";

behavesInABrowser("a page that webpack bundled", async () => {
  const { folder } = await project({ "dist/index.html": page.html("main.js"), "src/main.js": page.script("carewire") });
  const stats = await promisify(webpack)({
    context: folder,
    entry: "./src/main.js",
    output: { path: join(folder, "dist") },
    mode: "production",
    performance: false,
  });
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  if (errors.length + warnings.length > 0) throw new Error([...errors, ...warnings].map(({ message }) => message).join("\n"));
  return join(folder, "dist");
});
