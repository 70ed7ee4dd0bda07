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
 * each the package has, and the bytes that what the references have beyond that will add.
 */
export async function forecast() {
  const tables = Object.values(await import(new URL("../../target/declarations/operations.js", import.meta.url)));
  const script = (await shippedFiles([])).files
    .map(({ bytes }) => new TextDecoder().decode(bytes))
    .find((text) => tables.every((table) => text.includes(table)));
  if (script === undefined) throw new Error("no shipped script holds the tables");
  const whole = tables.map((table) => table.split("\n#").map((part) => part.split("\n")));
  // The first line after the records is the prefix of the paths.
  const operations = count(whole, 1) - tables.length;
  const types = count(whole, 0);
  const bytesPerOperation = marginal(script, tables, whole, 1) / (operations / 2);
  const bytesPerType = marginal(script, tables, whole, 0) / (types / 2);
  const all = await countReferences();
  return {
    bytesPerOperation,
    bytesPerType,
    operations,
    types,
    missing: Math.max(0, all.operations - operations) * bytesPerOperation + Math.max(0, all.types - types) * bytesPerType,
  };
}

const count = (whole, part) => whole.reduce((total, table) => total + table[part].length, 0);

/** What every second line of a part costs. */
function marginal(script, tables, whole, part) {
  const thinned = tables.reduce((text, table, at) => {
    const parts = whole[at].map((lines, index) => (index === part ? lines.filter((_, line) => line % 2 === 0) : lines));
    return text.replace(table, () => parts.map((lines) => lines.join("\n")).join("\n#"));
  }, script);
  return brotliCompressSync(script).length - brotliCompressSync(thinned).length;
}

async function countReferences() {
  const methods = ["get", "post", "put", "patch", "delete"];
  const documents = await Promise.all(
    references.map(async (file) => parse(await readFile(file, "utf8"), { uniqueKeys: false })),
  );
  const operations = documents.flatMap(({ paths }) =>
    Object.values(paths).flatMap((path) => methods.filter((method) => path[method])),
  ).length;
  const types = documents.flatMap(({ components }) =>
    Object.values(components.schemas).filter((schema) => schema.properties || schema.allOf),
  ).length;
  return { operations, types };
}
