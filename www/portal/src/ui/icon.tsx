const paths = {
  search: "M11 18a7 7 0 1 1 0-14 7 7 0 0 1 0 14Zm5-2 4.5 4.5",
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  plus: "M12 5v14M5 12h14",
  attention: "M12 8v5m0 3.5v.01M12 3.5 2.5 20h19L12 3.5Z",
  close: "M6 6l12 12M18 6 6 18",
  done: "M5 12.5l4.5 4.5L19 7.5",
} as const;

/** A line drawing in the colour of the text around it. Decoration: say it in words too. */
export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
