// Delivers audit events. The answer does not wait for it, and what can not be delivered is not lost in
// silence.

/** Tries so often, with these waits in between, in milliseconds: less than workerd gives after an answer. */
const WAITS = [100, 1000];
/** How long one try may take, and then `onFailure`. */
const PATIENCE = 5000;

/**
 * Gives an event to a function or a `Queue`, and to `onFailure` if that does not take it. A promise that
 * never rejects, or nothing when the event is delivered already.
 */
export function deliver(event, sink, onFailure, env) {
  const send = () => (typeof sink === "function" ? sink(event, env) : sink.send(event));
  let sent;
  try {
    sent = send();
    if (typeof sent?.then !== "function") return undefined;
  } catch (error) {
    sent = Promise.reject(error);
  }
  return tried(sent, send).catch((error) => failed(event, onFailure, error));
}

async function tried(first, send) {
  for (const wait of [...WAITS, undefined]) {
    try {
      return await inTime(wait === WAITS[0] ? first : send());
    } catch (error) {
      if (wait === undefined) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

async function failed(event, onFailure, error) {
  try {
    await inTime((onFailure ?? log)(event, error));
  } catch {
    log(event);
  }
}

/** What a sink answers, or an error when it takes too long. */
async function inTime(answer) {
  let timer;
  try {
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("the audit did not answer in time")), PATIENCE);
    });
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The worker's log is where the runtime keeps what nobody took. The event holds no data of patients. */
function log(event) {
  console.error(JSON.stringify({ lostAudit: event }));
}
