// The log of statements (RFC 6962) and its head (C2SP tlog-checkpoint).

import { concat, fromBase64, isEqual, sha256 } from "./bytes.js";
import { parseNote } from "./note.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const HASH_BYTES = 32;
const COSIGNATURE_BYTES = 8 + 64;

/** @typedef {{origin: string, size: bigint, root: Uint8Array, note: import("./note.js").Note}} Checkpoint */

/** The checkpoint, or null where the text is none. @returns {Checkpoint | null} */
export function parseCheckpoint(text) {
  const note = parseNote(text);
  const [, origin, size, base64] = /^([^\n]+)\n(0|[1-9][0-9]{0,17})\n([^\n]+)\n$/.exec(note?.text ?? "") ?? [];
  const root = base64 === undefined ? null : fromBase64(base64);
  return root?.length === HASH_BYTES ? { origin, size: BigInt(size), root, note } : null;
}

/** Who says to have seen this checkpoint, and when (C2SP tlog-cosignature); without their keys, it is their claim. */
export function cosignatures({ signatures }) {
  return signatures
    .filter(({ signature }) => signature.length === COSIGNATURE_BYTES)
    .map(({ name, signature }) => ({ name, time: secondsOf(signature) }));
}

function secondsOf(signature) {
  return new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
}

/** How many hashes lead from an entry to the root. @param {bigint} index @param {bigint} size */
export function inclusionLength(index, size) {
  const { inside, border } = shape(index, size);
  return inside + border;
}

/** Up to `inside` the entry's part of the tree is complete; above are only left neighbours, one for each set bit. */
function shape(index, size) {
  const inside = bitLength(index ^ (size - 1n));
  const above = (index >> BigInt(inside)).toString(2);
  return { inside, border: above.replaceAll("0", "").length };
}

function bitLength(number) {
  return number === 0n ? 0 : number.toString(2).length;
}

/**
 * Whether the path, of the right length, leads from the entry to the root.
 * @param {Uint8Array} entry @param {bigint} index @param {bigint} size
 * @param {Uint8Array[]} path @param {Uint8Array} root
 */
export async function isIncluded(entry, index, size, path, root) {
  const { inside } = shape(index, size);
  let hash = await sha256(concat(LEAF, entry));
  for (const [level, other] of path.entries()) {
    const isLeft = level < inside && ((index >> BigInt(level)) & 1n) === 0n;
    hash = await sha256(isLeft ? concat(NODE, hash, other) : concat(NODE, other, hash));
  }
  return isEqual(hash, root);
}
