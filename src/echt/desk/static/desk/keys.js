// Single keys of the desk. They are off while somebody types, in a dialog, and where this browser was told so (WCAG 2.1.4).

const KEPT = "desk-keys";
const TYPING = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

let on = localStorage.getItem(KEPT) !== "off";

for (const box of document.querySelectorAll("[data-keys-on]")) {
  box.checked = on;
  box.addEventListener("change", () => {
    on = box.checked;
    localStorage.setItem(KEPT, on ? "on" : "off");
  });
}

/** Calls what belongs to a key; a function that returns false leaves the key to the browser. */
export function listen(actions) {
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest(TYPING) || document.querySelector("dialog[open]")) return;
    const act = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act && act(event) !== false) event.preventDefault();
  });
}

export const showKeys = () => document.getElementById("keys").showModal();
