import { ApiError, DecodeError, NetworkError, TimeoutError } from "carewire";

/** What went wrong, in words for staff. Holds nothing of a record and no text of a server. */
export interface Explanation {
  title: string;
  advice: string;
  /** Quoted when asking for support. */
  reference: string | undefined;
}

export function explain(error: unknown): Explanation {
  const reference = error instanceof ApiError ? (error.requestId ?? undefined) : undefined;
  const [title, advice] = words(error);
  return { title, advice, reference };
}

function words(error: unknown): [title: string, advice: string] {
  if (error instanceof NetworkError) return ["No connection", "The clinic's server could not be reached. Check the network and try again."];
  if (error instanceof TimeoutError) return ["This took too long", "The answer did not come in time. Try again in a moment."];
  if (error instanceof DecodeError) return ["An answer that makes no sense", "The record could not be read. Nothing was changed."];
  if (error instanceof ApiError) {
    if (refusal(error) === "origin") return ["Not from this address", "The clinic's server does not take changes from this address of the portal. Tell the practice manager."];
    if (error.status === 403) return ["Not allowed", "Your role does not give access to this. Ask the practice manager if you need it."];
    if (error.status === 404) return ["Not found", "There is no such record, or it has been removed."];
    if (error.status === 409) return ["Changed meanwhile", "Somebody else changed this record. Reload it and try again."];
    if (error.status === 429) return ["Too many requests", wait(error.retryAfterMs)];
    // A session that ended is no ApiError: here an API refused the clinic itself.
    if (error.status === 401) return ["The service has a problem", "The records service does not let the clinic in. Tell the practice manager."];
    if (error.status >= 500) return ["The service has a problem", "The records service could not answer. Try again in a moment."];
    return ["This was refused", "The records service did not accept the request."];
  }
  return ["Something went wrong", "Try again. If it stays like this, tell the practice manager."];
}

/** Why the gateway itself refused, where it was not the API. */
const refusal = (error: ApiError) => error.headers.get("x-carewire-gateway");

function wait(retryAfterMs: number | null | undefined): string {
  if (!retryAfterMs) return "The service is busy. Try again in a moment.";
  const seconds = Math.ceil(retryAfterMs / 1000);
  return `The service is busy. Try again in ${seconds === 1 ? "1 second" : `${seconds} seconds`}.`;
}

/**
 * What is known about a change that failed. An error that does not say counts as `"unknown"`:
 * then nobody may assume that nothing happened.
 */
export function outcomeOf(error: unknown): "not_sent" | "rejected" | "unknown" {
  const outcome = typeof error === "object" && error !== null && "outcome" in error ? error.outcome : undefined;
  return outcome === "not_sent" || outcome === "rejected" ? outcome : "unknown";
}
