// A page that waits for the server: it is loaded again as soon as there is something new, at the latest after a while.

import { later, state } from "./case.js";

const PATIENCE = 45_000; // milliseconds
const waiting = document.querySelector("[data-waits-for]");

if (waiting) {
  const until = performance.now() + PATIENCE;
  const here = waiting.dataset.waitsFor;
  while (performance.now() < until) {
    await later(700);
    const now = await state().catch(() => null);
    if (now && now.stamp !== here) break;
  }
  location.reload();
}
