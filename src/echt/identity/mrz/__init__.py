"""The machine-readable zone of a document, after ICAO Doc 9303. Pure Python: text in, text out.

1. A check digit that does not hold is never reported as right.
2. A character is replaced only by one that OCR takes for it, and only where a check digit then holds and nothing else
   would do; what was replaced is named in `Zone.repaired`.
3. No check digit protects names, issuer and optional data of some formats: they are read, never vouched for.
4. A check digit that fails is a reason to look, not a proof: some issuers print wrong ones.
"""

from echt.identity.mrz.check_digits import check_digit
from echt.identity.mrz.compose import compose
from echt.identity.mrz.formats import Format
from echt.identity.mrz.names import transliterate
from echt.identity.mrz.parse import parse
from echt.identity.mrz.zone import Zone

__all__ = ["Format", "Zone", "check_digit", "compose", "parse", "transliterate"]
