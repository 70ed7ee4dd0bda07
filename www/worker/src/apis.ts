import { Gateway, tokenRoute, tokenVault } from "carewire/edge";
import type { Env } from "./env";
import { staffPolicy } from "./policy";
import { sessionOf } from "./session";
import type { StaffMember } from "./staff";

/** The two ways to the APIs. */
interface Apis {
  gateway: Gateway<StaffMember, Env>;
  token: (request: Request, env: Env) => Promise<Response>;
}

function open(env: Env): Apis {
  const fetch = env.UPSTREAM;
  const provider = tokenVault(env.TOKEN_VAULT, { tenant: env.WELKIN_TENANT, apiClient: env.WELKIN_API_CLIENT });
  return {
    gateway: new Gateway<StaffMember, Env>({
      welkin: {
        tenant: env.WELKIN_TENANT,
        instance: env.WELKIN_INSTANCE,
        baseUrl: env.WELKIN_BASE_URL,
        auth: provider,
        prefix: "/api/welkin",
      },
      inbox: { baseUrl: env.INBOX_BASE_URL, apiKey: env.INBOX_API_KEY, prefix: "/api/inbox" },
      authorize: sessionOf,
      allow: staffPolicy,
      // Structured logs are where a worker's host looks for its audit trail.
      audit: (event) => console.log(JSON.stringify({ audit: event })),
      fetch,
    }),
    token: tokenRoute<Env>({ provider, authorize: sessionOf }),
  };
}

const opened = new WeakMap<Env, Apis>();

/** The same for all requests of an isolate, for tokens are kept inside. */
export function apisOf(env: Env): Apis {
  const known = opened.get(env);
  if (known) return known;
  const apis = open(env);
  opened.set(env, apis);
  return apis;
}
