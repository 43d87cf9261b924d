// What is done, in one sentence that goes by itself; it waits while somebody reads it with pointer or focus.

import { all } from "./page.js";

const SHOWN = 7000; // milliseconds

function leaveLater(box) {
  const held = () => box.matches(":hover, :focus-within");
  const leave = () => (held() ? setTimeout(leave, 1000) : box.remove());
  setTimeout(leave, SHOWN);
}

/** Shows a sentence in the page's own words; `template#toast` of the page has the drawing. */
export function toast(words) {
  const box = document.getElementById("toast").content.cloneNode(true).firstElementChild;
  box.querySelector("span").textContent = words;
  document.getElementById("toasts").append(box);
  leaveLater(box);
}

all("#toasts > .toast").forEach(leaveLater);
for (const button of all("[data-toast]:not([data-copy])")) {
  button.addEventListener("click", () => toast(button.dataset.toast));
}
