// A production build of Vite, without a word about wasm in its configuration.

import { join } from "node:path";
import { build } from "vite";
import { behavesInABrowser, page } from "./browser.mjs";
import { project } from "./project.mjs";

behavesInABrowser("a page that Vite bundled", async () => {
  const { folder } = await project({ "index.html": page.html("/src/main.js"), "src/main.js": page.script("carewire") });
  await build({ root: folder, configFile: false, logLevel: "error", base: "./" });
  return join(folder, "dist");
});
