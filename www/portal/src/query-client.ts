import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { endSession, isSessionLost } from "./session/session";

/** One cache of what the portal has read. A call that finds the session gone ends it for the whole portal. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isSessionLost(error)) endSession(client, "expired");
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // carewire repeats what is safe to repeat. The default network mode would hold a payment
      // back while offline and send it later, when nobody looks any more.
      queries: { retry: false, networkMode: "always", staleTime: 30_000 },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  return client;
}
