import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useClearNotices, useNotice } from "../ui/notice";
import { hearOtherTabs } from "./other-tabs";
import { endSession, sessionQuery } from "./session";

/** Follows a session that other tabs share and may end or change. Draws nothing. */
export function SessionWatch() {
  const client = useQueryClient();
  const notify = useNotice();
  const clearNotices = useClearNotices();
  const user = useQuery(sessionQuery).data?.user;
  const before = useRef({ user, lastUser: user });

  useEffect(
    () =>
      hearOtherTabs((change) => {
        if (change === "signed-out") endSession(client, "signed-out");
        else void client.refetchQueries({ queryKey: sessionQuery.queryKey });
      }),
    [client],
  );

  // The cookie also ends by itself, which no tab tells.
  useEffect(() => {
    const look = () => void client.refetchQueries({ queryKey: sessionQuery.queryKey }, { cancelRefetch: false });
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [client]);

  useEffect(() => {
    const { user: previous, lastUser } = before.current;
    before.current = { user, lastUser: user ?? lastUser };
    if (!user || !lastUser || user.id === lastUser.id) return;
    clearNotices();
    if (previous) notify("Somebody else has signed in in this browser. This is their session now.", "problem");
  }, [user, clearNotices, notify]);

  return null;
}
