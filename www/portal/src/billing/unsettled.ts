import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";

/** A payment of which nobody knows whether it was recorded. */
export interface UnsettledPayment {
  amountCents: number;
}

/** Kept beside the records and not in the form: it must outlive a look at another page. */
export function useUnsettledPayment(accountId: number) {
  const client = useQueryClient();
  const queryKey = ["unsettled-payment", accountId];
  const { data = null } = useQuery<UnsettledPayment | null>({ queryKey, queryFn: skipToken, staleTime: Infinity, gcTime: Infinity });
  return {
    unsettled: data,
    setUnsettled: (payment: UnsettledPayment | null) => client.setQueryData<UnsettledPayment | null>(queryKey, payment),
  };
}
