import { useEffect, useRef, useState } from "react";
import { useSearchParams } from "react-router";

const settleMs = 250;

/** What is asked for, as it stands in the address. Pages are counted from 1 there. */
export interface Search {
  query: string;
  page: number;
}

export function searchOf(params: URLSearchParams): Search {
  const page = Number(params.get("page") ?? 1);
  return { query: params.get("query") ?? "", page: Number.isSafeInteger(page) && page > 0 ? page : 1 };
}

/** The address of another search; what is the default stays out of it. */
export function searchParams({ query, page }: Search): URLSearchParams {
  const params = new URLSearchParams();
  if (query) params.set("query", query);
  if (page > 1) params.set("page", String(page));
  return params;
}

/** The text of the search field. It reaches the address once typing pauses, and follows the address on back and forward. */
export function useSearchText() {
  const [params, setParams] = useSearchParams();
  const { query } = searchOf(params);
  const [text, setText] = useState(query);
  const sent = useRef(query);

  useEffect(() => {
    if (query === sent.current) return;
    sent.current = query;
    setText(query);
  }, [query]);

  function search(now: string) {
    const wanted = now.trim();
    if (wanted === sent.current) return;
    sent.current = wanted;
    setParams(searchParams({ query: wanted, page: 1 }), { replace: true, preventScrollReset: true });
  }
  const latest = useRef(search);
  useEffect(() => {
    latest.current = search;
  });

  useEffect(() => {
    const timer = setTimeout(() => latest.current(text), settleMs);
    return () => clearTimeout(timer);
  }, [text]);

  return { text, setText, searchNow: () => search(text) };
}
