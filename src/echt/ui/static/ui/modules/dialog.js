// Dialogs are the browser's own: focus, Escape and the way back come with them.
// Here: those that open with the page, and the buttons of browsers that do not know `command` and `closedby` yet.

import { all } from "./page.js";

for (const dialog of all("dialog[data-open]")) dialog.showModal();

if (!("commandForElement" in HTMLButtonElement.prototype)) {
  for (const button of all("button[commandfor]")) {
    const dialog = document.getElementById(button.getAttribute("commandfor"));
    const act = button.getAttribute("command") === "show-modal" ? () => dialog.showModal() : () => dialog.close();
    button.addEventListener("click", act);
  }
}

if (!("closedBy" in HTMLDialogElement.prototype)) {
  for (const dialog of all("dialog[closedby=any]")) {
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }
}
