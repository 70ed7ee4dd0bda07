// The references as the tests of the package see them: the operations, and samples that a library makes.

import { readFile } from "node:fs/promises";
import { sample } from "openapi-sampler";
import { parseDocument } from "yaml";
import { root } from "./project.mjs";

const json = (content) => content?.["application/json"]?.schema;

/** A reference, and samples of what it describes. */
export class Reference {
  static async read(name) {
    const text = await readFile(`${root}tests/contract/${name}.openapi.yaml`, "utf8");
    // Some keys of the prose sections of one appear twice.
    return new Reference(parseDocument(text, { uniqueKeys: false }).toJS());
  }

  constructor(document) {
    this.document = document;
    this.operations = Object.entries(document.paths).flatMap(([path, { parameters = [], ...methods }]) =>
      Object.values(methods)
        .map(({ parameters: own = [], responses, ...operation }) => ({
          ...operation,
          path,
          parameters: [...parameters, ...own].map((part) => this.resolved(part)),
          reply: Object.entries(responses).flatMap(([status, { content }]) => (status.startsWith("2") ? (json(content) ?? []) : []))[0],
        })),
    );
  }

  /** The operations that speak JSON: files go another way. */
  get ofJson() {
    return this.operations.filter(({ requestBody, reply }) => reply && (!requestBody || json(requestBody.content)));
  }

  resolved(part) {
    if (!part.$ref) return part;
    return this.resolved(part.$ref.slice(2).split("/").reduce((within, key) => within[key], this.document));
  }

  sample(schema) {
    return sample(schema, {}, this.document);
  }

  /** All that an operation asks for. */
  given({ parameters, requestBody }) {
    const given = (place) =>
      Object.fromEntries(
        parameters
          .filter(({ in: within, name, required }) => within === place && required && !["tenantName", "instanceName"].includes(name))
          .map(({ name, schema }) => [name, this.sample(schema)]),
      );
    return { path: given("path"), query: given("query"), body: requestBody && this.sample(json(requestBody.content)) };
  }

  /** The places of all values that must be text, a number or a boolean, as keys from the outside in. */
  places(schema, value, at = []) {
    const { allOf, anyOf, type, properties = {}, items } = this.resolved(schema);
    const parts = [...(allOf ?? []), ...(anyOf ?? []).slice(0, 1)].flatMap((part) => this.places(part, value, at));
    if (Array.isArray(value)) return items ? value.flatMap((element, index) => this.places(items, element, [...at, index])) : parts;
    if (value === null) return [];
    if (typeof value !== "object") return type || parts.length > 0 ? [at] : [];
    const fields = Object.entries(properties).filter(([name]) => name in value);
    return [...parts, ...fields.flatMap(([name, of]) => this.places(of, value[name], [...at, name]))];
  }
}
