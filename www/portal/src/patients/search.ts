import { useEffect, useRef, useState } from "react";
import { useLocation, useSearchParams } from "react-router";

const settleMs = 250;

/** What is asked for. Pages are counted from 1, in the address. */
export interface Search {
  query: string;
  page: number;
}

/**
 * The text of a search names people, and addresses end up in the browser's history and in logs: it is kept
 * beside the address, where it survives a reload and the way back all the same.
 */
export interface SearchState {
  query?: string;
}

export function useSearch(): Search {
  const [params] = useSearchParams();
  const { query } = (useLocation().state ?? {}) as SearchState;
  const page = Number(params.get("page") ?? 1);
  return { query: typeof query === "string" ? query : "", page: Number.isSafeInteger(page) && page > 0 ? page : 1 };
}

/** The address of a page; the first one goes without its number. */
export function pageParams(page: number): URLSearchParams {
  return new URLSearchParams(page > 1 ? { page: String(page) } : {});
}

export function searchState(query: string): SearchState {
  return query ? { query } : {};
}

/** The text of the search field. It is searched for once typing pauses, and follows the browser's back and forward. */
export function useSearchText() {
  const [, setParams] = useSearchParams();
  const { query } = useSearch();
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
    setParams(pageParams(1), { state: searchState(wanted), replace: true, preventScrollReset: true });
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
