import { useEffect, useRef, type ReactNode } from "react";

interface DoubtProps {
  title: string;
  /** What to look at. */
  children: ReactNode;
  /** Whether what is to be looked at was read after the doubt began. */
  ready: boolean;
  /** "It is in the list". */
  found: string;
  onFound: () => void;
  onMissing: () => void;
}

/** Stands in place of the button that did something nobody knows the outcome of: it is not done again before somebody looked. */
export function Doubt({ title, children, ready, found, onFound, onMissing }: DoubtProps) {
  const place = useRef<HTMLDivElement>(null);

  // The button that was pressed is gone, and the focus with it.
  useEffect(() => {
    if (document.activeElement === document.body) place.current?.focus();
  }, []);

  return (
    <div className="callout callout-attention" ref={place} tabIndex={-1}>
      <div role="alert">
        <p className="callout-title">{title}</p>
        {children}
      </div>
      <div className="callout-choices">
        <button type="button" className="button" disabled={!ready} onClick={onFound}>
          {found}
        </button>
        <button type="button" className="button" disabled={!ready} onClick={onMissing}>
          It is not there, try again
        </button>
      </div>
    </div>
  );
}
