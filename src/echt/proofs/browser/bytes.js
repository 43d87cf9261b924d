// Bytes, and what is computed from them alone: hashes by WebCrypto, whole numbers, hexadecimal, Base64, UTF-8.

const ENCODER = new TextEncoder();
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const UNUSED_BITS_ARE_ZERO = /(?:^|[^=]|[AEIMQUYcgkosw048]=|[AQgw]==)$/;

export const HASH = /^[0-9a-f]{64}$/;

export function concat(...parts) {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    joined.set(part, end);
    end += part.length;
  }
  return joined;
}

export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

export async function sha512(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-512", bytes));
}

export async function hmacSha256(key, message) {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}

export function utf8(text) {
  return ENCODER.encode(text);
}

/** The text of the bytes, a byte order mark kept; null where they are not UTF-8. */
export function fromUtf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function toHex(bytes) {
  return Array.from(bytes, (byte) => HEX[byte]).join("");
}

/** The bytes of a text of lower-case hexadecimal digits; who calls has checked the digits. */
export function fromHex(text) {
  return Uint8Array.from({ length: text.length / 2 }, (_, place) => Number.parseInt(text.substr(2 * place, 2), 16));
}

/** The bytes of a Base64 text in its only form: padded, the unused bits zero; or null. */
export function fromBase64(text) {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text) || !UNUSED_BITS_ARE_ZERO.test(text)) return null;
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

export function u32(number) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
}

/** 16 bytes for each number, big-endian. @param {bigint[]} numbers */
export function u128s(numbers) {
  const view = new DataView(new ArrayBuffer(16 * numbers.length));
  numbers.forEach((number, place) => {
    view.setBigUint64(16 * place, number >> 64n);
    view.setBigUint64(16 * place + 8, number & 0xffff_ffff_ffff_ffffn);
  });
  return new Uint8Array(view.buffer);
}

export function fromLittleEndian(bytes) {
  return BigInt(`0x${toHex(Uint8Array.from(bytes).reverse())}`);
}

export function toLittleEndian(number, length) {
  return fromHex(number.toString(16).padStart(2 * length, "0")).reverse();
}

export function isEqual(one, other) {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}
