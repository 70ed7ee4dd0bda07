import type { Env } from "./env";
import { beginSession, endSession, sessionOf } from "./session";
import { staffOf } from "./staff";

const noStore = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { ...noStore, ...headers } });
}

/** Another site cannot set this header without asking first, and nobody answers it then. */
function isFromPortal(request: Request): boolean {
  return request.headers.get("x-carewire-portal") === "1";
}

async function staff(_: Request, env: Env): Promise<Response> {
  return json(staffOf(env));
}

async function session(request: Request, env: Env): Promise<Response> {
  const user = await sessionOf(request, env);
  return user ? json({ user }) : json({ error: "session" }, 401);
}

async function signIn(request: Request, env: Env): Promise<Response> {
  if (!isFromPortal(request)) return json({ error: "origin" }, 403);
  const { user: id } = ((await request.json().catch(() => undefined)) ?? {}) as { user?: unknown };
  const user = staffOf(env).find((member) => member.id === id);
  if (!user) return json({ error: "user" }, 401);
  return json({ user }, 200, { "set-cookie": await beginSession(new URL(request.url), user, env) });
}

async function signOut(request: Request): Promise<Response> {
  if (!isFromPortal(request)) return json({ error: "origin" }, 403);
  return new Response(null, { status: 204, headers: { ...noStore, "set-cookie": endSession(new URL(request.url)) } });
}

type Route = (request: Request, env: Env) => Promise<Response>;

/** The demo's sign-in: whoever opens the page can be any member of its staff. */
export const signInRoutes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ["GET /auth/staff", staff],
  ["GET /auth/session", session],
  ["POST /auth/sign-in", signIn],
  ["POST /auth/sign-out", signOut],
]);
