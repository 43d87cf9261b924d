// JSON without the loopholes of JSON: the same texts are read, and refused, as by the other verifiers.
//
// 1. No key twice in an object.
// 2. No byte order mark, no NaN or Infinity, no lone surrogate.
// 3. Nesting ends at 16, the number of parts has a limit, and both are known before a single value is made.
// 4. A number is a whole number, written plainly, with an absolute value below 2^53.
//
// Objects become Maps, so that no name means anything to JavaScript.

import { Unreadable } from "./reasons.js";

const DEEPEST = 16;
const MOST_OBJECTS_AND_LISTS = 2 ** 20;
const MOST_VALUES = 2 ** 22;
const LONGEST_SHOWN = 40;
const SPACE = /[ \t\n\r]*/y;
const WORD = /true|false|null/y;
const WORDS = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const NUMBER = /-?(?:[0-9][0-9.eE+-]*|Infinity)|NaN/y;
const PLAIN_INTEGER = /^(?:0|-?[1-9][0-9]{0,15})$/;
const ANY_NUMBER = /^(?=.{1,100}$)-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?$/;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** @typedef {null | boolean | number | string | Json[] | Map<string, Json>} Json */

/** The value of the text, by all four rules; throws `Unreadable`. @param {string} text @returns {Json} */
export function parseJson(text) {
  checkShape(text);
  return new Reader(text, isSafeInteger).whole();
}

/** The value of another exchange's text, by the first three rules; other numbers are what JavaScript has for them. */
export function parseAnyJson(text) {
  checkShape(text);
  return new Reader(text, (literal) => ANY_NUMBER.test(literal)).whole();
}

function isSafeInteger(literal) {
  return PLAIN_INTEGER.test(literal) && Number.isSafeInteger(Number(literal));
}

/** Rules 2 and 3, as far as they can be seen in the text alone. */
function checkShape(text) {
  if (text.startsWith("\ufeff"))
    refuse("it begins with a byte order mark", "sie beginnt mit einer Byte-Reihenfolge-Marke");
  if (count(text, '"') > 4 * MOST_VALUES || count(text, ",") > MOST_VALUES) throw new Unreadable("form.size");
  let brackets = bracketsOf(text);
  if (brackets.length > 2 * MOST_OBJECTS_AND_LISTS) throw new Unreadable("form.size");
  for (let depth = 0; depth < DEEPEST; depth++) brackets = brackets.replaceAll("[]", "");
  if (brackets) {
    refuse(
      "brackets are nested deeper than 16 or do not fit together",
      "Klammern sind tiefer als 16 geschachtelt oder passen nicht zusammen",
    );
  }
}

function refuse(english, german) {
  throw new Unreadable("form.json", { what: [english, german] });
}

function count(text, sign) {
  let found = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) found += 1;
  return found;
}

/** The brackets of lists and objects alike, without all else: `[[][]]`. Taking `[]` out takes one level away. */
function bracketsOf(text) {
  const pieces = text.replaceAll("\\\\", "").replaceAll('\\"', "").split('"');
  const outsideOfTexts = pieces.filter((_, place) => place % 2 === 0).join("");
  return outsideOfTexts
    .replaceAll("{", "[")
    .replaceAll("}", "]")
    .replace(/[^[\]]+/g, "");
}

class Reader {
  constructor(text, isNumber) {
    this.text = text;
    this.isNumber = isNumber;
    this.at = 0;
  }

  whole() {
    const value = this.value();
    if (this.at !== this.text.length) this.refuse();
    return value;
  }

  refuse() {
    const lines = this.text.slice(0, this.at).split("\n");
    const [line, sign] = [lines.length, lines.at(-1).length + 1];
    refuse(
      `line ${line}, character ${sign} cannot be understood`,
      `Zeile ${line}, Zeichen ${sign} ist nicht zu verstehen`,
    );
  }

  /** What the expression finds here; undefined where it does not. */
  take(expression) {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  /** Whether this sign comes next; it is taken with the spaces behind it. */
  goesOn(sign) {
    if (this.text[this.at] !== sign) return false;
    this.at += 1;
    this.take(SPACE);
    return true;
  }

  expect(sign) {
    if (!this.goesOn(sign)) this.refuse();
  }

  /** A value with the spaces around it. */
  value() {
    this.take(SPACE);
    const value = this.bare(this.text[this.at]);
    this.take(SPACE);
    return value;
  }

  bare(sign) {
    if (sign === '"') return this.string();
    if (sign === "{") return this.object();
    if (sign === "[") return this.list();
    const word = this.take(WORD);
    return word === undefined ? this.number() : WORDS.get(word);
  }

  number() {
    const literal = this.take(NUMBER) ?? this.refuse();
    if (!this.isNumber(literal)) {
      const shown = literal.length <= LONGEST_SHOWN ? literal : `${literal.slice(0, LONGEST_SHOWN)}…`;
      refuse(`${shown} is not a number that is allowed there`, `${shown} ist keine Zahl, die dort erlaubt ist`);
    }
    return Number(literal);
  }

  string() {
    this.at += 1;
    let text = this.take(PLAIN);
    while (this.text[this.at] !== '"') {
      const escape = this.take(ESCAPE) ?? this.refuse();
      text += JSON.parse(`"${escape}"`) + this.take(PLAIN);
    }
    this.at += 1;
    if (LONE_SURROGATE.test(text)) refuse("it contains half a character", "sie enthält ein halbes Zeichen");
    return text;
  }

  list() {
    const items = [];
    this.expect("[");
    if (this.goesOn("]")) return items;
    do items.push(this.value());
    while (this.goesOn(","));
    if (this.text[this.at] !== "]") this.refuse();
    this.at += 1;
    return items;
  }

  object() {
    const members = [];
    this.expect("{");
    if (this.goesOn("}")) return new Map();
    do members.push(this.member());
    while (this.goesOn(","));
    if (this.text[this.at] !== "}") this.refuse();
    this.at += 1;
    return withoutDoubles(members);
  }

  member() {
    this.take(SPACE);
    if (this.text[this.at] !== '"') this.refuse();
    const name = this.string();
    this.take(SPACE);
    this.expect(":");
    return [name, this.value()];
  }
}

function withoutDoubles(members) {
  const found = new Map();
  for (const [name, value] of members) {
    if (found.has(name)) throw new Unreadable("form.duplicate_key", { name: name.slice(0, LONGEST_SHOWN) });
    found.set(name, value);
  }
  return found;
}
