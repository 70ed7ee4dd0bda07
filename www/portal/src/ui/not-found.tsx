import { Link } from "react-router";
import { PageHeading } from "./page-heading";

export function NotFound() {
  return (
    <section className="card centred">
      <PageHeading title="Not found">There is no such page</PageHeading>
      <p>The address may be mistyped.</p>
      <Link className="button" to="/patients">
        All patients
      </Link>
    </section>
  );
}
