// Forms: what is being sent is not sent twice, a password can be looked at, the first error gets the focus.

import { all, redraw } from "./page.js";

for (const form of all("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    setTimeout(() => {
      if (event.defaultPrevented) return; // another module sends it later (a passkey's answer is still awaited)
      form.dataset.sent = "yes";
      event.submitter?.setAttribute("aria-busy", "true");
    });
  });
}

// A page that comes back from the browser's memory can be sent again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of all("form[data-sent]")) delete form.dataset.sent;
  for (const button of all("form [aria-busy]")) button.removeAttribute("aria-busy");
});

for (const button of all("[data-reveal]")) {
  const input = document.getElementById(button.dataset.reveal);
  button.addEventListener("click", () => {
    const show = input.type === "password";
    input.type = show ? "text" : "password";
    button.setAttribute("aria-pressed", String(show));
    redraw(button, show ? "eye-off" : "eye");
  });
}

document.querySelector("form[method=post] [aria-invalid=true]")?.focus();
