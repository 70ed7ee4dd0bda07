import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useNotice } from "../ui/notice";
import { isSessionLost, sessionQuery } from "./session";
import { useUser } from "./shell";

/** Says what became of a change, wherever whoever made it is by now. Who has signed in after them does not get to read it. */
export function useOutcomeNotice() {
  const client = useQueryClient();
  const notify = useNotice();
  const user = useUser();
  const here = useRef(false);

  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);

  const isTheirs = () => (client.getQueryData(sessionQuery.queryKey)?.user?.id ?? user.id) === user.id;
  return {
    done(text: string) {
      if (isTheirs()) notify(text);
    },
    /** Silent on the page that made the change: it shows the failure where it was made. */
    failed(error: unknown, text: string) {
      const lost = isSessionLost(error);
      if ((lost || !here.current) && isTheirs()) notify(lost ? `Your session had ended. ${text}` : text, "problem");
    },
  };
}
