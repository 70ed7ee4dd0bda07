// A page of plain ES modules: no bundler, the files as they are in the package.

import { behavesInABrowser, page } from "./browser.mjs";
import { project } from "./project.mjs";

behavesInABrowser("a page of plain ES modules", async () => {
  const { folder } = await project({
    "index.html": page.html("/main.js"),
    "main.js": page.script("/node_modules/carewire/dist/web.js"),
  });
  return folder;
});
