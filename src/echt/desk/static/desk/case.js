// A case by keyboard, the preview of the message, and reasons that go with the decision.

import "./viewer.js";
import { listen, showKeys } from "./keys.js";

const form = document.querySelector("[data-decide]");
const verdicts = form ? [...form.querySelectorAll("input[name=verdict]")] : [];

function choose(place) {
  if (!verdicts[place]) return false;
  verdicts[place].click();
  verdicts[place].focus();
}

function nextPicture() {
  const plates = [...document.querySelectorAll("[data-viewer]")];
  if (!plates.length) return false;
  plates[(plates.indexOf(document.activeElement) + 1) % plates.length].focus();
}

listen({
  1: () => choose(0),
  2: () => choose(1),
  3: () => choose(2),
  c: () => document.querySelector("[data-key=c]")?.click(),
  u: () => document.querySelector("a.back").click(),
  v: nextPicture,
  "?": showKeys,
});

form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector(".primary"));
});

// What the chosen decision hides is not sent with it.
for (const radio of verdicts) {
  radio.addEventListener("change", () => {
    for (const box of form.querySelectorAll("input[name=reasons]:checked")) {
      const closing = box.closest(".reason").classList.contains("closing");
      if (radio.value === "approve" || (radio.value === "return" && closing)) box.checked = false;
    }
  });
}

form?.querySelector("[data-preview]")?.addEventListener("click", async (event) => {
  if (!form.querySelector("input[name=verdict]:checked")) return; // the page that comes says what is missing
  event.preventDefault();
  const answer = await fetch(event.currentTarget.formAction, { method: "POST", body: new FormData(form) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const letter = page.getElementById("letter-content");
  if (!letter) return;
  document.querySelector("[data-letter]").replaceChildren(...letter.childNodes);
  document.getElementById("letter").showModal();
});
