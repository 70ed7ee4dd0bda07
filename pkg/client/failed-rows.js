/** The rows of a bulk change that the API did not change: it answers 200 all the same. */
export function failedRows({ rows }) {
  return rows.filter(({ result }) => result?.status !== "OK");
}
