import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure } from "./failure";
import { Loading } from "./loading";

interface ReadyProps<Data> {
  query: UseQueryResult<Data>;
  /** What is awaited: "Loading patients". */
  loading: string;
  /** Inside a card there is no second card. */
  compact?: boolean;
  children: (data: Data) => ReactNode;
}

/** Shows what was read; before that, that it is awaited or that it failed. What was read once stays when a later reading fails. */
export function Ready<Data>({ query, loading, compact = false, children }: ReadyProps<Data>) {
  const retry = () => void query.refetch();
  if (query.data === undefined) {
    if (query.isError && !query.isFetching) return <Failure error={query.error} onRetry={retry} compact={compact} />;
    return <Loading>{loading}</Loading>;
  }
  return (
    <>
      {query.isError && (
        <Failure error={query.error} onRetry={retry} compact>
          What you see may be out of date.
        </Failure>
      )}
      {children(query.data)}
    </>
  );
}
