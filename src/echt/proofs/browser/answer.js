// The report as people read it: the verdict and why, the steps, the amounts, what was committed to, and what to do now.

import { amount, element, hash, icon, moment } from "./elements.js";
import { WORDS, filled } from "./words.js";

const LOOKS = {
  verified: ["success", "check-circle"],
  "consistent only": ["warning", "warning"],
  "not verified": ["danger", "x-circle"],
  "cannot read": ["danger", "x-circle"],
};
const MARKS = {
  true: ["success", "check-circle", "holds"],
  false: ["danger", "x-circle", "fails"],
  null: ["", "minus-circle", "skipped"],
};
const ADVICE = {
  form: "form",
  given: "given",
  statement: "statement",
  identity: "identity",
  path: "path",
  totals: "path",
  log: "log",
};

/** What is shown: a report with what belongs to it, or a notice alone. @typedef {{
 *   report?: import("./proof.js").Report, ms?: number, knowledge?: import("./given.js").Knowledge,
 *   notice?: string, name?: string, look?: string}} Answer */

function said(reason, language) {
  return language === "de" ? reason.text_de : reason.text;
}

/** @param {Answer} answer */
function titleOf({ report, notice, name }, words) {
  if (notice) return filled(words[`${notice}.title`], { name });
  return report.reasons[0]?.code.startsWith("given.") ? words["given.title"] : words[report.verdict];
}

function sourceOf({ root, statement, operator_key: key }, words) {
  const isStatement = Boolean(statement && key);
  return words[root && isStatement ? "source.both" : root ? "source.root" : "source.statement"];
}

/** The sentences below the title. @param {Answer} answer */
function textsOf({ report, ms, knowledge, notice }, words, language) {
  if (notice) return [element("p", {}, words[`${notice}.text`])];
  const { verdict, reasons } = report;
  const isGood = verdict === "verified" || verdict === "consistent only";
  const texts = reasons.filter(({ code }) => code !== "note.root_typed").map((reason) => said(reason, language));
  if (verdict === "verified") texts.unshift(filled(words["verified.text"], { ms, source: sourceOf(knowledge, words) }));
  const codes = reasons.map(({ code }) => code).join(", ");
  const paragraphs = texts.map((text) => element("p", {}, text));
  return isGood ? paragraphs : [...paragraphs, element("p", { class: "code" }, filled(words.code, { code: codes }))];
}

/** @param {Answer} answer */
export function verdictParts(answer, language) {
  const words = WORDS[language];
  const [look, sign] = answer.notice ? [answer.look, "warning"] : LOOKS[answer.report.verdict];
  const title = titleOf(answer, words);
  const texts = textsOf(answer, words, language);
  return { look, title, parts: [icon(sign), element("div", {}, element("h3", {}, title), ...texts)] };
}

/** A line for each step; those behind the one that failed were not looked at. @param {Answer | null} answer */
export function stepLines(answer, language) {
  const words = WORDS[language];
  const done = answer?.report?.steps ?? [];
  return words.steps.map(([title, what], number) => {
    const step = done[number];
    const [look, sign, word] = step ? MARKS[step.passed] : ["", "minus-circle", done.length ? "skipped" : "waiting"];
    const detail = step ? detailOf(step, number, answer.report, words, language) : what;
    const line = element("li", look ? { class: look } : {}, icon(sign));
    line.append(
      element("span", {}, title, element("small", {}, detail)),
      element("span", { class: "word" }, words[word]),
    );
    return line;
  });
}

/** What a step looked at: as the verifier says, or with the file's figures. Why one failed stands in the verdict. */
function detailOf(step, number, { facts }, { steps, passed }, language) {
  if (step.passed === false) return steps[number][1];
  if (passed[number] && facts) {
    return filled(passed[number], { ...facts, count: facts.columns.length, moment: moment(facts.taken_at, language) });
  }
  const text = language === "de" ? step.detail_de : step.detail;
  return text[0].toUpperCase() + text.slice(1);
}

/** Everything below the steps. @param {Answer | null} answer */
export function sections(answer, language) {
  if (!answer?.report) return [];
  const { report } = answer;
  const words = WORDS[language];
  return [
    Object.keys(report.amounts).length ? amounts(report, words, language) : null,
    advice(report, words),
    report.facts ? facts(report.facts, words, language) : null,
  ].filter(Boolean);
}

