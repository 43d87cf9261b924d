// The page: files are chosen or dropped, fields filled in; each change is verified again at once. Nothing is stored.

import { sections, stepLines, verdictParts } from "./answer.js";
import { element, size } from "./elements.js";
import { LARGEST_FILE } from "./proof_file.js";
import { tooLarge, verify } from "./proof.js";
import { kindOf } from "./recognition.js";
import { WORDS, filled } from "./words.js";

const FILES = ["proof", "statement", "older_checkpoint"];
const FIELDS = ["root", "operator_key", "account"];
const WRONG = { "given.root": ["root", "root.bad"], "given.operator_key": ["operator_key", "key.bad"] };
const SLOTS = { statement: "statement", checkpoint: "older_checkpoint" };

/** `odd`: what to say while there is no proof file, because what was chosen is something else. */
const state = { language: "en", files: {}, odd: null, answer: null, run: 0 };
const byId = (id) => document.getElementById(id);
const all = (selector) => [...document.querySelectorAll(selector)];

/** Everything that is said on the page, in its language. */
function speak(language) {
  state.language = language;
  document.documentElement.lang = language;
  document.title = WORDS[language].document;
  for (const node of all("[data-say]")) node.textContent = WORDS[language][node.dataset.say];
  for (const node of all("[data-say-label]")) node.setAttribute("aria-label", WORDS[language][node.dataset.sayLabel]);
  for (const button of all("button[lang]")) button.setAttribute("aria-pressed", String(button.value === language));
  show();
}

function show() {
  const { answer, language } = state;
  showFiles();
  showFaults();
  showVerdict(answer && verdictParts(answer, language));
  byId("steps").replaceChildren(...stepLines(answer, language));
  byId("rest").replaceChildren(...sections(answer, language));
}

function showFiles() {
  const { files, language } = state;
  const words = WORDS[language];
  byId("proof-name").textContent = files.proof?.name ?? words["file.drop"];
  byId("proof-hint").textContent = files.proof ? size(files.proof.size, language) : words["file.hint"];
  byId("proof-label").textContent = words[files.proof ? "file.another" : "file.choose"];
  byId("proof-label").classList.toggle("primary", !files.proof);
  byId("drop").classList.toggle("here", Boolean(files.proof));
  for (const button of all("[data-remove]")) {
    const file = files[button.dataset.remove];
    button.hidden = !file;
    button.textContent = words.remove;
    button.setAttribute("aria-label", filled(words.removeNamed, { name: file?.name ?? "" }));
    byId(`${button.dataset.remove}-name`).textContent = file?.name ?? "";
  }
}

function showFaults() {
  const [field, fault] = WRONG[state.answer?.report?.reasons[0]?.code] ?? [];
  for (const name of ["root", "operator_key"]) {
    byId(name).setAttribute("aria-invalid", String(name === field));
    byId(`${name}-error`).textContent = name === field ? WORDS[state.language][fault] : "";
  }
}

function showVerdict(verdict) {
  const place = byId("verdict");
  place.hidden = !verdict;
  if (!verdict) return;
  place.className = `notice ${verdict.look}`;
  place.replaceChildren(...verdict.parts);
  if (state.answer.report?.verdict === "consistent only") place.lastChild.append(compareButton());
  byId("told").textContent = `${verdict.title} ${place.querySelector("p").textContent}`;
}

function compareButton() {
  const button = element("button", { type: "button", class: "button small" }, WORDS[state.language].compare);
  button.addEventListener("click", () => byId("root").focus());
  return element("p", {}, button);
}

/** What the person brought besides the proof file. */
function knowledge() {
  const texts = FIELDS.map((name) => [name, byId(name).value.trim()]).filter(([, text]) => text !== "");
  const files = FILES.slice(1).flatMap((name) => (state.files[name] ? [[name, state.files[name].bytes]] : []));
  return Object.fromEntries([...texts, ...files]);
}

/** Verify what is there now; an answer that a later change has overtaken is dropped. */
async function check() {
  const run = ++state.run;
  const answer = await answerTo(state.files.proof, knowledge()).catch(() => notice("stopped", "danger"));
  if (run !== state.run) return;
  state.answer = answer;
  show();
}

function notice(name, look, words = {}) {
  return { notice: name, look, ...words };
}

async function answerTo(proof, brought) {
  if (!globalThis.crypto?.subtle) return notice("crypto", "danger");
  if (!proof) return state.odd;
  if (proof.size > LARGEST_FILE) return { report: tooLarge(), knowledge: brought };
  const started = performance.now();
  const report = await verify(proof.bytes, brought);
  const ms = Math.max(1, Math.round(performance.now() - started));
  const { kind, name } = report.format ? {} : kindOf(proof.bytes);
  return kind === "foreign" ? notice("foreign", "warning", { name }) : { report, ms, knowledge: brought };
}

/** Take files in, each to where it belongs, and verify; no old answer stands beside a new file. */
async function take(files, wanted) {
  state.answer = null;
  show();
  try {
    for (const file of files) await put(file, wanted);
    await check();
  } catch {
    state.answer = notice("fault", "danger"); // a file was moved or changed since it was chosen
    show();
  }
  reveal();
}

/** What was chosen as a proof may be a statement or a checkpoint; then the proof is still missing. */
async function put(file, wanted) {
  const isTooLarge = file.size > LARGEST_FILE;
  const bytes = isTooLarge ? new Uint8Array() : new Uint8Array(await file.arrayBuffer());
  const slot = (wanted === "proof" && SLOTS[kindOf(bytes).kind]) || wanted;
  state.files[slot] = { name: file.name, size: file.size, bytes };
  state.odd = slot === wanted ? null : notice(`role.${slot}`, "warning");
}

/** On a narrow screen the answer is below. */
function reveal() {
  if (state.answer && matchMedia("(max-width: 59.99rem)").matches) byId("answer").scrollIntoView();
}

async function verifyAsAsked(event) {
  event.preventDefault();
  if (!state.files.proof) state.odd = notice("missing", "warning");
  await check();
  reveal();
}

function remove(name) {
  delete state.files[name];
  byId(name).focus();
  check();
}

function listen() {
  for (const name of FILES) {
    const input = byId(name);
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = ""; // so that the same file can be chosen again
      take(files, name);
    });
  }
  for (const button of all("[data-remove]")) button.addEventListener("click", () => remove(button.dataset.remove));
  for (const name of FIELDS) byId(name).addEventListener("change", check);
  for (const button of all("button[lang]")) button.addEventListener("click", () => speak(button.value));
  byId("form").addEventListener("submit", verifyAsAsked);
  listenToDrops(byId("drop"));
}

/** A file may be dropped anywhere; without this the browser would open it in place of the page. */
function listenToDrops(target) {
  const mark = (isOver) => target.classList.toggle("over", isOver);
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(true);
  });
  document.addEventListener("dragleave", (event) => mark(event.relatedTarget !== null));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    take([...event.dataTransfer.files], "proof");
  });
}

listen();
speak(navigator.language.toLowerCase().startsWith("de") ? "de" : "en");
check();
