import type { Env } from "./env";

/** The keys that may have signed a webhook. Empty is as good as left out: so a secret is taken back where it cannot be removed. */
export function webhookKeys({ INBOX_WEBHOOK_KEYS, INBOX_API_KEY }: Pick<Env, "INBOX_WEBHOOK_KEYS" | "INBOX_API_KEY">): string[] {
  const own = keysIn(INBOX_WEBHOOK_KEYS ?? "");
  return own.length > 0 ? own : keysIn(INBOX_API_KEY);
}

const keysIn = (text: string) => text.split(/\s+/).filter(Boolean);
