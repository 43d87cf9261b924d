// Signed notes (C2SP signed-note): a text, an empty line, and a line for each signature.
//
// 1. Base64 is canonical, so a note has one form.
// 2. A signature counts as a key's only where both the name and the key's id agree.
// 3. A line that claims to be the key's and does not verify is a fault, even beside one that does.

import { concat, fromBase64, isEqual, sha256, toHex, utf8 } from "./bytes.js";
import { isSignature } from "./ed25519.js";

const ED25519 = 1;
const KEY_BYTES = 33;
const ID_BYTES = 4;
const MOST_SIGNATURES = 100;
const SIGNATURE = /^— ([^ ]+) (.+)$/u;
export const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const CONTROL_IN_NOTE = /[\u0000-\u0009\u000b-\u001f]/;
const NAME = /^[^+\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/u;
const LONGEST_KEY_NAME = 64;

/**
 * @typedef {{name: string, id: Uint8Array, signature: Uint8Array}} Signature
 * @typedef {{text: string, signatures: Signature[]}} Note
 * @typedef {{name: string, id: Uint8Array, bytes: Uint8Array}} Key
 */

/** A name that can stand in a note: without space, plus sign and control characters. */
export function isName(name) {
  return NAME.test(name);
}

/** A key that we take has a name of at most 64 characters; others' may be longer. */
function isKeyName(name) {
  return isName(name) && [...name].length <= LONGEST_KEY_NAME;
}

/** The note, or null where the text is none. @returns {Note | null} */
export function parseNote(whole) {
  const end = whole.lastIndexOf("\n\n");
  if (end < 0 || CONTROL_IN_NOTE.test(whole)) return null;
  const below = whole.slice(end + 2);
  if (below !== "" && !below.endsWith("\n")) return null;
  const signatures = below.split("\n").slice(0, -1).map(parseSignature);
  if (signatures.includes(null) || signatures.length > MOST_SIGNATURES) return null;
  return { text: whole.slice(0, end + 1), signatures };
}

function parseSignature(line) {
  const [, name, base64] = SIGNATURE.exec(line) ?? [];
  const blob = base64 && isName(name) ? fromBase64(base64) : null;
  if (blob === null || blob.length <= ID_BYTES) return null;
  return { name, id: blob.slice(0, ID_BYTES), signature: blob.slice(ID_BYTES) };
}

/** The key that `NAME+ID+BASE64` says; null where it is none or has another id. @returns {Promise<Key | null>} */
export async function parseKey(text) {
  const [, name, id, base64] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/u.exec(text.trim()) ?? [];
  const typed = base64 && isKeyName(name) ? fromBase64(base64) : null;
  if (typed === null || typed.length !== KEY_BYTES || typed[0] !== ED25519) return null;
  const expected = (await sha256(concat(utf8(`${name}\n`), typed))).slice(0, ID_BYTES);
  return toHex(expected) === id ? { name, id: expected, bytes: typed.slice(1) } : null;
}

/** Whether the key has signed the note: "signed", "unsigned", or "false" where a line in its name does not verify. */
export async function signedBy(key, note) {
  const own = note.signatures.filter(({ name, id }) => name === key.name && isEqual(id, key.id));
  const verified = await Promise.all(own.map(({ signature }) => isSignature(signature, utf8(note.text), key.bytes)));
  if (verified.includes(false)) return "false";
  return verified.length ? "signed" : "unsigned";
}
