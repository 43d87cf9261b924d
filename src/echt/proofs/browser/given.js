// What the person brings besides the file, read: a statement, a root, the operator's key, an older checkpoint.

import { HASH, fromHex, fromUtf8 } from "./bytes.js";
import { parseCheckpoint } from "./log.js";
import { parseKey } from "./note.js";
import { Unreadable, clause } from "./reasons.js";
import { readStatement } from "./statement.js";

/**
 * @typedef {{statement?: Uint8Array, root?: string, operator_key?: string, account?: string,
 *   older_checkpoint?: Uint8Array}} Knowledge
 * @typedef {{statement: import("./statement.js").Statement | null, root: Uint8Array | null,
 *   key: import("./note.js").Key | null, older: import("./log.js").Checkpoint | null,
 *   provesTheStatement: boolean}} Given
 */

/**
 * What can be compared with the file; throws `Unreadable` with `given.…`.
 * @param {Knowledge} knowledge @returns {Promise<Given>}
 */
export async function readGiven(knowledge) {
  const statement = isGiven(knowledge.statement) ? await givenStatement(knowledge.statement) : null;
  const root = isGiven(knowledge.root) ? givenRoot(knowledge.root) : null;
  const key = isGiven(knowledge.operator_key) ? await givenKey(knowledge.operator_key) : null;
  const older = isGiven(knowledge.older_checkpoint) ? givenCheckpoint(knowledge.older_checkpoint) : null;
  const provesTheStatement = root !== null || (statement !== null && key !== null);
  return { statement, root, key, older, provesTheStatement };
}

export function isGiven(value) {
  return value !== undefined && value !== null;
}

/** A signed note, or the bare line of a statement. */
async function givenStatement(bytes) {
  const text = fromUtf8(bytes);
  if (text === null) {
    throw new Unreadable("given.statement", { what: ["it is not text in UTF-8", "sie ist kein Text in UTF-8"] });
  }
  try {
    return await readStatement(text.includes("\n\n") ? text : `${text.replace(/\n+$/, "")}\n\n`);
  } catch (fault) {
    if (!(fault instanceof Unreadable)) throw fault;
    throw new Unreadable("given.statement", { what: clause(fault.reason) });
  }
}

function givenRoot(text) {
  const root = text.trim().toLowerCase();
  if (!HASH.test(root)) throw new Unreadable("given.root");
  return fromHex(root);
}

async function givenKey(text) {
  const key = await parseKey(text);
  if (key === null) throw new Unreadable("given.operator_key");
  return key;
}

function givenCheckpoint(bytes) {
  const checkpoint = parseCheckpoint(fromUtf8(bytes) ?? "");
  if (checkpoint === null) {
    throw new Unreadable("given.checkpoint", {
      what: ["it is not a signed note with origin, size and root", "er ist keine Notiz mit Herkunft, Größe und Wurzel"],
    });
  }
  return checkpoint;
}
