// Buttons that copy a text. Where the browser gives no clipboard (plain http), there are none.

import { all } from "./page.js";
import { toast } from "./toast.js";

for (const button of all("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    toast(button.dataset.toast);
  });
}
