export { init } from "../client/engine.js";
export { createSandbox } from "./sandbox.js";
