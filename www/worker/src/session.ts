import { jwtVerify, SignJWT } from "jose";
import type { Env } from "./env";
import { staffOf, type StaffMember } from "./staff";

/** A working day. */
const LIFE_IN_SECONDS = 8 * 60 * 60;
/** As long as what HMAC-SHA-256 gives. */
const SHORTEST_SECRET = 32;

/** A browser takes a `__Host-` cookie from this very host only, over TLS. */
const cookieName = (secure: boolean) => (secure ? "__Host-carewire" : "carewire");

/** Everywhere but on a developer's own machine. */
function isSecure({ protocol, hostname }: URL): boolean {
  return !(protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname));
}

function key({ SESSION_SECRET }: Env): Uint8Array {
  const bytes = new TextEncoder().encode(SESSION_SECRET);
  if (bytes.length < SHORTEST_SECRET) throw new TypeError(`SESSION_SECRET must have ${SHORTEST_SECRET} bytes or more`);
  return bytes;
}

function cookie(url: URL, value: string, seconds: number): string {
  const secure = isSecure(url);
  const attributes = [`Max-Age=${seconds}`, "Path=/", "HttpOnly", "SameSite=Strict", ...(secure ? ["Secure"] : [])];
  return [`${cookieName(secure)}=${value}`, ...attributes].join("; ");
}

/** The cookie that begins a session. It names the member of staff; what they may do is looked up. */
export async function beginSession(url: URL, { id }: StaffMember, env: Env): Promise<string> {
  const token = await new SignJWT()
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(id)
    .setExpirationTime(`${LIFE_IN_SECONDS} s`)
    .sign(key(env));
  return cookie(url, token, LIFE_IN_SECONDS);
}

/** The cookie that ends a session. */
export function endSession(url: URL): string {
  return cookie(url, "", 0);
}

/** Who is signed in, if the cookie is ours, still lasts, and names somebody who still works here. */
export async function sessionOf(request: Request, env: Env): Promise<StaffMember | undefined> {
  const name = cookieName(isSecure(new URL(request.url)));
  const cookies = (request.headers.get("cookie") ?? "").split(/; */);
  const token = cookies.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  if (!token) return undefined;
  const secret = key(env);
  const verified = await jwtVerify(token, secret, { algorithms: ["HS256"], requiredClaims: ["sub", "exp"] }).catch(() => undefined);
  return verified && staffOf(env).find(({ id }) => id === verified.payload.sub);
}
