"""Proof files of other exchanges, recognised by their content.

A format is a module with a `Format` at its end. No file is recognised by two, so the order of `FORMATS` is only that in
which they are asked.

All modules of `verify` also stand one below the other in a single file. So a name at the top level of one must not be
at the top level of another, nor hide a builtin: those of a format begin with its name (`check_mexc`, `_mexc_leaf`).
They run with Python 3.9 and import the standard library and `verify` alone, by `from ... import`, without `as`.
"""

from __future__ import annotations

from echt.proofs.verify.content import Format
from echt.proofs.verify.formats.bitget import BITGET
from echt.proofs.verify.formats.bitmex import BITMEX
from echt.proofs.verify.formats.bitunix import BITUNIX
from echt.proofs.verify.formats.bybit import BYBIT
from echt.proofs.verify.formats.coinex import COINEX
from echt.proofs.verify.formats.hotcoin import HOTCOIN
from echt.proofs.verify.formats.mexc import MEXC
from echt.proofs.verify.formats.okx import OKX_PATH
from echt.proofs.verify.formats.okx_tree import OKX_TREE
from echt.proofs.verify.formats.swissborg import SWISSBORG

FORMATS: tuple[Format, ...] = (
    MEXC,
    OKX_PATH,
    OKX_TREE,
    BITGET,
    BITUNIX,
    BYBIT,
    HOTCOIN,
    COINEX,
    SWISSBORG,
    BITMEX,
)
