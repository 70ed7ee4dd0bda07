import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, use } from "react";
import { Link, Navigate, NavLink, Outlet, useLocation } from "react-router";
import { Failure } from "../ui/failure";
import { Loading } from "../ui/loading";
import { useNotice } from "../ui/notice";
import { Brand } from "./brand";
import { endSession, sessionQuery, signOut, type StaffMember } from "./session";

const UserContext = createContext<StaffMember | null>(null);

/** The member of staff who is signed in. Only below {@link Shell}. */
export function useUser(): StaffMember {
  const user = use(UserContext);
  if (!user) throw new Error("useUser is for pages behind the sign-in");
  return user;
}

/** The frame around every page behind the sign-in. */
export function Shell() {
  const session = useQuery(sessionQuery);
  const location = useLocation();

  if (session.isPending) return <Loading page>Opening the portal</Loading>;
  // What is known stays while a second look does not come through.
  if (!session.data) {
    return (
      <main className="page">
        <Failure error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  const { user, ended } = session.data;
  if (!user) {
    // Who comes after somebody who signed out starts afresh; everybody else goes back to where they were.
    const from = ended === "signed-out" ? undefined : location.pathname + location.search;
    return <Navigate to="/sign-in" replace state={{ from }} />;
  }
  return (
    <UserContext value={user}>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <header className="bar">
        <div className="bar-inner">
          <Link to="/patients" className="bar-brand">
            <Brand />
          </Link>
          <nav aria-label="Main" className="bar-nav">
            <NavLink to="/patients">Patients</NavLink>
          </nav>
          <SignedIn user={user} />
        </div>
      </header>
      <main id="content" className="page" tabIndex={-1}>
        {/* Nobody goes on with what somebody else began. */}
        <Outlet key={user.id} />
      </main>
      <footer className="footer">A demonstration clinic. Every person in it is invented.</footer>
    </UserContext>
  );
}

function SignedIn({ user }: { user: StaffMember }) {
  const client = useQueryClient();
  const notify = useNotice();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => endSession(client, "signed-out"),
    onError: () => notify("You are still signed in: the clinic's server did not answer. Try again.", "problem"),
  });
  return (
    <div className="bar-user">
      <span className="bar-who">
        <span className="bar-name">{user.name}</span>
        <span className="bar-role">{roleName(user.role)}</span>
      </span>
      <button type="button" className="button button-quiet" disabled={leave.isPending} onClick={() => leave.mutate()}>
        Sign out
      </button>
    </div>
  );
}

/** `front-desk` as people read it. */
export function roleName(role: string): string {
  const words = role.replace(/[-_]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
