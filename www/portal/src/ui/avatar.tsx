/** Initials in a circle; decoration beside the full name. */
export function Avatar({ name, large = false }: { name: string; large?: boolean }) {
  const words = name.split(/\s+/).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.charAt(0) ?? "").join("");
  return (
    <span className={large ? "avatar avatar-large" : "avatar"} aria-hidden="true">
      {initials.toUpperCase()}
    </span>
  );
}
