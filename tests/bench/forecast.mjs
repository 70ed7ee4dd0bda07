// What a further operation and a further type add to the package, and what all of them will make it.
// Both are parts of the tables' text, so the shipped script is compressed with and without some of them.

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
  const operations = tables.flatMap((table) => table.split("\n"));
  const fields = sum(tables, /(?<=[( ])[^() ]/g);
  const types = sum(tables, /\(/g);
  const size = (made) =>
    brotliCompressSync(tables.reduce((text, table) => text.replace(table, () => made(table)), script)).length;
  const untyped = size(withoutTypes);
  const bytesOfTypes = size((table) => table) - untyped;
  const bytesPerOperation = (untyped - size(halved)) / Math.floor(operations.length / 2);
  const bytesPerField = bytesOfTypes / fields;
  const all = await countReferences();
  return {
    bytesPerOperation,
    bytesPerType: bytesOfTypes / types,
    operations: operations.length,
    types,
    missing:
      Math.max(0, all.operations - operations.length) * bytesPerOperation +
      Math.max(0, all.fields - fields) * bytesPerField,
  };
}

const sum = (tables, found) => tables.reduce((total, table) => total + table.match(found).length, 0);

/** A table in which every record is a value of which nothing is known. */
function withoutTypes(table) {
  const less = table.replaceAll(/\([^()]*\)/g, "A");
  return less === table ? table : withoutTypes(less);
}

/** Every second line of a table, without its types. */
function halved(table) {
  return withoutTypes(table).split("\n").filter((_, line) => line % 2 === 0).join("\n");
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
