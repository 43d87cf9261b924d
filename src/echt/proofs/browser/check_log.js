// Step 6: is the statement in the public log, and can the log have grown from what it was before?
//
// 1. Where the operator's key is known, both checkpoints must carry its signature.
// 2. The entry of the log is the statement's line itself.
// 3. An older checkpoint is of the same log and not larger. Whether a smaller one is still contained, only the log's
//    tiles could show, and a page without a network has none: it says so.

import { isEqual, sha256 } from "./bytes.js";
import { finding } from "./finding.js";
import { isIncluded } from "./log.js";
import { signedBy } from "./note.js";
import { reason } from "./reasons.js";

const TITLE = ["Log", "Log"];
const IN_THE_FILE = ["The checkpoint in the file", "Der Checkpoint in der Datei"];
const GIVEN_OLDER = ["The older checkpoint that you gave", "Der ältere Checkpoint, den Sie angegeben haben,"];

/** @param {import("./proof_file.js").ProofFile} proof @param {import("./given.js").Given} given */
export async function checkLog({ log, statement }, given) {
  if (log === null) return finding(TITLE, [], ["the file names no log", "die Datei nennt kein Log"], false);
  const faults = [
    ...(await signatureFaults(log, given)),
    ...(await inclusionFaults(log, statement.line)),
    ...(await olderFaults(log.checkpoint, given.older)),
  ];
  const [place, { size }] = [log.index + 1n, log.checkpoint];
  return finding(TITLE, faults, [
    `the statement is entry ${place} of ${size}`,
    `die Erklärung ist Eintrag ${place} von ${size}`,
  ]);
}

/** Whether there is an older checkpoint that only the log's tiles could tell more about. */
export function isConsistencyOpen({ log }, { older }) {
  return log !== null && older !== null && older.size > 0n && older.size < log.checkpoint.size;
}

async function signatureFaults(log, { key, older }) {
  if (key === null) return [];
  const checkpoints = [
    [IN_THE_FILE, log.checkpoint],
    [GIVEN_OLDER, older],
  ].filter(([, one]) => one !== null);
  const signed = await Promise.all(checkpoints.map(async ([which, { note }]) => [which, await signedBy(key, note)]));
  const inState = (wanted) => signed.filter(([, state]) => state === wanted);
  return [
    ...inState("unsigned").map(([which]) => reason("log.key", { which })),
    ...inState("false").map(([which]) => reason("log.signature", { which })),
  ];
}

async function inclusionFaults({ checkpoint, index, path }, entry) {
  const isThere = await isIncluded(entry, index, checkpoint.size, path, checkpoint.root);
  return isThere ? [] : [reason("log.inclusion")];
}

async function olderFaults(newer, older) {
  if (older === null) return [];
  const disorder = disorderOf(newer, older);
  if (disorder) return [reason("log.older", { what: disorder })];
  const isOfNothing = older.size > 0n || isEqual(older.root, await sha256(new Uint8Array()));
  return isOfNothing ? [] : [reason("log.consistency")];
}

function disorderOf(newer, older) {
  if (older.origin !== newer.origin) return ["it is of another log", "er gehört zu einem anderen Log"];
  if (older.size > newer.size) return ["it is of a larger log", "er gehört zu einem größeren Log"];
  if (older.size === newer.size && !isEqual(older.root, newer.root)) {
    return ["it has the same size and another root", "er hat dieselbe Größe und eine andere Wurzel"];
  }
  return null;
}
