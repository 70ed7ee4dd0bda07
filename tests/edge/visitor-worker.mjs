// Calls the gateway and leaves as soon as the API was asked: workerd then cancels the gateway's request.

export default {
  async fetch(request, env) {
    const leaving = new AbortController();
    const call = env.GATEWAY.fetch(request, { signal: leaving.signal });
    await env.REACHED.fetch("https://upstream.example.test/reached");
    leaving.abort();
    return call.then(() => new Response("answered"), () => new Response("left"));
  },
};
