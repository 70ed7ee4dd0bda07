// What was tried against the gateway, as data: the requests as they are written to the connection. The
// session is that of patient p1, who may read and change the own record.

const welkin = "https://welkin.example.test/gh/sb-demo/";
const inbox = "https://inbox.example.test/partner/v2/";
const patients = "/api/welkin/t/i/patients";
const origin = "origin: {own}";
const json = "content-type: application/json";

/** The requests that may reach an API: the caller's own, written anew. */
const read = `GET ${welkin}patients/p1`;
const update = `PATCH ${welkin}patients/p1`;
const upload = `POST ${welkin}patients/p1/document-summary/d1/files`;
const list = `GET ${welkin}patients?email=p1%40example.org`;
const invoice = `PUT ${inbox}invoices/7`;

const get = (target, ...headers) => ({ method: "GET", target, headers });
const patch = (body, ...headers) => ({ method: "PATCH", target: `${patients}/p1`, headers: [origin, json, ...headers], body });
const put = (body) => ({ method: "PUT", target: "/api/inbox/partner/v2/invoices/7", headers: [origin, json], body });
const sent = (bytes) => ({ bytes });

const dividers = [
  "/", "%2f", "%2F", "%252f", "%252F", "%25252f", "%5c", "%5C", "%255c", "%c0%af", "%c1%9c", "%e0%80%af", "%f0%80%80%af",
  "%u002f", "%u2215", "%%32%66", "%25%32%66", "%ef%bc%8f", "%ef%bc%bc", "%e2%81%84", "%e2%88%95", "%3b", "%253b",
];
const dots = [
  "..", ".", "%2e%2e", "%2e.", ".%2e", "%2E%2E", "%252e%252e", "%25252e%25252e", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae",
  "%u002e%u002e", "%ef%bc%8e%ef%bc%8e", "%e2%80%a4%e2%80%a4", "%e2%80%a5", "%ef%b9%92%ef%b9%92", "...%2f",
];
const noText = ["%00", "%0a", "%0d%0a", "%09", "%1f", "%7f", "%c2%85", "%80", "%ff", "%fe%ff", "%ed%a0%80", "%f4%90%80%80", "%", "%2", "%zz", "%g0", "%ef%bb%bf", "%c2%ad"];

