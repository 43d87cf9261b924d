// Time left: minutes are enough, seconds only in the last five. The words around the number stay as the server wrote them.

import { all } from "./page.js";

const started = Date.now();

function words(seconds) {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  if (seconds < 300) return `${m}:${String(s).padStart(2, "0")} min`;
  return h ? `${h} h ${String(m).padStart(2, "0")} min` : `${m} min`;
}

// Days ("5 d 3 h") stay as they are until the page is loaded again.
function clock(node) {
  const [before, after] = node.textContent.split(/\d.*min/);
  if (after === undefined) return () => {};
  return () => {
    const seconds = Math.max(0, Number(node.dataset.countdown) - (Date.now() - started) / 1000);
    const text = `${before}${words(seconds)}${after}`;
    if (node.textContent !== text) node.textContent = text;
  };
}

const clocks = all("[data-countdown]").map(clock);
if (clocks.length) setInterval(() => clocks.forEach((tick) => tick()), 1000);
