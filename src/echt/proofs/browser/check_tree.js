// Steps 3 to 5: are these the customer's own leaves, do they lead to the root, and is the root that of the totals?
//
// 1. A leaf's identity is computed from account number and key, never taken from the file; its first bits are its
//    bucket.
// 2. The bits of the index say on which side a node stands; nothing in the file can choose it.
// 3. A sum below 2^127 at every level; the first that reaches it ends the path, since no byte of it could be trusted.
// 4. The root covers the top's sums, and the statement's totals must be these sums.

import { isEqual } from "./bytes.js";
import { LIMIT, firstBits, leaf, leafId, parent, rootHash } from "./commitment.js";
import { finding } from "./finding.js";
import { isGiven } from "./given.js";
import { reason } from "./reasons.js";
import { shown } from "./statement.js";

const IDENTITY = ["Identity", "Zugehörigkeit"];
const PATHS = ["Paths", "Pfade"];
const TOTALS = ["Totals", "Summen"];

/** @typedef {import("./proof_file.js").ProofFile} ProofFile */

/** Step 3. @param {ProofFile} proof @param {string | undefined} account as the customer knows it */
export async function checkIdentity(proof, account) {
  const { prefixBits, bucketBits } = proof.statement.config;
  const faults = isGiven(account) && account !== proof.account ? [reason("identity.account")] : [];
  for (const [number, { index }] of proof.pieces.entries()) {
    if (Math.floor(index / 2 ** bucketBits) !== firstBits(await identityOf(proof, number), prefixBits)) {
      faults.push(reason("identity.bucket", { piece: number + 1 }));
    }
  }
  const detail = [
    `the leaves follow from the account number ${proof.account} and its key; it must be yours`,
    `die Blätter folgen aus der Kontonummer ${proof.account} und ihrem Schlüssel; es muss Ihre sein`,
  ];
  return finding(IDENTITY, faults, detail);
}

/** Rule 1. @param {ProofFile} proof */
function identityOf({ statement, account, accountKey }, piece) {
  return leafId(accountKey, statement.config.hash, piece, account);
}

/** Step 4, and the top that the paths lead to, where the step passed. @param {ProofFile} proof */
export async function checkPaths(proof) {
  const { config, root } = proof.statement;
  const [faults, tops] = [[], []];
  for (const [number, piece] of proof.pieces.entries()) {
    const { level, top } = await topOf(piece, await identityOf(proof, number));
    if (level) faults.push(reason("path.sum", { piece: number + 1, level }));
    else if (!isEqual(await rootHash(config.hash, top), root)) faults.push(reason("path.root", { piece: number + 1 }));
    else tops.push(top);
  }
  return [finding(PATHS, faults, ["every leaf leads to the root", "jedes Blatt führt zur Wurzel"]), tops[0]];
}

/** The top that a piece's path leads to, or the level on which a sum is too large (rule 3). */
async function topOf({ index, amounts, path }, id) {
  let node = await leaf(id, amounts);
  for (const [below, sibling] of path.entries()) {
    const isRight = Math.floor(index / 2 ** below) % 2 === 1;
    node = await (isRight ? parent(below + 1, sibling, node) : parent(below + 1, node, sibling));
    if (node.sums.some((sum) => sum >= LIMIT)) return { level: below + 1 };
  }
  return { top: node };
}

/** Step 5. @param {import("./statement.js").Statement} statement @param {import("./commitment.js").Node} top */
export function checkTotals({ config, totals }, top) {
  const faults = config.columns.flatMap((column, number) => {
    const [stated, summed] = [totals[number], top.sums[number]];
    const words = { column: column.name, stated: shown(stated, column), summed: shown(summed, column) };
    return stated === summed ? [] : [reason("totals.differ", words)];
  });
  const detail = ["what the statement says is owed is the sum at the top", "die erklärten Summen sind die der Spitze"];
  return finding(TOTALS, faults, detail);
}
