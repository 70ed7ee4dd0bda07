// What www/worker/wrangler.jsonc says, for those who run the worker without wrangler.

import { readFile } from "node:fs/promises";
import { parse } from "jsonc-parser";

export const settings = parse(await readFile(new URL("../www/worker/wrangler.jsonc", import.meta.url), "utf8"));

const classes = settings.migrations.flatMap(({ new_sqlite_classes }) => new_sqlite_classes);

/** The worker's Durable Objects, for Miniflare. */
export const durableObjects = Object.fromEntries(
  settings.durable_objects.bindings.map(({ name, class_name: className }) => [
    name,
    { className, useSQLite: classes.includes(className) },
  ]),
);
