// The sandbox as a worker of its own: what the portal's worker asks in place of both APIs.

import { createSandbox } from "carewire/sandbox";

let sandbox;

export default {
  fetch(request, env) {
    // Not at the top: the clock of workerd stands still until there is a request.
    sandbox ??= createSandbox({ secrets: { portal: env.WELKIN_SECRET }, apiKeys: [env.INBOX_API_KEY] });
    return sandbox.fetch(request);
  },
};
