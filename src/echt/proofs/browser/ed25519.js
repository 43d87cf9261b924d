// Ed25519 (RFC 8032), verification alone. The three verifiers of echt/1 agree on every signature:
//
// 1. A signature has 64 bytes, a key 32.
// 2. S is below the order of the group; a second S for the same signature does not exist.
// 3. A point is encoded canonically: y below the prime, no sign on x = 0.
// 4. A key of small order is no key: it would accept signatures that nobody made.
// 5. The equation is the one without cofactor: [S]B - [k]A, encoded, is R byte for byte.
//
// Nothing here is secret, so nothing needs to take constant time.

import { concat, fromLittleEndian, isEqual, sha512, toLittleEndian } from "./bytes.js";

const PRIME = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const SIGN = 2n ** 255n;

/** A point in extended coordinates: x = X/Z, y = Y/Z, x y = T/Z. @typedef {[bigint, bigint, bigint, bigint]} Point */

function reduce(value) {
  const rest = value % PRIME;
  return rest < 0n ? rest + PRIME : rest;
}

function power(base, exponent) {
  let result = 1n;
  for (let factor = base; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * factor) % PRIME;
    factor = (factor * factor) % PRIME;
  }
  return result;
}

function inverse(value) {
  return power(value, PRIME - 2n);
}

const D = reduce(-121665n * inverse(121666n));
const TWICE_D = reduce(2n * D);
const ROOT_OF_MINUS_ONE = power(2n, (PRIME - 1n) / 4n);
const NEUTRAL = [0n, 1n, 1n, 0n];

/** The sum of two points; also of a point with itself, as the curve's law is complete. */
function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = reduce((y1 - x1) * (y2 - x2));
  const b = reduce((y1 + x1) * (y2 + x2));
  const c = reduce(t1 * TWICE_D * t2);
  const d = reduce(2n * z1 * z2);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [reduce(e * f), reduce(g * h), reduce(f * g), reduce(e * h)];
}

function double([x, y, z]) {
  const a = reduce(x * x);
  const b = reduce(y * y);
  const h = a + b;
  const e = h - reduce((x + y) * (x + y));
  const g = a - b;
  const f = 2n * reduce(z * z) + g;
  return [reduce(e * f), reduce(g * h), reduce(f * g), reduce(e * h)];
}

function negative([x, y, z, t]) {
  return [reduce(-x), y, z, reduce(-t)];
}

/** One x to a y, or null where no point of the curve has this y. */
function anyX(y) {
  const u = reduce(y * y - 1n);
  const v = reduce(D * y * y + 1n);
  const x = reduce(u * v ** 3n * power(reduce(u * v ** 7n), (PRIME - 5n) / 8n));
  const square = reduce(v * x * x);
  if (square === u) return x;
  return square === reduce(-u) ? reduce(x * ROOT_OF_MINUS_ONE) : null;
}

/** The point that 32 bytes encode canonically, or null. */
function decoded(bytes) {
  const number = fromLittleEndian(bytes);
  const isOdd = number >= SIGN ? 1n : 0n;
  const y = number - isOdd * SIGN;
  const x = y < PRIME ? anyX(y) : null;
  if (x === null || (x === 0n && isOdd)) return null;
  const chosen = (x & 1n) === isOdd ? x : PRIME - x;
  return [chosen, y, 1n, reduce(chosen * y)];
}

function encoded([x, y, z]) {
  const scale = inverse(z);
  return toLittleEndian(reduce(y * scale) + (reduce(x * scale) & 1n) * SIGN, 32);
}

/** a P + b Q, both at once. */
function twoProducts(a, p, b, q) {
  const both = add(p, q);
  let sum = NEUTRAL;
  for (let bit = 255n; bit >= 0n; bit--) {
    sum = double(sum);
    const [ofA, ofB] = [(a >> bit) & 1n, (b >> bit) & 1n];
    if (ofA || ofB) sum = add(sum, ofA && ofB ? both : ofA ? p : q);
  }
  return sum;
}

/** Whether eight times the point is the neutral one. */
function isSmall(point) {
  const [x, y, z] = double(double(double(point)));
  return x === 0n && y === z;
}

const BASE = decoded(toLittleEndian(reduce(4n * inverse(5n)), 32));

/**
 * Whether this is the key's signature of the message.
 * @param {Uint8Array} signature @param {Uint8Array} message @param {Uint8Array} key
 */
export async function isSignature(signature, message, key) {
  if (signature.length !== 64 || key.length !== 32) return false;
  const [r, s] = [signature.slice(0, 32), fromLittleEndian(signature.slice(32))];
  const point = decoded(key);
  if (point === null || isSmall(point) || s >= ORDER) return false;
  const k = fromLittleEndian(await sha512(concat(r, key, message))) % ORDER;
  const expected = encoded(twoProducts(s, BASE, k, negative(point)));
  return isEqual(expected, r);
}
