// Loads a TypeScript file of the portal, for what can be tested without a browser.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const source = new URL("../../www/portal/src/", import.meta.url);

export async function load(file) {
  const { module } = await runnerImport(fileURLToPath(new URL(file, source)), { configFile: false, logLevel: "error" });
  return module;
}
