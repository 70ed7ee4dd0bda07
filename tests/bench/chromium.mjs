// A headless Chromium, and a server on this machine that gives its pages the files to measure.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const contentTypes = { js: "text/javascript", mjs: "text/javascript", wasm: "application/wasm" };

/** Runs `work({ browser, origin, version })` with a browser and a server of the folders, and closes both. */
export async function withChromium(folders, work) {
  const server = await serve(folders);
  const browser = await chromium.launch({ executablePath, args });
  try {
    const origin = `http://localhost:${server.address().port}`;
    return await work({ browser, origin, version: browser.version() });
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** An empty page of its own context, hence of its own renderer process with empty caches. */
export async function withFreshPage({ browser, origin }, work) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${origin}/`);
    return await work(page);
  } finally {
    await context.close();
  }
}

async function serve(folders) {
  const server = createServer(async (request, response) => {
    // Isolation gives the page the finest clock that Chromium has.
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    response.setHeader("cache-control", "no-store");
    const [, folder, ...rest] = new URL(request.url, "http://localhost").pathname.split("/");
    if (folder === "") {
      response.setHeader("content-type", "text/html");
      response.end("<!doctype html><title>bench</title>");
      return;
    }
    try {
      const bytes = await readFile(new URL(rest.join("/"), folders[folder]));
      response.setHeader("content-type", contentTypes[rest.at(-1).split(".").at(-1)] ?? "application/octet-stream");
      response.end(bytes);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  return server;
}
