import { createContext, use, useCallback, useEffect, useState, type ReactNode } from "react";
import { Icon } from "./icon";

type Kind = "done" | "problem";
type Notify = (text: string, kind?: Kind) => void;

const NoticeContext = createContext<Notify>(() => undefined);
const shownForMs = 6000;

/** Says in passing that something was done; screen readers hear it too. */
export function useNotice(): Notify {
  return use(NoticeContext);
}

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<{ text: string; kind: Kind } | null>(null);
  const notify = useCallback<Notify>((text, kind = "done") => setNotice({ text, kind }), []);

  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => setNotice(null), shownForMs);
    return () => clearTimeout(timer);
  }, [notice]);

  return (
    <NoticeContext value={notify}>
      {children}
      <div className="notice-place" role="status" aria-live="polite">
        {notice && (
          <p className={`notice notice-${notice.kind}`}>
            <Icon name={notice.kind === "done" ? "done" : "attention"} />
            {notice.text}
          </p>
        )}
      </div>
    </NoticeContext>
  );
}
