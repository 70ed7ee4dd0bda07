// Signs an event as inbox-health-notes say, for events without arrays at the top: written anew, to be
// compared with what the worker expects.

import { createHmac } from "node:crypto";

export function sign(url, event, key) {
  const groups = Object.keys(event).sort().map((name) => pairs(name, event[name]).sort().join("&"));
  return createHmac("sha1", key).update(url + groups.join("&")).digest("base64");
}

function pairs(name, value) {
  if (Array.isArray(value)) return value.flatMap((element) => pairs(`${name}[]`, element));
  if (value !== null && typeof value === "object") {
    return Object.entries(value).flatMap(([inner, of]) => pairs(`${name}[${inner}]`, of));
  }
  return [`${encoded(name)}=${encoded(String(value ?? ""))}`];
}

function encoded(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
