// Runs the browser's upload.js against a server in memory that breaks the connection as it is told, and prints what came
// of it as JSON. The arguments: the module's file, and the case.

import { pathToFileURL } from "node:url";

const [, , file, name] = process.argv;
const CHUNK = 512 * 1024;
const server = { bytes: new Uint8Array(0), size: 0, finished: false, asked: [], begun: 0, gone: false };
globalThis.document = { querySelector: () => ({ value: "token" }) };
globalThis.addEventListener = () => {};
const timer = globalThis.setTimeout;
globalThis.setTimeout = (act, milliseconds) => timer(act, milliseconds > 30_000 ? milliseconds : 0);

const answer = (status, headers = {}, told = null) => new Response(told && JSON.stringify(told), { status, headers });
const where = (status) => answer(status, { "Upload-Offset": String(server.bytes.length) });

async function honest(place, { method, headers, body }) {
  if (headers["X-CSRFToken"] !== "token") return answer(403);
  if (place === "") {
    server.begun += 1;
    server.size = Number(new URLSearchParams(body).get("size"));
    return answer(201, {}, { id: "one", chunk: CHUNK });
  }
  if (server.gone) return answer(404);
  if (method === "HEAD") return where(200);
  if (method === "DELETE") {
    server.gone = true;
    return answer(204);
  }
  if (place.endsWith("finish/")) {
    server.finished = server.bytes.length === server.size;
    return server.finished ? answer(200, {}, { id: "one" }) : where(409);
  }
  const part = new Uint8Array(await body.arrayBuffer());
  if (Number(headers["Upload-Offset"]) !== server.bytes.length || server.finished) return where(409);
  const grown = new Uint8Array(server.bytes.length + part.length);
  grown.set(server.bytes);
  grown.set(part, server.bytes.length);
  server.bytes = grown;
  return where(204);
}

const broken = () => {
  throw new TypeError("Failed to fetch");
};
const nth = (wanted) => server.asked.length === wanted;
const control = new AbortController();
const signal = control.signal;

const cases = {
  plain: {},
  "lost before it arrives": { before: () => nth(3) && broken() },
  "lost after it arrived": { after: () => nth(3) && broken() },
  "lost when it begins": { after: () => nth(1) && broken() },
  "lost when it is finished": { after: ({ place }) => place.endsWith("finish/") && server.asked.length < 9 && broken() },
  "every third request is lost": { after: () => server.asked.length % 3 === 0 && broken() },
  "the server is busy": { before: () => [2, 3, 5].includes(server.asked.length) && answer(503) },
  "too many for a moment": { before: () => nth(2) && answer(429, { "Retry-After": "1" }) },
  "too many for a day": { before: () => nth(1) && answer(429, { "Retry-After": "80000" }) },
  "another has sent a part": { before: () => nth(3) && ((server.bytes = server.bytes.slice(0, 1000)), false) },
  "never again": { before: () => server.asked.length > 2 && broken() },
  "refused in words": { before: () => nth(1) && answer(422, {}, { reason: "too_big", sentence: "Too big." }) },
  "gone meanwhile": { before: () => nth(3) && answer(404) },
  "signed out": { before: () => nth(2) && redirected() },
  "given up": { before: () => nth(3) && (control.abort(new Error("given up")), broken()) },
  small: { size: 10 },
  "exactly one part": { size: 256 * 1024 },
};
const redirected = () => ({ ok: false, status: 0, type: "opaqueredirect" });

const { before = () => false, after = () => false, size = 1_000_001 } = cases[name];
globalThis.fetch = async (address, options) => {
  const place = address.replace("/identification/uploads/", "");
  server.asked.push(`${options.method} ${place}`);
  const instead = before({ place, ...options });
  if (instead) return instead;
  const given = await honest(place, options);
  after({ place, ...options });
  return given;
};

const { upload } = await import(pathToFileURL(file));
const content = Uint8Array.from({ length: size }, (_, place) => (place * 31 + (place >> 8)) & 255);
const shares = [];
const outcome = await upload(new Blob([content]), { item: "front", onProgress: (share) => shares.push(share), signal }).then(
  (id) => ({ id }),
  (problem) => ({ reason: problem.reason, sentence: problem.sentence, message: problem.message }),
);
await new Promise((done) => timer(done, 20));
console.log(
  JSON.stringify({
    ...outcome,
    same: Buffer.compare(Buffer.from(server.bytes), Buffer.from(content)) === 0,
    finished: server.finished,
    gone: server.gone,
    asked: server.asked,
    shares,
  }),
);
process.exit(0);
