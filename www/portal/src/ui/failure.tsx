import type { ReactNode } from "react";
import { explain } from "./explain";
import { Icon } from "./icon";

interface FailureProps {
  error: unknown;
  /** Left out where a repeat would not help or is not safe. */
  onRetry?: () => void;
  title?: string;
  compact?: boolean;
  children?: ReactNode;
}

/** Something could not be read or done: says what, and offers to try again. */
export function Failure({ error, onRetry, title, compact = false, children }: FailureProps) {
  const explanation = explain(error);
  return (
    <div className={compact ? "failure failure-compact" : "failure card"} role="alert">
      <Icon name="attention" />
      <div className="failure-text">
        <p className="failure-title">{title ?? explanation.title}</p>
        <p>{children ?? explanation.advice}</p>
        {explanation.reference && <p className="failure-reference">Reference {explanation.reference}</p>}
      </div>
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
