import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const worker = process.env.CAREWIRE_WORKER_URL ?? "http://127.0.0.1:8787";
// The gateway lets its own origin alone write, so it must be asked by the address that the browser sees.
const asSeen = { target: worker, changeOrigin: false };
const toWorker = { "/api": asSeen, "/auth": asSeen };

/** The development server writes scripts and styles into the page; the build does not, so only it keeps the strict policy. */
const policyOfDevelopment: Plugin = {
  name: "policy-of-development",
  apply: "serve",
  transformIndexHtml: (html) =>
    html
      .replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
      .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"),
};

export default defineConfig({
  plugins: [react(), policyOfDevelopment],
  // The package finds its wasm beside itself; copied into a cache folder it would not.
  optimizeDeps: { exclude: ["carewire"] },
  server: { proxy: toWorker },
  preview: { proxy: toWorker },
  // One chunk of everything, on purpose: see app.tsx.
  build: { outDir: "dist", emptyOutDir: true, chunkSizeWarningLimit: 700 },
});
