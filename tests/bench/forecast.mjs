// What a further operation and a further type add to the package.

import { readFile } from "node:fs/promises";

const file = new URL("../../target/forecast.json", import.meta.url);

/**
 * `{ bytesPerOperation, bytesPerType }` after brotli, as a build with more rows than the references have left them
 * in `target/forecast.json`; nothing when no such build was made.
 */
export async function forecast() {
  let text;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
  const { bytesPerOperation, bytesPerType } = JSON.parse(text);
  if (!Number.isFinite(bytesPerOperation) || !Number.isFinite(bytesPerType)) {
    throw new Error("target/forecast.json lacks bytesPerOperation or bytesPerType");
  }
  return { bytesPerOperation, bytesPerType };
}
