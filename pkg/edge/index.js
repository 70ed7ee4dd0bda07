export { init } from "../client/engine.js";
export * from "../client/errors.public.js";
export { Gateway } from "./gateway.js";
export { patientPolicy, staffPolicy } from "./policies.js";
export { tokenRoute } from "./token-route.js";
export { welkinSecret } from "./welkin-secret.js";
