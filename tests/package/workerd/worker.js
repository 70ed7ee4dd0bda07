// A worker as a user writes one: the client stands at the top level and serves every request.

import { ApiError, ConfigError, TimeoutError, Welkin } from "carewire";

/** The clock by which callers wait for each other stands, but when a test lets time pass. */
let now = 0;
performance.now = () => now;

const settings = { tenant: "gh", instance: "sb-demo", retries: 0 };

const welkin = new Welkin({
  ...settings,
  auth: async ({ signal }) => {
    const response = await fetch("https://auth.example.test/exchange", { method: "POST", signal });
    return response.json();
  },
});

let bound;

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    try {
      if (pathname === "/clock") return Response.json({ now: (now += Number(searchParams.get("milliseconds"))) });
      if (pathname === "/bound") {
        bound ??= new Welkin({ ...settings, auth: () => "token-of-env", fetch: env.API });
        return Response.json(await bound.patients.get("p1"));
      }
      if (pathname === "/list") return Response.json(await welkin.patients.list().toArray());
      if (pathname === "/slow") return Response.json(await welkin.patients.get("slow", {}, { timeoutMs: 100 }));
      if (pathname === "/wrong") return Response.json(await welkin.patients.get("p1", { typo: 1 }));
      return Response.json(await welkin.patients.get(pathname.slice(1)));
    } catch (error) {
      if (error instanceof ApiError) return Response.json({ status: error.status }, { status: 502 });
      if (error instanceof TimeoutError) return Response.json({ timeoutMs: error.timeoutMs }, { status: 504 });
      if (error instanceof ConfigError) return Response.json({ parameter: error.parameter }, { status: 400 });
      throw error;
    }
  },
};
