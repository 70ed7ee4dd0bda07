/** What is wrong with a date that was typed. */
export type DateFault = "unreadable" | "too-early" | "too-late";

/**
 * Looks at the date field of that name in a form. To a script a half-typed date and the 30th of February are
 * as empty as no date: only the field's own validity tells them apart.
 */
export function dateFault(form: HTMLFormElement | null, name: string): DateFault | undefined {
  const field = form?.elements.namedItem(name);
  if (!(field instanceof HTMLInputElement)) return undefined;
  const { badInput, rangeUnderflow, rangeOverflow } = field.validity;
  if (badInput) return "unreadable";
  if (rangeUnderflow) return "too-early";
  return rangeOverflow ? "too-late" : undefined;
}
