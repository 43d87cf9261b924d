// A customer's proof file of the format echt/1, in strict form (step 1). Nothing is left to the reader: fields, kinds,
// lengths and ways to write a number are exactly as the norm says, or the file is refused with the place that is not.

import { fromUtf8, utf8 } from "./bytes.js";
import { amountsAt, hashAt, integerAt, listAt, membersAt, textAt } from "./form.js";
import { inclusionLength, parseCheckpoint } from "./log.js";
import { Unreadable } from "./reasons.js";
import { FORMAT, readStatement } from "./statement.js";
import { parseAnyJson, parseJson } from "./strict_json.js";

export const LARGEST_FILE = 64 * 2 ** 20;
const LONGEST_ACCOUNT = 64;

/**
 * @typedef {{index: number, amounts: bigint[], path: import("./commitment.js").Node[]}} Piece
 * @typedef {{checkpoint: import("./log.js").Checkpoint, index: bigint, path: Uint8Array[]}} LogPart
 * @typedef {{statement: import("./statement.js").Statement, account: string, accountKey: Uint8Array, pieces: Piece[],
 *   log: LogPart | null}} ProofFile
 */

/** The proof file that the bytes are; throws `Unreadable` with the first fault. @returns {Promise<ProofFile>} */
export async function readProofFile(bytes) {
  const [account, , log, pieces, note] = membersAt("", readJson(bytes), [
    "account",
    "format",
    "log",
    "pieces",
    "statement",
  ]);
  const statement = await readStatement(textAt("statement", note));
  return { statement, ...readAccount(account), pieces: readPieces(pieces, statement.config), log: readLog(log) };
}

/** Whether the bytes say to be a proof file of this format, whatever else is wrong with them. */
export function isEchtFile(bytes) {
  try {
    return isEcht(parseAnyJson(fromUtf8(bytes) ?? ""));
  } catch {
    return false;
  }
}

function isEcht(value) {
  return value instanceof Map && value.get("format") === FORMAT;
}

function readJson(bytes) {
  if (bytes.length > LARGEST_FILE) throw new Unreadable("form.size");
  const text = fromUtf8(bytes);
  if (text === null) throw new Unreadable("form.encoding");
  const value = parseJson(text);
  if (!isEcht(value)) throw new Unreadable("form.format");
  return value;
}

function readAccount(value) {
  const [id, key] = membersAt("account", value, ["id", "key"]);
  const size = utf8(textAt("account.id", id)).length;
  if (size < 1 || size > LONGEST_ACCOUNT) throw new Unreadable("form.account", { size });
  return { account: id, accountKey: hashAt("account.key", key) };
}

function readPieces(value, config) {
  const pieces = listAt("pieces", value);
  if (pieces.length !== config.pieces) {
    throw new Unreadable("form.pieces", { count: pieces.length, needed: config.pieces });
  }
  return pieces.map((piece, number) => readPiece(`pieces[${number}]`, piece, config));
}

function readPiece(where, value, config) {
  const [amounts, index, path] = membersAt(where, value, ["amounts", "index", "path"]);
  return {
    index: readIndex(`${where}.index`, index, config.height),
    amounts: amountsAt(`${where}.amounts`, amounts, config.columns.length),
    path: readPath(`${where}.path`, path, config),
  };
}

function readIndex(where, value, height) {
  const index = integerAt(where, value);
  if (index < 0 || index >= 2 ** height) throw new Unreadable("form.index", { where, height });
  return index;
}

function readPath(where, value, config) {
  const entries = listAt(where, value);
  if (entries.length !== config.height) {
    throw new Unreadable("form.path_length", { where, count: entries.length, needed: config.height });
  }
  return entries.map((entry, number) => readNode(`${where}[${number}]`, entry, config.columns.length));
}

function readNode(where, value, columns) {
  const [hash, sums] = membersAt(where, value, ["hash", "sums"]);
  return { hash: hashAt(`${where}.hash`, hash), sums: amountsAt(`${where}.sums`, sums, columns) };
}

function readLog(value) {
  if (value === null) return null;
  const [note, place, path] = membersAt("log", value, ["checkpoint", "index", "path"]);
  const checkpoint = parseCheckpoint(textAt("log.checkpoint", note));
  if (checkpoint === null) bad("its checkpoint cannot be read", "sein Checkpoint lässt sich nicht lesen");
  const index = BigInt(integerAt("log.index", place));
  if (index < 0n || index >= checkpoint.size) {
    bad("the index is not below the size of the log", "der Index liegt nicht unter der Größe des Logs");
  }
  const [needed, entries] = [inclusionLength(index, checkpoint.size), listAt("log.path", path)];
  if (entries.length !== needed)
    bad(`the length of its path must be ${needed}`, `die Länge des Pfades muss ${needed} sein`);
  return { checkpoint, index, path: entries.map((entry, number) => hashAt(`log.path[${number}]`, entry)) };
}

function bad(english, german) {
  throw new Unreadable("form.log", { what: [english, german] });
}
