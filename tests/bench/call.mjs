// One call of each client on a stubbed fetch: what the client itself costs.

import { createClient, createConfig, welkin as heyApi } from "./.peers/hey-api/entry";
import { createWelkin } from "./.peers/openapi-fetch/client";
import { interleave } from "./interleave.mjs";
import { patient, toBytes } from "./records.mjs";

const baseUrl = "https://api.live.welkincloud.io";
const record = patient(13);
const body = toBytes(record);
const path = { tenantName: "demo", instanceName: "main", patientId: record.id };
const token = async () => "synthetic-token";
const fetch = async () =>
  new Response(body, { status: 200, headers: { "content-type": "application/json" } });

/** Medians by contender. `carewire` is the package, or nothing when it was not built. */
export async function measureCall(carewire, effort) {
  const contenders = contendersOf(carewire);
  for (const [name, run] of Object.entries(contenders)) {
    const answer = await run();
    if (answer?.id !== record.id) throw new Error(`${name} did not return the record`);
  }
  return interleave(contenders, effort);
}

function contendersOf(carewire) {
  const generated = createClient(createConfig({ baseUrl, auth: token, fetch }));
  const typed = createWelkin({ baseUrl, fetch });
  const contenders = {
    "raw fetch": async () => {
      const url = `${baseUrl}/demo/main/patients/${encodeURIComponent(record.id)}`;
      const response = await fetch(url, { headers: { authorization: `Bearer ${await token()}` } });
      if (!response.ok) throw new Error(`status ${response.status}`);
      return response.json();
    },
    "openapi-fetch": async () => {
      const { data } = await typed.GET("/{tenantName}/{instanceName}/patients/{patientId}", {
        params: { path },
        headers: { authorization: `Bearer ${await token()}` },
      });
      return data;
    },
    "hey-api with zod": async () => {
      const { data } = await heyApi.patientsGet({ client: generated, path, throwOnError: true });
      return data;
    },
  };
  if (carewire) {
    const client = new carewire.Welkin({ tenant: "demo", instance: "main", auth: token, fetch });
    contenders["carewire"] = async () => client.patients.get(record.id);
  }
  return contenders;
}
