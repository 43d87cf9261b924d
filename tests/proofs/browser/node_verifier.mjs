// Does one task for each line on standard input, and answers with one line on standard output:
// {"content": ..., "knowledge": {...}} verifies a proof file; {"call": "FILE FUNCTION", "arguments": [...]} calls a
// function of a module, {"value": "FILE NAME"} gives what it exports; {"canonical": TEXT} reads JSON and writes it
// canonically. Bytes are {"base64": ...}, whole numbers {"whole": ...}.

import { createInterface } from "node:readline";

const MODULES = new URL("../../../src/echt/proofs/browser/", import.meta.url);
globalThis.crypto ??= (await import("node:crypto")).webcrypto; // before Node 19
const { verify } = await import(new URL("proof.js", MODULES));
const { parseJson } = await import(new URL("strict_json.js", MODULES));
const { canonicalJson } = await import(new URL("canonical_json.js", MODULES));

function fromJson(value) {
  if (Array.isArray(value)) return value.map(fromJson);
  if (value === null || typeof value !== "object") return value;
  if ("base64" in value) return new Uint8Array(Buffer.from(value.base64, "base64"));
  if ("whole" in value) return BigInt(value.whole);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fromJson(member)]));
}

function forJson(name, value) {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString("base64") };
  if (value instanceof Map) return Object.fromEntries(value);
  return typeof value === "bigint" ? { whole: String(value) } : value;
}

async function exported(name) {
  const [file, what] = name.split(" ");
  return (await import(new URL(file, MODULES)))[what];
}

async function done({ call, arguments: values, value, canonical, content, knowledge }) {
  if (call) return { result: (await (await exported(call))(...values)) ?? null };
  if (value) return { result: await exported(value) };
  if (canonical !== undefined) return { result: canonicalJson(parseJson(canonical)) };
  return verify(content, knowledge);
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = await done(fromJson(JSON.parse(line)));
  } catch (fault) {
    answer = { fault: fault.reason?.code ?? String(fault.stack) };
  }
  process.stdout.write(`${JSON.stringify(answer, forJson)}\n`);
}
