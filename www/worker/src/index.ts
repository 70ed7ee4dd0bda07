import { apisOf } from "./apis";
import type { Env } from "./env";
import { inboxWebhook } from "./inbox-webhook";
import { signInRoutes } from "./sign-in";

export { TokenVault } from "./token-vault";
export { InboxDelivery } from "./inbox-delivery";

export default {
  async fetch(request, env, ctx): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/api/")) return apisOf(env).gateway.fetch(request, env, ctx);
    if (pathname === "/auth/welkin") return apisOf(env).token(request, env);
    if (pathname === "/webhooks/inbox") return inboxWebhook(request, env);
    const route = signInRoutes.get(`${request.method} ${pathname}`);
    return route ? route(request, env) : new Response(null, { status: 404 });
  },
} satisfies ExportedHandler<Env>;
