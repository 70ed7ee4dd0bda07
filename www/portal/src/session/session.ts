import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { TokenError } from "carewire";
import { portalHeader } from "../portal-header";
import { tellOtherTabs } from "./other-tabs";

/** A member of the clinic's staff, as the worker names them. */
export interface StaffMember {
  id: string;
  name: string;
  role: string;
}

/** Who is signed in, and how the last session ended if one did. */
export interface Session {
  user: StaffMember | null;
  ended?: "expired" | "signed-out";
}

/** The worker's own routes answered with something unexpected. */
export class SignInServiceError extends Error {
  override name = "SignInServiceError";
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(path, { ...init, headers: { Accept: "application/json", ...portalHeader, ...init?.headers } });
  if (!response.ok && response.status !== 401) throw new SignInServiceError(`sign-in service answered ${response.status}`);
  return response;
}

function staffMember(value: unknown): StaffMember {
  const { id, name, role } = (value ?? {}) as Record<string, unknown>;
  if (typeof id !== "string" || typeof name !== "string" || typeof role !== "string") {
    throw new SignInServiceError("sign-in service sent something that is no member of staff");
  }
  return { id, name, role };
}

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: Infinity,
  gcTime: Infinity,
  // Another tab may have ended it meanwhile.
  refetchOnWindowFocus: "always",
  queryFn: async ({ client, signal }): Promise<Session> => {
    const response = await ask("/auth/session", { signal });
    const before = client.getQueryData<Session>(["session"]);
    if (response.status === 401) {
      // What is left unread keeps its connection busy.
      await response.body?.cancel();
      return { user: null, ended: before?.user ? "expired" : before?.ended };
    }
    const user = staffMember(((await response.json()) as { user?: unknown }).user);
    // Before anything is drawn for somebody else.
    if (before?.user && before.user.id !== user.id) forgetRecords(client);
    return { user };
  },
});

export const staffQuery = queryOptions({
  queryKey: ["staff"],
  queryFn: async ({ signal }): Promise<StaffMember[]> => {
    const response = await ask("/auth/staff", { signal });
    const list: unknown = await response.json();
    if (!Array.isArray(list)) throw new SignInServiceError("sign-in service sent no list of staff");
    return list.map(staffMember);
  },
});

/** Signs in as a member of the demo staff; the session itself is a cookie that scripts cannot read. */
export async function signIn(id: string): Promise<void> {
  const response = await ask("/auth/sign-in", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ user: id }),
  });
  if (!response.ok) throw new SignInServiceError("sign-in was refused");
  tellOtherTabs("signed-in");
}

export async function signOut(): Promise<void> {
  await ask("/auth/sign-out", { method: "POST" });
  tellOtherTabs("signed-out");
}

/** Only the gateway knows that nobody is signed in. A 401 of an API is its quarrel with the gateway. */
export function isSessionLost(error: unknown): boolean {
  return error instanceof TokenError && error.reason === "session";
}

export function endSession(client: QueryClient, ended: "expired" | "signed-out"): void {
  // A look that began before must not bring the session back.
  void client.cancelQueries({ queryKey: sessionQuery.queryKey }, { revert: false, silent: true });
  client.setQueryData(sessionQuery.queryKey, { user: null, ended });
}

/** Drops everything read under a session that is over, so that no record stays in memory behind the sign-in page. */
export function forgetRecords(client: QueryClient): void {
  const ofSession = new Set<unknown>([sessionQuery.queryKey[0], staffQuery.queryKey[0]]);
  client.removeQueries({ predicate: (query) => !ofSession.has(query.queryKey[0]) });
  client.getMutationCache().clear();
}
