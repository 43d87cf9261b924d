// The queue by keyboard: J and K go along the cases, Enter opens, C takes up, / searches, ? shows the keys.

import { listen, showKeys } from "./keys.js";

const lines = [...document.querySelectorAll("[data-line]")];
const link = (line) => line.querySelector("th a");

function here() {
  return lines.findIndex((line) => line.contains(document.activeElement));
}

function go(by) {
  if (!lines.length) return false;
  const at = here();
  const to = at < 0 ? (by > 0 ? 0 : lines.length - 1) : Math.min(lines.length - 1, Math.max(0, at + by));
  link(lines[to]).focus();
  lines[to].scrollIntoView({ block: "nearest" });
}

listen({
  j: () => go(1),
  k: () => go(-1),
  c: () => {
    const line = lines[here()] ?? lines[0];
    line?.querySelector("[data-claim]")?.click();
  },
  "/": () => document.querySelector("input[type=search]")?.focus(),
  "?": showKeys,
});
