// The API behind the gateway in the bench, in a thread of its own: answers every request with a record.

import http from "node:http";
import { parentPort } from "node:worker_threads";
import { patient } from "./records.mjs";

const record = JSON.stringify(patient(13));
const server = http.createServer((request, response) => {
  response.setHeader("content-type", "application/json").setHeader("x-request-id", "request-1").end(record);
});
server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
