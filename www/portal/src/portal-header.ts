/** Sent with every call: another site cannot set it, so the worker can tell the portal's writes from forged ones. */
export const portalHeader = { "X-Carewire-Portal": "1" };
