import { Link } from "react-router";
import { Icon } from "../ui/icon";
import { pageParams, searchState, type Search } from "./search";

/** Steps through the pages of a search. Each step is an address of its own. */
export function Pages({ search, totalPages }: { search: Search; totalPages: number }) {
  if (totalPages <= 1) return null;
  return (
    <nav className="pages" aria-label="Pages">
      <Step search={search} to={search.page - 1} possible={search.page > 1}>
        <Icon name="back" /> Previous
      </Step>
      <p>
        Page {search.page} of {totalPages}
      </p>
      <Step search={search} to={search.page + 1} possible={search.page < totalPages}>
        Next <Icon name="forward" />
      </Step>
    </nav>
  );
}

interface StepProps {
  search: Search;
  to: number;
  possible: boolean;
  children: React.ReactNode;
}

function Step({ search, to, possible, children }: StepProps) {
  // A link still, where there is no page to go to: what took its place would not have the focus.
  return (
    <Link
      className="button"
      to={{ search: pageParams(possible ? to : search.page).toString() }}
      state={searchState(search.query)}
      aria-disabled={!possible}
      onClick={(event) => {
        if (!possible) event.preventDefault();
      }}
    >
      {children}
    </Link>
  );
}
