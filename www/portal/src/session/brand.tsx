export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="9" className="brand-tile" />
        <path
          d="M16 25c0-7 1-11 8-16-8 0-13 4-13 9 0 2 .8 3.4 2 4.3"
          className="brand-leaf"
          fill="none"
          strokeWidth="2.4"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span>Alder Row Clinic</span>
    </span>
  );
}
