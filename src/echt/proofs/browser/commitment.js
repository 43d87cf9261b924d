// What echt/1 commits to: identity of a leaf, leaf, node and root, as the norm has them.

import { canonicalJson } from "./canonical_json.js";
import { concat, hmacSha256, sha256, u128s, u32, utf8 } from "./bytes.js";

export const LIMIT = 2n ** 127n;

/** A node of the tree: its hash, and a sum for each column. @typedef {{hash: Uint8Array, sums: bigint[]}} Node */

/** What the whole tree is bound to. @param {Map<string, any>} config as in the statement */
export function configHash(config) {
  return sha256(concat(utf8("echt/1 config\n"), utf8(canonicalJson(config))));
}

/** @param {Uint8Array} accountKey @param {Uint8Array} config @param {number} piece @param {string} account */
export function leafId(accountKey, config, piece, account) {
  return hmacSha256(accountKey, concat(config, u32(piece), utf8(account)));
}

/** @returns {Promise<Node>} */
export async function leaf(id, amounts) {
  return { hash: await sha256(concat(utf8("leaf"), id, u128s(amounts))), sums: amounts };
}

/** The parent of two nodes. Its sums may reach the limit: who calls looks. @returns {Promise<Node>} */
export async function parent(level, left, right) {
  const sides = concat(left.hash, u128s(left.sums), right.hash, u128s(right.sums));
  const sums = left.sums.map((sum, column) => sum + right.sums[column]);
  return { hash: await sha256(concat(utf8("node"), u32(level), sides)), sums };
}

export function rootHash(config, top) {
  return sha256(concat(utf8("root"), config, top.hash, u128s(top.sums)));
}

/** The number that the first bits of an id make: the bucket. */
export function firstBits(id, count) {
  const first = new DataView(id.buffer, id.byteOffset).getBigUint64(0);
  return Number(first >> BigInt(64 - count));
}
