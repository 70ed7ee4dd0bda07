import { useEffect, useRef, type ReactNode } from "react";
import { useLocation } from "react-router";

interface PageHeadingProps {
  /** Title of the browser tab; holds no name of a patient, since tabs end up in the history. */
  title: string;
  children: ReactNode;
}

/** The one `h1` of a page. Takes the focus when the page was reached from inside the portal, as a page load would. */
export function PageHeading({ title, children }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const firstPage = useLocation().key === "default";

  useEffect(() => {
    if (!firstPage) heading.current?.focus({ preventScroll: true });
    // Only on arrival: a search in the same page must not take the focus from its field.
  }, []);

  return (
    <>
      <title>{`${title} · Alder Row Clinic`}</title>
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
    </>
  );
}
