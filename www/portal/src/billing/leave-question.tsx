import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { sessionQuery } from "../session/session";
import { useOpenPayments } from "./open-payments";

/** Lets the browser ask before the portal is left while nobody knows what became of a payment. Draws nothing. */
export function LeaveQuestion() {
  const { data: session } = useQuery(sessionQuery);
  const payments = useOpenPayments();
  const asks = payments.some(({ userId, underWay }) => underWay || userId === session?.user?.id);

  useEffect(() => {
    if (!asks) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [asks]);

  return null;
}