function section(title, text, ...content) {
  return element(
    "section",
    { class: "stack" },
    element("div", { class: "stack-s" }, element("h2", {}, title), text),
    ...content,
  );
}

function amounts({ amounts: own, facts: { columns, taken_at: taken } }, words, language) {
  const rows = columns.map((column) => ({ column, own: own[column.name] }));
  const filledRows = rows.filter((row) => /[1-9]/.test(row.own));
  const shown = filledRows.length ? filledRows : rows;
  const others = rows.filter((row) => !shown.includes(row));
  const text = filled(words["amounts.text"], { moment: moment(taken, language) });
  const content = [table(shown, words["amounts.title"], words, language)];
  if (others.length) {
    const label = others.length === 1 ? words.zerosOne : filled(words.zeros, { count: others.length });
    content.push(
      element(
        "details",
        { class: "more" },
        element("summary", {}, element("span", {}, label), icon("chevron-down", "s")),
        table(others, label, words, language),
      ),
    );
  }
  return section(words["amounts.title"], element("p", { class: "small soft" }, text), ...content);
}

function table(rows, caption, words, language) {
  const head = element(
    "tr",
    {},
    element("th", { scope: "col" }, words.asset),
    element("th", { scope: "col", class: "num" }, words.yours),
    element("th", { scope: "col", class: "num" }, words.total),
  );
  const body = rows.map(({ column, own }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, column.side === "debt" ? filled(words.debt, column) : column.asset),
      cell(own, words.yours, language),
      cell(column.total, words.total, language),
    ),
  );
  return element(
    "table",
    { class: "table folds" },
    element("caption", { class: "visually-hidden" }, caption),
    element("thead", {}, head),
    element("tbody", {}, ...body),
  );
}

function cell(text, label, language) {
  const look = /[1-9]/.test(text) ? "num" : "num zero";
  return element("td", { class: look, "data-label": label }, element("span", {}, amount(text, language)));
}

function advice(report, words) {
  const [first] = report.reasons;
  const kind =
    { verified: "verified", "consistent only": "own_word" }[report.verdict] ?? ADVICE[first.code.split(".")[0]];
  const items = words.advice[kind].map((text) =>
    element("li", {}, element("span", {}, filled(text, report.facts ?? {}))),
  );
  const copy = report.facts ? [copyButton(report, words)] : [];
  return section(words["advice.title"], null, element("ol", { class: "advice" }, ...items), ...copy);
}

/** Copies what may be shown to others; where the browser gives no clipboard, there is no button. */
function copyButton({ verdict, reasons, facts: { operator, snapshot, root, statement } }, words) {
  const codes = reasons.map(({ code }) => code).join(", ") || "-";
  const text = filled(words["report.lines"], { verdict, codes, operator, snapshot, root, statement });
  const label = element("span", {}, words.copy);
  const button = element("button", { type: "button", class: "button" }, icon("copy", "s"), label);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    label.textContent = words.copied;
  });
  return element("p", { role: "status" }, button);
}

function facts({ operator, snapshot, taken_at: taken, root, statement, height, pieces, log }, words, language) {
  const share = pieces === 1 ? words.piece : filled(words.pieces, { count: pieces });
  const lines = [
    [words.operator, operator],
    [words.snapshot, element("span", { class: "hash" }, snapshot)],
    [words.moment, moment(taken, language)],
    [words.root, hash(root)],
    [words.statementHash, hash(statement)],
    [words.tree, filled(words.treeText, { pieces: share, height })],
    [words.log, log ? filled(words.logText, log) : words.noLog],
    log?.witnesses.length ? [words.witnesses, witnesses(log.witnesses, words, language)] : null,
  ].filter(Boolean);
  const rows = lines.map(([term, what]) => element("div", {}, element("dt", {}, term), element("dd", {}, what)));
  return section(words["facts.title"], null, element("dl", { class: "facts" }, ...rows));
}

function witnesses(list, words, language) {
  const lines = list.map(({ name, time }) => element("li", {}, `${name}, ${moment(time, language)}`));
  return element(
    "div",
    { class: "stack-s" },
    element("ul", {}, ...lines),
    element("small", { class: "soft" }, words.witnessesText),
  );
}
