// Light, dark, or as the system has it. theme.js has applied what is remembered; here are the buttons.

import { all } from "./page.js";

const root = document.documentElement;

function remember(kind, value) {
  try { localStorage.setItem(kind, value); } catch { /* storage is closed: holds for this page */ }
}

function mark(buttons, kind, standard) {
  for (const button of buttons) {
    button.setAttribute("aria-pressed", String(button.value === (root.dataset[kind] ?? standard)));
  }
}

/** Buttons with data-set=KIND choose the root's data-KIND; the standard value is its absence. */
export function choices(kind, standard) {
  const buttons = all(`button[data-set="${kind}"]`);
  mark(buttons, kind, standard);
  for (const button of buttons) {
    button.addEventListener("click", () => {
      if (button.value === standard) delete root.dataset[kind];
      else root.dataset[kind] = button.value;
      remember(kind, button.value);
      mark(buttons, kind, standard);
    });
  }
}

choices("theme", "auto");
