export { apiKey } from "./api-key.js";
export { InboxHealth, Welkin } from "./client.js";
export { init } from "./engine.js";
export * from "./errors.public.js";
export { failedRows } from "./failed-rows.js";
export { tokenEndpoint } from "./token-endpoint.js";
