import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from "react";
import { Icon } from "./icon";

type Kind = "done" | "problem";
type Notify = (text: string, kind?: Kind) => void;

interface Notice {
  id: number;
  text: string;
  kind: Kind;
}

interface Notices {
  notify: Notify;
  /** Takes all away, for somebody else comes to the screen. */
  clear: () => void;
}

const NoticeContext = createContext<Notices>({ notify: () => undefined, clear: () => undefined });
const shownForMs = 6000;

/** Says in passing that something was done; screen readers hear it too. A problem stays until it is closed. */
export function useNotice(): Notify {
  return use(NoticeContext).notify;
}

export function useClearNotices(): () => void {
  return use(NoticeContext).clear;
}

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const lastId = useRef(0);
  const remove = useCallback((id: number) => setNotices((shown) => shown.filter((notice) => notice.id !== id)), []);
  const notify = useCallback<Notify>(
    (text, kind = "done") => {
      const id = (lastId.current += 1);
      // What was said before in passing makes room.
      setNotices((shown) => [...shown.filter((notice) => notice.kind === "problem" && notice.text !== text), { id, text, kind }]);
      if (kind === "done") setTimeout(remove, shownForMs, id);
    },
    [remove],
  );
  const value = useMemo(() => ({ notify, clear: () => setNotices([]) }), [notify]);

  return (
    <NoticeContext value={value}>
      {children}
      <div className="notice-place" role="status" aria-live="polite">
        {notices.map(({ id, text, kind }) => (
          <p key={id} className={`notice notice-${kind}`}>
            <Icon name={kind === "done" ? "done" : "attention"} />
            <span>{text}</span>
            {kind === "problem" && (
              <button type="button" className="notice-close" aria-label="Close the message" onClick={() => remove(id)}>
                <Icon name="close" />
              </button>
            )}
          </p>
        ))}
      </div>
    </NoticeContext>
  );
}
