// The operator's statement: what all customers together are owed, and the root that commits to each of them.
// It is a signed note of one line, canonical JSON; so the same statement is the same bytes everywhere.

import { utf8 } from "./bytes.js";
import { canonicalJson } from "./canonical_json.js";
import { configHash } from "./commitment.js";
import { amountsAt, hashAt, integerAt, listAt, membersAt, textAt } from "./form.js";
import { CONTROL, parseNote } from "./note.js";
import { Unreadable, clause } from "./reasons.js";
import { parseJson } from "./strict_json.js";

export const FORMAT = "echt/1";
const FIELDS = ["config", "format", "operator", "previous", "reserves", "root", "totals"];
const CONFIG_FIELDS = ["bucket_bits", "columns", "format", "pieces", "prefix_bits", "snapshot", "taken_at"];
const COLUMN_FIELDS = ["asset", "decimals", "side"];
const MOST_COLUMNS = 1000;
const MOST_DECIMALS = 36;
const MOST_PIECES = 16;
const GREATEST_HEIGHT = 48;
const LONGEST_OPERATOR = 128;
const ASSET = /^[A-Za-z0-9._-]{1,32}$/;
const SNAPSHOT = /^[A-Za-z0-9._:-]{1,64}$/;
const UTC_TIME = /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/**
 * @typedef {{asset: string, decimals: number, side: "credit" | "debt", name: string}} Column
 * @typedef {{columns: Column[], prefixBits: number, bucketBits: number, height: number, pieces: number,
 *   snapshot: string, takenAt: string, hash: Uint8Array}} Config
 * @typedef {{note: import("./note.js").Note, line: Uint8Array, operator: string, config: Config, root: Uint8Array,
 *   totals: bigint[]}} Statement
 */

/** The statement that a signed or unsigned note is; throws `Unreadable`. @returns {Promise<Statement>} */
export async function readStatement(content) {
  const note = parseNote(content);
  if (note === null) bad("it is not a signed note", "sie ist keine unterschriebene Notiz (signed note)");
  const { config, value, ...read } = within("form.statement", () => readLine(note));
  return { ...read, note, config: { ...config, hash: await configHash(value) } };
}

/** What goes wrong inside has this code, unless it has a code of the statement's already. */
function within(code, read) {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof Unreadable) || ["form.statement", "form.config"].includes(fault.reason.code)) throw fault;
    throw new Unreadable(code, { what: clause(fault.reason) });
  }
}

function readLine({ text }) {
  const line = text.slice(0, -1);
  const [value, form, operator, previous, reserves, root, totals] = membersAt("", canonicalValue(line), FIELDS);
  if (form !== FORMAT) bad("its format is not echt/1", "ihr Format ist nicht echt/1");
  if (previous !== null) hashAt("previous", previous);
  if (reserves !== null) hashAt("reserves", reserves);
  const config = within("form.config", () => readConfig(value));
  return {
    line: utf8(line),
    operator: readOperator(operator),
    config,
    value,
    root: hashAt("root", root),
    totals: amountsAt("totals", totals, config.columns.length),
  };
}

function canonicalValue(line) {
  const value = anyValue(line);
  if (canonicalJson(value) !== line) {
    bad("it is not one line of canonical JSON", "sie ist nicht eine Zeile kanonisches JSON");
  }
  return value;
}

/** What is no JSON at all is not canonical either. */
function anyValue(line) {
  try {
    return parseJson(line);
  } catch {
    return null;
  }
}

function readOperator(value) {
  const { length } = [...textAt("operator", value)];
  if (length < 1 || length > LONGEST_OPERATOR || CONTROL.test(value)) {
    bad("operator is not a name of 1 to 128 characters", "operator ist kein Name von 1 bis 128 Zeichen");
  }
  return value;
}

function readConfig(value) {
  const [bucket, columns, form, pieces, prefix, snapshot, taken] = membersAt("config", value, CONFIG_FIELDS);
  if (form !== FORMAT) badConfig("format", FORMAT, FORMAT);
  const config = {
    columns: readColumns(listAt("columns", columns)),
    prefixBits: numberAt("prefix_bits", prefix, 0, GREATEST_HEIGHT),
    bucketBits: numberAt("bucket_bits", bucket, 0, GREATEST_HEIGHT),
    pieces: numberAt("pieces", pieces, 1, MOST_PIECES),
    snapshot: textAt("snapshot", snapshot),
    takenAt: textAt("taken_at", taken),
  };
  const height = config.prefixBits + config.bucketBits;
  if (height > GREATEST_HEIGHT) badConfig("prefix_bits + bucket_bits", "at most 48", "höchstens 48");
  if (!SNAPSHOT.test(config.snapshot)) {
    badConfig("snapshot", "1 to 64 letters, digits and . _ : -", "1 bis 64 Buchstaben, Ziffern und . _ : -");
  }
  if (!isTime(config.takenAt)) {
    badConfig("taken_at", "a time like 2026-06-30T00:00:00Z", "eine Zeit wie 2026-06-30T00:00:00Z");
  }
  return { ...config, height };
}

function readColumns(values) {
  if (values.length < 1 || values.length > MOST_COLUMNS)
    badConfig("columns", "1 to 1000 columns", "1 bis 1000 Spalten");
  const columns = values.map((value, number) => readColumn(`columns[${number}]`, value));
  if (new Set(columns.map(({ name }) => name)).size < columns.length) {
    badConfig("columns", "without an asset twice on one side", "ohne ein Asset zweimal auf einer Seite");
  }
  return columns;
}

function readColumn(where, value) {
  const [assetValue, decimalsValue, sideValue] = membersAt(where, value, COLUMN_FIELDS);
  const asset = textAt(`${where}.asset`, assetValue);
  const decimals = numberAt(`${where}.decimals`, decimalsValue, 0, MOST_DECIMALS);
  const side = textAt(`${where}.side`, sideValue);
  if (!ASSET.test(asset)) {
    badConfig(`${where}.asset`, "1 to 32 letters, digits and . _ -", "1 bis 32 Buchstaben, Ziffern und . _ -");
  }
  if (side !== "credit" && side !== "debt") badConfig(`${where}.side`, "credit or debt", "credit oder debt");
  return { asset, decimals, side, name: side === "credit" ? asset : `${asset} (${side})` };
}

function numberAt(name, value, least, most) {
  const number = integerAt(name, value);
  if (number < least || number > most) badConfig(name, `from ${least} to ${most}`, `von ${least} bis ${most}`);
  return number;
}

/** Whether it is a second of the calendar. */
function isTime(text) {
  const [, year, month, day] = UTC_TIME.exec(text)?.map(Number) ?? [];
  if (!year || month < 1 || month > 12 || day < 1) return false;
  return day <= daysOf(month, year);
}

function daysOf(month, year) {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
}

function bad(english, german) {
  throw new Unreadable("form.statement", { what: [english, german] });
}

function badConfig(name, english, german) {
  throw new Unreadable("form.config", { what: [`${name} must be ${english}`, `${name} muss sein: ${german}`] });
}

/** The amount with all decimals of its column: `1.50000000`. @param {bigint} amount @param {Column} column */
export function shown(amount, { decimals }) {
  const digits = amount.toString().padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  return decimals ? `${digits.slice(0, point)}.${digits.slice(point)}` : digits;
}