/** One class of tricks: what it tries, the requests, and those that may reach an API. */
export const tricks = [
  {
    name: "encoded dividers",
    tries: "slashes, backslashes and semicolons in one, two and three layers of encoding, overlong, and as look-alikes",
    requests: dividers.slice(1).flatMap((divider) => [
      get(`${patients}/p1${divider}encounters`),
      get(`${patients}/p2${divider}..${divider}p1`),
      get(`${patients}${divider}p1`),
      get(`/api/welkin${divider}t${divider}i${divider}patients${divider}p1`),
    ]),
    reach: [],
  },
  {
    name: "dot segments",
    tries: "plain, encoded, doubly encoded, overlong and as look-alikes, in each place of the path",
    requests: dots.flatMap((dot) => [
      get(`${patients}/${dot}`),
      get(`${patients}/${dot}/users`),
      get(`${patients}/p1/${dot}/p2`),
      get(`${patients}/p2/${dot}/p1`),
      get(`/api/welkin/${dot}/${dot}/patients/p1`),
      get(`/api/welkin/t/i/${dot}/admin/users`),
      get(`/api/welkin/${dot}/inbox/partner/v2/patients`),
    ]),
    // workerd takes plain dot segments away before anybody sees them: what is left is the own record.
    reach: [read],
  },
  {
    name: "backslashes",
    tries: "in place of slashes; workerd reads them as slashes before anybody sees them",
    requests: [
      get("/api\\welkin\\t\\i\\patients\\p2"),
      get(`${patients}\\p2`),
      get(`${patients}/p1\\encounters`),
      get(`${patients}/p1\\..\\p2`),
      get(`${patients}\\..\\users`),
      get("\\\\evil.example.test\\api\\welkin\\t\\i\\patients\\p1"),
    ],
    reach: [],
  },
  {
    name: "empty segments",
    tries: "doubled slashes in each place",
    requests: [
      "//api/welkin/t/i/patients/p1", "/api//welkin/t/i/patients/p1", "/api/welkin//t/i/patients/p1", "/api/welkin/t//i/patients/p1",
      "/api/welkin/t/i//patients/p1", `${patients}//p1`, `${patients}/p1//encounters`, `${patients}/p1//`, "/api/welkin//i/patients/p1",
      "/api/welkin/t//patients/p1", `${patients}//`, "/api/welkin//", "//", "///evil.example.test/api/welkin/t/i/patients/p1",
    ].map((target) => get(target)),
    reach: [],
  },
  {
    name: "matrix parameters",
    tries: "semicolons with and without values in each segment",
    requests: [
      `${patients}/p1;x=1`, `${patients}/p1;`, `${patients}/;p1`, `${patients};x=1/p1`, "/api/welkin/t;x=1/i/patients/p1",
      "/api/welkin/t/i;/patients/p1", "/api;x/welkin/t/i/patients/p1", `${patients}/p2;/../p1;`, `${patients}/p1;/encounters`,
      `${patients}/p1;patientId=p2`, `${patients}/p1;jsessionid=1`, `${patients}/..;/users`,
    ].map((target) => get(target)),
    reach: [],
  },
  {
    name: "bytes that are no text",
    tries: "control characters, broken encodings, broken UTF-8 and invisible characters in a path parameter",
    requests: noText.flatMap((bytes) => [get(`${patients}/p1${bytes}`), get(`${patients}/${bytes}`), get(`${patients}/${bytes}p1`)]),
    reach: [],
  },
  {
    name: "case",
    tries: "other cases of literals, prefixes, ids and methods",
    requests: [
      ...["/API/welkin/t/i/patients/p1", "/api/Welkin/t/i/patients/p1", "/api/welkin/t/i/Patients/p1", "/api/welkin/t/i/PATIENTS/p1", `${patients}/P1`, "/api/welkin/t/i/patient%73/P1"].map((target) => get(target)),
      ...["get", "Get", "gET", "geT"].map((method) => ({ ...get(`${patients}/p1`), method })),
    ],
    reach: [],
  },
  {
    name: "trailing characters",
    tries: "slashes, dots, blanks and endings that some routers take away",
    requests: ["/", "/.", "/..", ".", "%20", "+", ".json", "~", "/?", "%23", "%3f", "*", ",", "%2c", ":", "@", "$", "!"].map((end) => get(`${patients}/p1${end}`)),
    reach: [],
  },
  {
    name: "other methods",
    tries: "methods that no operation of this path has, and those of HTTP itself",
    requests: ["PUT", "DELETE", "POST", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "QUERY", "LINK", "PURGE", "X"].map((method) => ({ method, target: `${patients}/p1`, headers: [origin] })),
    reach: [],
  },
  {
    name: "absolute and authority forms",
    tries: "targets that name another host, with and without a scheme; the gateway's own hosts are used all the same",
    requests: [
      "http://evil.example.test/api/welkin/t/i/patients/p1", "https://evil.example.test/api/welkin/t/i/patients/p1", "HTTP://evil.example.test/api/welkin/t/i/patients/p1",
      "http://welkin.example.test@evil.example.test/api/welkin/t/i/patients/p1", "ftp://evil.example.test/api/welkin/t/i/patients/p1", "file:///etc/passwd",
      "//evil.example.test/api/welkin/t/i/patients/p1", "http:///api/welkin/t/i/patients/p1", "http:/api/welkin/t/i/patients/p1", "evil.example.test:443", "*", "",
      "api/welkin/t/i/patients/p1", "http://evil.example.test:99999/api/welkin/t/i/patients/p1", "http://[::1]/api/welkin/t/i/patients/p1", "javascript:/api/welkin/t/i/patients/p1",
    ].map((target) => get(target)),
    reach: [read],
  },
  {
    name: "hosts",
    tries: "headers that name another host, path, address or scheme",
    requests: [
      "x-forwarded-host: evil.example.test", "x-forwarded-proto: http", "x-forwarded-for: 127.0.0.1", "x-forwarded-prefix: /t/i/users", "forwarded: host=evil.example.test",
      "x-original-url: /api/welkin/t/admin/users", "x-rewrite-url: /api/welkin/t/admin/users", "x-original-uri: /t/admin/users", "x-host: evil.example.test", "x-real-ip: 127.0.0.1",
      "x-custom-ip-authorization: 127.0.0.1", "destination: https://evil.example.test", "via: 1.1 evil", "true-client-ip: 127.0.0.1", "host: evil.example.test",
    ].map((header) => get(`${patients}/p1`, header)),
    reach: [read],
  },
  {
    name: "method overrides",
    tries: "headers, parameters and fields that some frameworks take for the method",
    requests: [
      ...["x-http-method-override", "x-http-method", "x-method-override", "_method", "x-method"].flatMap((name) => ["DELETE", "PUT"].map((method) => get(`${patients}/p1`, `${name}: ${method}`))),
      ...["_method=DELETE", "method=DELETE", "_HttpMethod=DELETE", "X-HTTP-Method-Override=DELETE"].map((query) => get(`${patients}/p1?${query}`)),
    ],
    reach: [read],
  },
  {
    name: "credentials",
    tries: "headers of the APIs' own credentials and roles, which the gateway replaces or leaves behind",
    requests: ["authorization: Bearer forged", "authorization: Basic Zm9yZ2Vk", "x-api-key: forged", "proxy-authorization: Basic x", "security-role: admin", "x-user-id: admin", "x-welkin-user: admin"].map((header) => get(`${patients}/p1`, header)),
    reach: [read],
  },
  {
    name: "duplicate headers",
    tries: "headers given twice, where readers may take the first or the last",
    requests: [
      get(`${patients}/p1`, "cookie: session=p2"),
      get(`${patients}/p1`, "host: evil.example.test", "host: evil.example.test"),
      patch("{}", "content-type: text/plain"),
      patch("{}", "origin: https://evil.example.test"),
      patch("{}", "content-length: 2"),
      patch("{}", "content-length: 5"),
      { method: "PATCH", target: `${patients}/p1`, headers: ["origin: https://evil.example.test", origin, json], body: "{}" },
      { method: "PATCH", target: `${patients}/p1`, headers: [origin, "content-type: text/plain", json], body: "{}" },
    ],
    // Equal lengths are one length.
    reach: [update, read],
  },
  {
    name: "smuggled requests",
    tries: "a second request inside the first, by lengths and encodings that readers understand differently",
    requests: [
      ["content-length: 6", "transfer-encoding: chunked"], ["transfer-encoding: chunked", "content-length: 6"], ["transfer-encoding: xchunked"], ["transfer-encoding : chunked"],
      ["transfer-encoding: chunked, identity"], ["transfer-encoding: identity, chunked"], ["transfer-encoding:\tchunked"], ["transfer-encoding: chunked", "transfer-encoding: x"], ["content-length: +6"],
      ["content-length: 6, 6"], ["content-length: 0x6"], ["content-length: -1"], ["content-length: 6 "], ["x: y\n transfer-encoding: chunked"], ["x: y\rtransfer-encoding: chunked"], ["x: y\ntransfer-encoding: chunked"],
      [" content-length: 6"], ["content-length : 6"], ["content-length: 99999999999999999999"], ["transfer-encoding: chunked", "trailer: cookie"],
    ].flatMap((framing) =>
      ["GET", "PATCH"].map((method) =>
        sent(`${method} ${patients}/p1 HTTP/1.1\r\nhost: {host}\r\ncookie: session=p1\r\n${origin}\r\n${json}\r\n${framing.join("\r\n")}\r\n\r\n0\r\n\r\nXGET ${patients}/p2 HTTP/1.1\r\nhost: {host}\r\ncookie: session=p1\r\n\r\n`),
      ),
    ),
    reach: [read, update],
  },
  {
    name: "conflicting query parameters",
    tries: "parameters given twice, undeclared, in other cases, with brackets, encoded, or with other dividers",
    requests: [
      "email=p1@example.org&email=p2@example.org", "email=p2@example.org&email=p1@example.org", "email=p1@example.org&%65mail=p2@example.org", "email=p1@example.org&Email=p2@example.org", "email[]=p1@example.org",
      "email[0]=p1@example.org", "email.x=p1@example.org", "email=p1@example.org;email=p2@example.org", "email=p1@example.org%26email=p2@example.org", "email=p1%40example.org%00", "email=p1@example.org%0d%0ax: y",
      "email=p1@example.org&page=-1", "email=p1@example.org&page=1e3", "email=p1@example.org&page=0x1", "email=p1@example.org&page=01", "email=p1@example.org&page=%D9%A1", "email=p1@example.org&page=99999999999999999999",
      "email=p1@example.org&tenantName=other", "email=p1@example.org&patientId=p2", "email=p1@example.org&__proto__=1", "email=p1@example.org&constructor=1", "email=p1@example.org&=x", "email=p1@example.org&%=x",
      "email=p1@example.org%ff", "?email=p1@example.org", "email=p1@example.org?email=p2@example.org", "email=p2@example.org#&email=p1@example.org", "email", "email=", "EMAIL=p1@example.org", "email%20=p1@example.org", "%20email=p1@example.org", "email+=p1@example.org",
    ].map((query) => get(`${patients}?${query}`)),
    reach: [],
  },
  {
    name: "queries that are written anew",
    tries: "the own query in other writings; what reaches the API is the one way of writing it",
    requests: ["email=p1@example.org", "email=p1%40example.org", "%65mail=p1%40example%2eorg", "&email=p1@example.org&", "email=p1@example.org#&email=p2@example.org"].map((query) => get(`${patients}?${query}`)),
    reach: [list],
  },
  {
    name: "other meanings of the id",
    tries: "parameters that make another record of the same path",
    requests: ["type=MRN", "type=EXTERNAL_ID", "type=", "type=ID", "TYPE=MRN", "type=MRN&type=ID", "expand=yes"].map((query) => get(`${patients}/p1?${query}`)),
    reach: [],
  },
  {
    name: "bodies that disagree with the path",
    tries: "another id in the body, in the envelope, twice, escaped, in another case, as another kind of value, in a list, or in its rows",
    requests: [
      '{"id":"p2"}', '{"patientId":"p2"}', '{"id":"p1","id":"p2"}', '{"id":"p1","patientId":"p2"}', '{"\\u0069d":"p2"}', '{"ID":"p2"}', '{"Id":"p2"}', '{"patientid":"p2"}', '{"PatientId":"p1"}', '{"id":["p1"]}', '{"id":{"$eq":"p1"}}',
      '{"id":null}', '{"id":true}', '{"id":""}', '{"id":"p1 "}', '{"id":"P1"}', '{"id":"p1\\u0000"}', '[{"id":"p2"}]', '[{"id":"p1"},{"id":"p2"}]', '\ufeff{"id":"p2"}', '{"__proto__":{"id":"p1"},"id":"p2"}', '{"constructor":1,"id":"p2"}',
      '{"rows":[{"id":"c9","patientId":"p2"}]}', '{"rows":[{"id":"c9","patientId":"p1"},{"PatientId":"p1"}]}',
    ].map((body) => patch(body)).concat(
      ['{"id":8}', '{"id":"8"}', '{"id":7,"id":8}', '{"id":7,"invoice":{"id":8}}', '{"invoice":{"id":8}}', '{"id":7.5}', '{"id":70e-1,"invoice":{"ID":8}}', '{"id":[7]}', '{"id":"07"}', '{"id":7,"invoice":[{"id":8}]}', '{"id":7,"Invoice":{"id":8}}', '{"id":7,"INVOICE":{}}', '{"id":9007199254740993}', '{"id":-7}', '{"id":"7;8"}'].map(put),
    ),
    reach: [],
  },
  {
    name: "bodies that agree",
    tries: "the own id in other writings, and none; what reaches the API is the JSON as the gateway understood it",
    requests: [patch('{"id":"p1"}'), patch('{"\\u0069d":"p\\u0031"}'), patch('{"id":"p2","id":"p1"}'), patch("{}"), patch('{"rows":[{"id":"c9","patientId":"p1"},{"id":"c8"}]}'), put('{"id":7,"invoice":{}}'), put('{"id":"7","invoice":{"id":7}}'), put('{"id":7.0,"invoice":{}}')],
    reach: [update, invoice],
  },
  {
    name: "bodies that are something else",
    tries: "broken JSON, other encodings of text, other content types, compressed bodies",
    requests: [
      ...["{", '{"a":}', "{}{}", "nul", "'{}'", "{\u0000}", '{"n":9007199254740993}', '{"n":1e999}', "NaN", `${"[".repeat(900)}`].map((body) => patch(body)),
      ...["text/plain", "text/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16", "application/json, text/plain", "multipart/form-data; boundary=x, application/json", "application/jsonp", "application/json-patch+json", "*/*"].map((type) => ({ method: "PATCH", target: `${patients}/p1`, headers: [origin, `content-type: ${type}`], body: "{}" })),
      { method: "PATCH", target: `${patients}/p1`, headers: [origin], body: "{}" },
      ...["gzip", "br", "deflate", "identity, gzip", "x"].map((encoding) => patch("{}", `content-encoding: ${encoding}`)),
    ],
    reach: [],
  },
  {
    name: "bodies where there is none",
    tries: "a body on operations that have none: it stays behind",
    requests: [
      { method: "GET", target: `${patients}/p1`, headers: [json], body: '{"id":"p2"}' },
      { method: "GET", target: `${patients}/p1`, headers: ["content-type: application/x-www-form-urlencoded"], body: "_method=DELETE" },
      { method: "GET", target: `${patients}/p1`, headers: ["content-length: 0"] },
    ],
    reach: [read],
  },
  {
    name: "oversized bodies",
    tries: "bodies beyond the limits, with and without their length",
    requests: [
      patch(JSON.stringify("x".repeat(1200))),
      patch(JSON.stringify("x".repeat(5000))),
      sent(`PATCH ${patients}/p1 HTTP/1.1\r\nhost: {host}\r\ncookie: session=p1\r\n${origin}\r\n${json}\r\ntransfer-encoding: chunked\r\n\r\n1388\r\n"${"x".repeat(4998)}"\r\n0\r\n\r\n`),
      { method: "POST", target: `${patients}/p1/document-summary/d1/files`, headers: [origin, "content-type: multipart/form-data; boundary=x"], body: "x".repeat(5000) },
      sent(`POST ${patients}/p1/document-summary/d1/files HTTP/1.1\r\nhost: {host}\r\ncookie: session=p1\r\n${origin}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 99999999\r\n\r\nx`),
    ],
    reach: [],
  },
  {
    name: "slow bodies",
    tries: "bodies that do not go on",
    requests: [
      { ...sent(`PATCH ${patients}/p1 HTTP/1.1\r\nhost: {host}\r\nx-hasty: 1\r\ncookie: session=p1\r\n${origin}\r\n${json}\r\ncontent-length: 100\r\n\r\n{`), waits: true },
      { ...sent(`PATCH ${patients}/p1 HTTP/1.1\r\nhost: {host}\r\nx-hasty: 1\r\ncookie: session=p1\r\n${origin}\r\n${json}\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n`), waits: true },
    ],
    reach: [],
  },
  {
    name: "forged requests of other sites",
    tries: "what a page of another origin can send with the session's cookie",
    requests: ["https://evil.example.test", "null", "http://{host}.evil.example.test", "https://{host}", "http://evil.example.test#{own}", "{own}/", "{own}, {own}", "https://staff.example.org.evil.example.test", "HTTPS://STAFF.EXAMPLE.ORG", ""].flatMap((from) => [
      { method: "PATCH", target: `${patients}/p1`, headers: [`origin: ${from}`, json], body: "{}" },
      { method: "POST", target: `${patients}/p1/document-summary/d1/files`, headers: [`origin: ${from}`, "content-type: multipart/form-data; boundary=x"], body: "x" },
      // workerd has no header without a value, and no browser sends an origin without one.
      ...(from === "" ? [] : [get(`${patients}/p1`, `origin: ${from}`)]),
    ]).concat(
      ["cross-site", "same-site", "none", "", "Same-Origin", "same-origin, cross-site"].map((site) => ({ method: "PATCH", target: `${patients}/p1`, headers: [`sec-fetch-site: ${site}`, json], body: "{}" })),
      ["cross-site", "same-site"].map((site) => get(`${patients}/p1`, `sec-fetch-site: ${site}`)),
      { method: "PATCH", target: `${patients}/p1`, headers: [json], body: "{}" },
    ),
    reach: [],
  },
];

/** What a signed-in caller may do: it shows that the gateway still works after all that. */
export const honest = [
  [get(`${patients}/p1`), read],
  [patch('{"firstName":"Ada"}'), update],
  [{ method: "POST", target: `${patients}/p1/document-summary/d1/files`, headers: [origin, "content-type: multipart/form-data; boundary=x"], body: "x" }, upload],
];
