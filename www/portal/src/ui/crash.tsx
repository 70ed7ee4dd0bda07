/** Stands in for a page that threw while it was drawn. */
export function Crash() {
  return (
    <section className="card centred" role="alert">
      <h1>This page stopped working</h1>
      <p>Nothing you saved is lost. Load the page again to go on.</p>
      <button type="button" className="button button-primary" onClick={() => window.location.reload()}>
        Load again
      </button>
    </section>
  );
}
