import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Navigate, useLocation } from "react-router";
import { Avatar } from "../ui/avatar";
import { Failure } from "../ui/failure";
import { PageHeading } from "../ui/page-heading";
import { Ready } from "../ui/ready";
import { Brand } from "./brand";
import { forgetRecords, sessionQuery, signIn, staffQuery, type StaffMember } from "./session";
import { roleName } from "./shell";

export function SignIn() {
  const client = useQueryClient();
  const session = useQuery(sessionQuery);
  const staff = useQuery(staffQuery);
  const from = (useLocation().state as { from?: string } | null)?.from ?? "/patients";
  const signedOut = session.data?.user === null;

  useEffect(() => {
    if (signedOut) forgetRecords(client);
  }, [client, signedOut]);

  const enter = useMutation({
    mutationFn: (member: StaffMember) => signIn(member.id),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });

  if (session.data?.user) return <Navigate to={from} replace />;

  return (
    <main className="sign-in">
      <div className="card sign-in-card">
        <Brand />
        <PageHeading title="Sign in">Who is at the desk?</PageHeading>
        {session.data?.ended === "expired" && (
          <p className="callout callout-attention" role="alert">
            Your session has ended. Sign in again to go on where you were.
          </p>
        )}
        {enter.isError && <Failure error={enter.error} title="Sign-in did not work" compact />}
        <Ready query={staff} loading="Loading the staff" compact>
          {(members) =>
            members.length === 0 ? (
              <p className="empty">No demo staff is set up.</p>
            ) : (
              <ul className="staff" role="list">
                {members.map((member) => (
                  <li key={member.id}>
                    <button type="button" className="staff-member" disabled={enter.isPending} onClick={() => enter.mutate(member)}>
                      <Avatar name={member.name} />
                      <span className="staff-text">
                        <span className="staff-name">{member.name}</span>
                        <span className="staff-role">{roleName(member.role)}</span>
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </Ready>
        <p className="sign-in-note">This is a demonstration: no password, and every person in it is invented.</p>
      </div>
    </main>
  );
}
