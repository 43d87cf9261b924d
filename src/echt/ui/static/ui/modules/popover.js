// A popover whose opener carries data-hover also opens under a passing pointer and under the keyboard's focus.
// Opened in passing it goes by itself; a click or a tap pins it.

import { all } from "./page.js";

const GRACE = 260; // milliseconds to get from the opener into the popover
const REST = 300; // milliseconds after closing in which the returning focus does not open it again

function hovering(opener) {
  const pop = opener.popoverTargetElement;
  if (!pop) return;
  let [leaving, passing, closed] = [0, false, -REST];
  const open = () => pop.matches(":popover-open");
  const stay = () => clearTimeout(leaving);
  const pass = () => {
    stay();
    if (open() || performance.now() - closed < REST) return;
    passing = true;
    pop.showPopover({ source: opener });
  };
  const inside = () => pop.contains(document.activeElement) || document.activeElement === opener;
  const leave = () => {
    stay();
    leaving = setTimeout(() => passing && open() && !pop.matches(":hover") && pop.hidePopover(), GRACE);
  };

  opener.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && pass());
  opener.addEventListener("pointerleave", () => leave());
  opener.addEventListener("focus", () => opener.matches(":focus-visible") && pass());
  opener.addEventListener("click", (event) => {
    if (passing && open()) event.preventDefault();
    passing = false;
  });
  pop.addEventListener("pointerenter", stay);
  pop.addEventListener("pointerleave", () => pop.contains(document.activeElement) || leave());
  for (const node of [opener, pop]) node.addEventListener("focusout", () => setTimeout(() => inside() || leave()));
  pop.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    passing = false;
    closed = performance.now();
  });
}

all("[data-hover][popovertarget]").forEach(hovering);
