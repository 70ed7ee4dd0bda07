/** Stands for a value that is there and is not what it should be: one such record must not take its page down. */
export const unreadable = "—";

/** A text of a record, empty if there is none. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return typeof value === "number" ? String(value) : unreadable;
}

/** A list of a record, empty if there is none that can be read. */
export function listOf<Item>(value: readonly Item[] | null | undefined): readonly Item[] {
  return Array.isArray(value) ? (value as readonly Item[]).filter((item) => typeof item === "object" && item !== null) : [];
}
