// The anti-phishing code while one types: which rule it breaks, how long it is, and the example below follows.
// The field brings the rules: data-code-input, pattern, maxlength, data-code-brand and data-code-name (words that it
// may not resemble). Each sentence stands in the page, in its language, with data-code-when="RULE": empty, characters,
// repeated, brand, own_name, short, good. The server judges again; it alone knows the password and the common ones.

import { all } from "./page.js";

const ADVISED = 4; // characters
const PART = 3; // shorter ones resemble a word only when they are it
const BAD = ["characters", "repeated", "brand", "own_name"];

function resembles(code, names = "") {
  const folded = code.toLowerCase().replace(/[^a-z0-9]/g, "");
  const words = names.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
  if (folded.length < PART) return words.includes(folded);
  return words.some((word) => word.includes(folded) || (word.length >= PART && folded.includes(word)));
}

function verdict({ value, validity, dataset }) {
  if (!value) return "empty";
  if (validity.patternMismatch) return "characters";
  if (/^(.)\1+$/i.test(value)) return "repeated";
  if (resembles(value, dataset.codeBrand)) return "brand";
  if (resembles(value, dataset.codeName)) return "own_name";
  return value.length < ADVISED ? "short" : "good";
}

function carry(chip, says, code) {
  const none = says === "empty" && "codeNone" in chip.dataset;
  chip.textContent = none ? chip.dataset.codeNone : code || "······";
  chip.classList.toggle("none", none);
}

function follow(input) {
  const says = verdict(input);
  const bad = BAD.includes(says);
  for (const sentence of all("[data-code-when]")) sentence.hidden = sentence.dataset.codeWhen !== says;
  for (const count of all("[data-code-count]")) count.textContent = `${input.value.length} / ${input.maxLength}`;
  for (const chip of all("[data-code-echo]")) carry(chip, says, bad ? "" : input.value);
  return bad;
}

for (const input of all("[data-code-input]")) {
  follow(input);
  input.addEventListener("input", () => input.setAttribute("aria-invalid", String(follow(input))));
}
