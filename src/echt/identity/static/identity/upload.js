// Sends a file in parts, and goes on from where it was after a broken connection. The addresses are explained in
// identity/uploads/views.py; the page must hold a form of ours, whose token is sent along.

const PLACE = "/identification/uploads/";
const PART = 256 * 1024; // bytes; small enough for progress to be seen, and for a bad line
const PATIENCE = 45_000; // milliseconds for one answer
const PAUSES = [400, 1000, 2500, 5000, 10_000, 20_000]; // milliseconds before one more try at the same place
const OFFSET = "Upload-Offset";
const BINARY = { "Content-Type": "application/octet-stream" };
const ASK_AGAIN = new Set([408, 429, 500, 502, 503, 504]);

/** It will not arrive. `sentence` is the server's, where it gave one; `reason` a word of ours or of the server's. */
export class UploadFailed extends Error {
  constructor(reason, sentence) {
    super(sentence ?? reason);
    this.reason = reason;
    this.sentence = sentence;
  }
}

/** Sends a blob and gives its id. `onProgress(share)` is called with 0 to 1; `signal` gives it up and clears it away. */
export async function upload(blob, { item, onProgress = () => {}, signal } = {}) {
  const body = new URLSearchParams({ item, size: blob.size });
  const begun = await patiently(() => ask("", "POST", { body, signal }), signal);
  const { id, chunk } = await begun.json();
  try {
    await sendParts(blob, `${id}/`, { most: Math.min(chunk, PART), onProgress, signal });
  } catch (problem) {
    if (signal?.aborted) ask(`${id}/`, "DELETE", { keepalive: true }).catch(() => {});
    throw problem;
  }
  return id;
}

async function sendParts(blob, place, { most, onProgress, signal }) {
  const at = (answer) => Number(answer.headers.get(OFFSET) ?? blob.size);
  let [offset, finished] = [0, false];
  const next = async (isRetry) => {
    if (isRetry) {
      const reached = at(await ask(place, "HEAD", { signal }));
      if (reached !== offset) return reached; // the part arrived, only its answer was lost
    }
    const body = blob.slice(offset, offset + most);
    if (body.size) return at(await ask(place, "PATCH", { body, headers: { ...BINARY, [OFFSET]: offset }, signal }));
    const answer = await ask(`${place}finish/`, "POST", { signal });
    finished = answer.ok;
    return at(answer);
  };
  while (!finished) {
    onProgress(offset / blob.size);
    offset = await patiently(next, signal);
  }
  onProgress(1);
}

/** Tries until there is an answer that means something; `step(isRetry)` asks once. */
async function patiently(step, signal) {
  for (let tries = 0; ; tries++) {
    try {
      return await step(tries > 0);
    } catch (problem) {
      signal?.throwIfAborted();
      if (problem instanceof UploadFailed || tries === PAUSES.length) throw failed(problem);
      await pause(Math.max(PAUSES[tries], problem.wait ?? 0), signal);
    }
  }
}

/** One request. Throws `UploadFailed` where no further try can help, and anything else where it can. */
async function ask(place, method, { body, headers, signal, keepalive } = {}) {
  const limit = new AbortController();
  const end = () => limit.abort();
  const timer = setTimeout(end, PATIENCE);
  signal?.addEventListener("abort", end);
  const token = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value, ...headers };
  const options = { method, body, headers: token, redirect: "manual", keepalive, signal: limit.signal };
  try {
    return await meant(await fetch(PLACE + place, options));
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}

/** The answer, if it is one: a part that was taken, a wrong offset with the right one, or something begun. */
async function meant(answer) {
  if (answer.ok || answer.status === 409) return answer;
  if (answer.type === "opaqueredirect") throw new UploadFailed("signed-out");
  if (ASK_AGAIN.has(answer.status)) {
    const wait = 1000 * Number(answer.headers.get("Retry-After") ?? 0);
    if (wait > PAUSES.at(-1)) throw new UploadFailed("too-many");
    throw Object.assign(new Error(answer.status), { wait });
  }
  const told = await answer.json().catch(() => ({}));
  throw new UploadFailed(told.reason ?? (answer.status === 404 ? "lost" : "refused"), told.sentence);
}

function failed(problem) {
  return problem instanceof UploadFailed ? problem : new UploadFailed("no-connection");
}

/** Waits so long, or until the device is online again. */
function pause(milliseconds, signal) {
  return new Promise((done, broken) => {
    const quit = new AbortController();
    const end = () => {
      clearTimeout(timer);
      quit.abort();
      signal?.aborted ? broken(signal.reason) : done();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener("online", end, { signal: quit.signal });
    signal?.addEventListener("abort", end, { signal: quit.signal });
  });
}
