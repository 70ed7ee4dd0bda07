/** How money came in. Staff takes the first two; the others appear in the list. */
export const methodLabels: Record<string, string> = {
  cash: "Cash",
  external_card: "Card terminal",
  card: "Saved card",
  one_time_payment: "Online payment",
  insurance: "Insurance",
};

export const methodsAtTheDesk = (["cash", "external_card"] as const).map((value) => ({ value, label: methodLabels[value] ?? value }));
