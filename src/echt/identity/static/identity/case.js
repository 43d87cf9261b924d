// Talks with the server about one application. The page's `[data-case]` element names the addresses.

const places = document.querySelector("[data-case]").dataset;
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
const FIRST = 150; // milliseconds between questions, at first
const SLOWEST = 1500;

/** A refusal in the server's own words. */
export class Refused extends Error {}

/** Where the application stands. */
export async function state(signal) {
  const answer = await fetch(places.state, { headers: { Accept: "application/json" }, signal });
  if (!answer.ok) throw new Refused(answer.status);
  return answer.json();
}

/** Asks until `done(state)` gives something, more and more rarely. */
export async function until(done, signal) {
  for (let pause = FIRST; ; pause = Math.min(SLOWEST, pause * 1.3)) {
    const found = done(await state(signal));
    if (found) return found;
    await later(pause, signal);
  }
}

/** Some milliseconds later. */
export function later(pause, signal) {
  return new Promise((done, failed) => {
    signal?.addEventListener("abort", () => failed(signal.reason), { once: true });
    setTimeout(done, pause);
  });
}

/** Sends fields to an address of the application: `send("add", {item, upload})`. */
export async function send(place, fields, signal) {
  const body = new URLSearchParams(fields);
  const headers = { Accept: "application/json", "X-CSRFToken": token };
  const answer = await fetch(places[place], { method: "POST", body, headers, signal });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(told.sentence ?? "");
  return told;
}

const LONG = 60_000; // milliseconds after which a picture goes on unseen: its verdict is shown on a later page

/** Adds an uploaded picture, and waits for what the server finds of it. */
export async function judged(item, upload, { scan = false, signal } = {}) {
  const { picture } = await send("add", { item, upload, scan: scan ? "on" : "" }, signal);
  const begun = performance.now();
  return until((now) => verdictIn(now, item, picture, performance.now() - begun > LONG), signal);
}

function verdictIn({ items, next }, item, picture, isLate) {
  const of = items[item];
  return of?.picture === picture && (isLate || of.state !== "waiting") ? { ...of, next } : null;
}
