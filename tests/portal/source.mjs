// Loads a TypeScript file of the portal or the worker, for what can be tested without a browser.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const portalSource = new URL("../../www/portal/src/", import.meta.url);
const workerSource = new URL("../../www/worker/src/", import.meta.url);

export const loadOfWorker = (file) => load(file, workerSource);

export async function load(file, source = portalSource) {
  const { module } = await runnerImport(fileURLToPath(new URL(file, source)), { configFile: false, logLevel: "error" });
  return module;
}
