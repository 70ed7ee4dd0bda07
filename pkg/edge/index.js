export { init } from "../client/engine.js";
export * from "../client/errors.public.js";
export { Gateway } from "./gateway.js";
export { patientPolicy, staffPolicy } from "./policies.js";
export { tokenRoute } from "./token-route.js";
export { TokenVault, tokenVault } from "./token-vault.js";
export { verifyInboxWebhook } from "./webhook.js";
export { welkinSecret } from "./welkin-secret.js";
