// What a further operation and a further type add to the package, and what all of them will make it.
// Both are lines of the table's text, so the shipped script is compressed with and without some of them.

import { readFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";
import { parse } from "yaml";
import { shippedFiles } from "./carewire.mjs";

const references = ["welkin", "inbox-health"].map(
  (name) => new URL(`../contract/${name}.openapi.yaml`, import.meta.url),
);

/**
 * `{ bytesPerOperation, bytesPerType, operations, types, missing }`: bytes after brotli, how many of
 * each the package has, and the bytes that what the references have beyond that will add. Types are
 * counted there by their fields, for those that the package has are among the largest.
 */
export async function forecast() {
  const tables = Object.values(await import(new URL("../../target/declarations/operations.js", import.meta.url)));
  const script = (await shippedFiles([])).files
    .map(({ bytes }) => new TextDecoder().decode(bytes))
    .find((text) => tables.every((table) => text.includes(table)));
  if (script === undefined) throw new Error("no shipped script holds the tables");
  const whole = tables.map((table) => table.split("\n#").map((part) => part.split("\n")));
  const records = whole.flatMap(([lines]) => lines);
  const operations = whole.flatMap(([, lines]) => lines.slice(1)); // the first is the prefix of the paths
  const saved = { types: thinned(script, tables, whole, 0), operations: thinned(script, tables, whole, 1) };
  const bytesPerOperation = saved.operations.bytes / saved.operations.lines.length;
  const bytesPerField = saved.types.bytes / fields(saved.types.lines);
  const all = await countReferences();
  return {
    bytesPerOperation,
    bytesPerType: saved.types.bytes / saved.types.lines.length,
    operations: operations.length,
    types: records.length,
    missing:
      Math.max(0, all.operations - operations.length) * bytesPerOperation +
      Math.max(0, all.fields - fields(records)) * bytesPerField,
  };
}

const fields = (lines) => lines.reduce((total, line) => total + line.split(",").length, 0);

/** Leaves every second line of a part out: those lines, and the bytes that they cost. */
function thinned(script, tables, whole, part) {
  const left = (_, line) => line % 2 === 1;
  const without = tables.reduce((text, table, at) => {
    const parts = whole[at].map((lines, index) => (index === part ? lines.filter((...line) => !left(...line)) : lines));
    return text.replace(table, () => parts.map((lines) => lines.join("\n")).join("\n#"));
  }, script);
  return {
    lines: whole.flatMap((parts) => parts[part].filter(left)),
    bytes: brotliCompressSync(script).length - brotliCompressSync(without).length,
  };
}

async function countReferences() {
  const methods = ["get", "post", "put", "patch", "delete"];
  const documents = await Promise.all(
    references.map(async (file) => parse(await readFile(file, "utf8"), { uniqueKeys: false })),
  );
  const operations = documents.flatMap(({ paths }) =>
    Object.values(paths).flatMap((path) => methods.filter((method) => path[method])),
  ).length;
  const fields = documents
    .flatMap(({ components }) => Object.values(components.schemas))
    .flatMap((schema) => [schema, ...(schema.allOf ?? [])])
    .reduce((total, { properties = {} }) => total + Object.keys(properties).length, 0);
  return { operations, fields };
}
