// Takes a form apart with what the platform has for it.

/** The form of a body with its parts as JSON text and its files one after another; `undefined` of no form. */
export async function formOf(headers, body) {
  const type = new Headers(headers).get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type)) return undefined;
  // A form that cannot be read is one without parts.
  const content = await new Response(body, { headers: { "content-type": type } }).formData().catch(() => new FormData());
  const parts = [];
  const files = [];
  for (const [name, part] of content) {
    if (typeof part === "string") {
      parts.push({ name, text: part });
    } else {
      parts.push({ name, file: { name: part.name, type: part.type, size: part.size } });
      files.push(part);
    }
  }
  return { content, parts: JSON.stringify(parts), files: new Uint8Array(await new Blob(files).arrayBuffer()) };
}
