// What is this file, roughly? For a person who chose or dropped one; nothing is decided by it.

import { fromUtf8 } from "./bytes.js";

const FOREIGN = {
  MEXC: ({ pathList, self }) => pathList && self,
  Hotcoin: ({ protocol }) => String(protocol ?? "").startsWith("HOTCOIN"),
  Bitget: ({ path, self }) => path && self?.encryptUid && self.level,
  Bitunix: ({ path, self }) => path && self?.merkleLeaf,
  Bybit: ({ path, self }) => path && self?.userHash,
  OKX: ({ path, self, nodes, totalBalances }) => (path && self?.auditId) || (nodes && totalBalances),
  SwissBorg: ({ audit, liabilities }) => audit?.partitions || liabilities,
  CoinEx: ({ root, path, self }) => root?.balances && path && self,
};
const FOREIGN_TEXTS = { BitMEX: /^block_height:/, OKX: /^[0-9a-f]{64},\d+,\{/ };
const CHECKPOINT = /^[^\n]+\n\d+\n[A-Za-z0-9+/]{43}=\n\n/;

/** @returns {{kind: "statement" | "checkpoint" | "foreign" | "proof", name?: string}} */
export function kindOf(bytes) {
  const text = fromUtf8(bytes) ?? "";
  if (CHECKPOINT.test(text)) return { kind: "checkpoint" };
  if (isStatement(membersOf(text.split("\n", 1)[0]))) return { kind: "statement" };
  const name = foreignName(text);
  return name ? { kind: "foreign", name } : { kind: "proof" };
}

function isStatement({ totals, operator, root }) {
  return Boolean(totals && operator && root);
}

function foreignName(text) {
  const members = membersOf(text);
  if (members.format === "echt/1") return undefined;
  const byText = Object.keys(FOREIGN_TEXTS).find((name) => FOREIGN_TEXTS[name].test(text));
  return byText ?? Object.keys(FOREIGN).find((name) => FOREIGN[name](members));
}

function membersOf(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
