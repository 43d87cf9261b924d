"""Lists of addresses for tests: good ones, of which a test spoils one cell."""

from echt.proofs.reserves.addresses import COLUMNS
from tests.proofs.reserves.signers import (
    MESSAGE,
    ed_key,
    ed_public,
    evm_address,
    evm_signature,
    key,
    p2wpkh,
    short,
    signmessage,
    solana_address,
)

SOLANA = solana_address(ed_public(ed_key(1)))
BITCOIN = p2wpkh(short(key(1)))
ETHEREUM = evm_address(key(1))

ROWS = (
    ("BTC", "bitcoin", BITCOIN, "150000000", "860000", MESSAGE, signmessage(key(1)), ""),
    ("ETH", "ethereum", ETHEREUM, "2000000000000000000", "20914735", MESSAGE, evm_signature(key(1)).hex(), ""),
    ("SOL", "solana", SOLANA, "7000000000", "290000000", MESSAGE, ed_key(1).sign(MESSAGE.encode()).hex(), ""),
)


def csv_of(*rows: tuple[str, ...]) -> bytes:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n') else text

    return "".join(",".join(map(cell, row)) + "\n" for row in (COLUMNS, *rows)).encode()


def changed(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    return tuple(cells.get(column, text) for column, text in zip(COLUMNS, row, strict=True))
