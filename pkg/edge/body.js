// Short bodies, read whole.

/**
 * The text of a request's body, or `undefined` when it has more bytes than `most`: nothing is kept of
 * it then. Throws for what is no UTF-8. A mark of byte order stays, for no JSON begins with one.
 */
export async function textOf(request, most) {
  if (Number(request.headers.get("content-length")) > most) return undefined;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let [text, length] = ["", 0];
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > most) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
