// The small parts of a file in strict form: each function gives the part, or says where it is not what it must be.

import { HASH, fromHex, utf8 } from "./bytes.js";
import { LIMIT } from "./commitment.js";
import { Unreadable } from "./reasons.js";

const PLAIN_DIGITS = /^(?:0|[1-9][0-9]{0,38})$/;
const LONGEST_SHOWN = 40;
const AN_OBJECT = ["an object", "ein Objekt"];
const A_LIST = ["a list", "eine Liste"];
const A_TEXT = ["a text", "ein Text"];
const A_NUMBER = ["a number", "eine Zahl"];

/** @typedef {import("./strict_json.js").Json} Json */

/** The members of an object that must have exactly these, in the order of the names. @returns {Json[]} */
export function membersAt(where, value, names) {
  if (!(value instanceof Map)) throw new Unreadable("form.type", { where, kind: AN_OBJECT });
  const unknown = sorted([...value.keys()].filter((name) => !names.includes(name)))[0];
  if (unknown !== undefined) throw new Unreadable("form.unknown_field", { where: place(where, unknown) });
  const missing = sorted(names.filter((name) => !value.has(name)))[0];
  if (missing !== undefined) throw new Unreadable("form.missing_field", { where: place(where, missing) });
  return names.map((name) => value.get(name));
}

/** In the order of code points: that of their UTF-8. */
function sorted(names) {
  return names.sort((one, other) => compare(utf8(one), utf8(other)));
}

function compare(one, other) {
  const differs = one.findIndex((byte, at) => byte !== other[at]);
  return differs < 0 ? one.length - other.length : one[differs] - (other[differs] ?? -1);
}

/** How a member is called: `account.key`. */
function place(where, name) {
  const shown = name.length <= LONGEST_SHOWN ? name : `${name.slice(0, LONGEST_SHOWN)}…`;
  return where ? `${where}.${shown}` : shown;
}

export function listAt(where, value) {
  if (!Array.isArray(value)) throw new Unreadable("form.type", { where, kind: A_LIST });
  return value;
}

export function textAt(where, value) {
  if (typeof value !== "string") throw new Unreadable("form.type", { where, kind: A_TEXT });
  return value;
}

export function integerAt(where, value) {
  if (typeof value !== "number") throw new Unreadable("form.type", { where, kind: A_NUMBER });
  return value;
}

/** 32 bytes, written as lower-case hex. */
export function hashAt(where, value) {
  if (!HASH.test(textAt(where, value))) throw new Unreadable("form.hex", { where });
  return fromHex(value);
}

/** An amount for each column. @returns {bigint[]} */
export function amountsAt(where, value, columns) {
  const texts = listAt(where, value);
  if (texts.length !== columns) {
    throw new Unreadable("form.columns", { where, count: texts.length, needed: columns });
  }
  return texts.map((text, number) => amountAt(`${where}[${number}]`, text));
}

/** A whole number of the smallest unit, from 0 to below 2^127. */
function amountAt(where, value) {
  const amount = PLAIN_DIGITS.test(textAt(where, value)) ? BigInt(value) : LIMIT;
  if (amount >= LIMIT) throw new Unreadable("form.number", { where });
  return amount;
}
