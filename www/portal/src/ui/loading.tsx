import type { ReactNode } from "react";

/** Shown while something is read; appears only after a short moment, so that quick answers do not flicker. */
export function Loading({ children, page = false }: { children: ReactNode; page?: boolean }) {
  return (
    <div className={page ? "loading loading-page" : "loading"} role="status">
      <span className="spinner" aria-hidden="true" />
      <span>{children}…</span>
    </div>
  );
}
