// Step 2: is this the statement that the public sees, and is it the operator's?
//
// 1. What the person brought from elsewhere must agree with the file, each of it.
// 2. Where the operator's key is known, the file's statement must carry its signature, and so must the one brought.
// 3. A statement that nothing from elsewhere speaks for is no more than the operator's own word.

import { isEqual } from "./bytes.js";
import { finding } from "./finding.js";
import { signedBy } from "./note.js";
import { reason } from "./reasons.js";

const TITLE = ["Statement", "Erklärung"];

/** @param {import("./statement.js").Statement} statement @param {import("./given.js").Given} given */
export async function checkStatement(statement, given) {
  return finding(TITLE, await faults(statement, given), source(given), given.provesTheStatement);
}

async function faults(statement, { statement: other, root, key }) {
  const found = [];
  if (other && !isEqual(other.line, statement.line)) found.push(reason("statement.other"));
  if (root && !isEqual(root, statement.root)) found.push(reason("statement.root"));
  if (key === null) return found;
  const states = await Promise.all([statement, other].filter(Boolean).map(({ note }) => signedBy(key, note)));
  if (states.includes("unsigned")) found.push(reason("statement.unsigned"));
  if (states.includes("false")) found.push(reason("statement.signature"));
  return found;
}

/** What speaks for the statement. */
function source({ statement, root, key }) {
  const [signed, german] = key
    ? [`, signed with the key of “${key.name}”`, `, unterschrieben mit dem Schlüssel von „${key.name}“`]
    : ["", ""];
  if (root)
    return [`its root is the one that you typed in${signed}`, `die Wurzel ist die, die Sie eingegeben haben${german}`];
  if (statement) return [`it is the one that you gave${signed}`, `sie ist die, die Sie angegeben haben${german}`];
  return [`it comes from the proof file alone${signed}`, `sie kommt allein aus der Nachweisdatei${german}`];
}
