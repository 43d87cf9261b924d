// Does a proof file of the format echt/1 prove what it claims? Seven steps, in this order:
//
// 1. Strict form: known fields only, every number and hash in its only form, lengths exactly as the statement says.
// 2. The statement: the same as from another source, and signed with the key that the person knows.
// 3. Identity: the leaves follow from the customer's account number and key, and stand where these say.
// 4. Every path leads to the root, and no sum reaches 2^127.
// 5. The totals of the statement are the sums at the top of the tree.
// 6. The statement is in the log, and the log can have grown from an older checkpoint.
// 7. What the customer has is the sum of the pieces.
//
// The first step that fails ends it. Only where all pass, and more than the file itself speaks for the statement, is it
// the plain yes. No DOM, no network, no clock, no state.

import { sha256, toHex } from "./bytes.js";
import { checkLog, isConsistencyOpen } from "./check_log.js";
import { checkStatement } from "./check_statement.js";
import { checkIdentity, checkPaths, checkTotals } from "./check_tree.js";
import { finding } from "./finding.js";
import { readGiven } from "./given.js";
import { cosignatures } from "./log.js";
import { isEchtFile, readProofFile } from "./proof_file.js";
import { Unreadable, reason } from "./reasons.js";
import { FORMAT, shown } from "./statement.js";

export const STEPS = [
  ["Form", "Form"],
  ["Statement", "Erklärung"],
  ["Identity", "Zugehörigkeit"],
  ["Paths", "Pfade"],
  ["Totals", "Summen"],
  ["Log", "Log"],
  ["Balance", "Guthaben"],
];
const HASHES_BROKEN = ["identity.bucket", "path.root", "totals.differ", "log.inclusion", "log.consistency"];
const NUMBERS_INCONSISTENT = ["path.sum", "totals.differ"];

/**
 * @typedef {import("./given.js").Knowledge} Knowledge
 * @typedef {{format: string | null, hashes: string | null, numbers: string | null, format_sound: boolean | null,
 *   verdict: "verified" | "not verified" | "cannot read" | "consistent only",
 *   reasons: import("./reasons.js").Reason[], amounts: Record<string, string>, steps: import("./finding.js").Step[],
 *   facts: object | null}} Report
 */

/**
 * The report on a file; never throws for what is in it.
 * @param {Uint8Array} bytes @param {Knowledge} knowledge @returns {Promise<Report>}
 */
export async function verify(bytes, knowledge = {}) {
  try {
    const proof = await readProofFile(bytes);
    const given = await readGiven(knowledge);
    const findings = await firstToLast(proof, given, knowledge);
    return { ...(await judged(proof, given, findings)), facts: await factsOf(proof) };
  } catch (fault) {
    if (!(fault instanceof Unreadable)) throw fault;
    return unreadable(fault.reason, isEchtFile(bytes) ? FORMAT : null);
  }
}

/** The report on a file that need not be opened to see that it is too large. @returns {Report} */
export function tooLarge() {
  return unreadable(reason("form.size"), null);
}

/** The steps up to the first that fails. */
async function firstToLast(proof, given, knowledge) {
  let top;
  const steps = [
    () => checkForm(proof),
    () => checkStatement(proof.statement, given),
    () => checkIdentity(proof, knowledge.account),
    async () => {
      const [paths, reached] = await checkPaths(proof);
      top = reached;
      return paths;
    },
    () => checkTotals(proof.statement, top),
    () => checkLog(proof, given),
    () => checkBalance(proof),
  ];
  const findings = [];
  for (const step of steps) {
    findings.push(await step());
    if (findings.at(-1).reasons.length) break;
  }
  return findings;
}

function checkForm({ statement: { config } }) {
  const { columns, pieces, height } = config;
  return finding(
    STEPS[0],
    [],
    [
      `complete and in form; columns: ${columns.length}, pieces: ${pieces}, levels: ${height}`,
      `vollständig und in der richtigen Form; Spalten: ${columns.length}, Teile: ${pieces}, Ebenen: ${height}`,
    ],
  );
}

function checkBalance({ statement: { config } }) {
  return finding(
    STEPS[6],
    [],
    [
      `what you have in snapshot ${config.snapshot} of ${config.takenAt}`,
      `was Sie zum Stichtag ${config.snapshot} vom ${config.takenAt} haben`,
    ],
  );
}

function judged(proof, given, findings) {
  const steps = findings.map(({ step }) => step);
  const why = findings.at(-1).reasons;
  if (why.length) return refused(why, steps);
  return {
    format: FORMAT,
    hashes: "chain",
    numbers: "sane",
    format_sound: true,
    verdict: given.provesTheStatement ? "verified" : "consistent only",
    reasons: remarks(proof, given),
    amounts: balanceOf(proof),
    steps,
  };
}

function refused(why, steps) {
  const codes = why.map(({ code }) => code);
  const isAfterTheTree = codes.some((code) => code.startsWith("log."));
  const has = (some) => codes.some((code) => some.includes(code));
  return {
    format: FORMAT,
    hashes: has(HASHES_BROKEN) ? "broken" : isAfterTheTree ? "chain" : null,
    numbers: has(NUMBERS_INCONSISTENT) ? "inconsistent" : isAfterTheTree ? "sane" : null,
    format_sound: true,
    verdict: "not verified",
    reasons: why,
    amounts: {},
    steps,
  };
}

/** What to know where every step passed; the first says why it is not the plain yes, where it is none. */
function remarks(proof, given) {
  const codes = {
    "statement.own_word": !given.provesTheStatement,
    "note.root_typed": given.root !== null,
    "note.not_signed_checked": given.key === null,
    "note.no_log": proof.log === null,
    "note.no_consistency": isConsistencyOpen(proof, given),
  };
  return Object.keys(codes)
    .filter((code) => codes[code])
    .map((code) => reason(code));
}

/** What the customer has in each column: the pieces together, with all decimals. */
function balanceOf({ statement: { config }, pieces }) {
  const total = (number) => pieces.reduce((sum, { amounts }) => sum + amounts[number], 0n);
  return Object.fromEntries(config.columns.map((column, number) => [column.name, shown(total(number), column)]));
}

function unreadable(why, format) {
  const { step } = finding(STEPS[0], [why], ["", ""]);
  const nothing = { hashes: null, numbers: null, format_sound: null, amounts: {}, facts: null };
  return { format, verdict: "cannot read", reasons: [why], steps: [step], ...nothing };
}

/** What the file says of itself, for people; nothing here is a judgement. */
async function factsOf({ statement, log }) {
  const { columns, snapshot, takenAt, height, pieces } = statement.config;
  return {
    operator: statement.operator,
    snapshot,
    taken_at: takenAt,
    root: toHex(statement.root),
    statement: toHex(await sha256(statement.line)),
    columns: columns.map((column, number) => ({ ...column, total: shown(statement.totals[number], column) })),
    height,
    pieces,
    log: log && {
      origin: log.checkpoint.origin,
      entry: String(log.index + 1n),
      size: String(log.checkpoint.size),
      witnesses: cosignatures(log.checkpoint.note).map(({ name, time }) => ({ name, time: String(time) })),
    },
  };
}
