"""How callbacks are signed: HMAC-SHA-256 over the instant and the body, in one header, `t=1795865400,v1=9f…`.

1. The comparison takes the same time whatever is wrong.
2. A signature of long ago or of the future is refused: who sends again signs again.
3. The key is the operator's setting; where there is none it is derived from the vault's, so that no key is empty.
"""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta

from echt import clock
from echt.vault.index import blind_index
from echt.wallets.processors.contract import BadSignature
from echt.wallets.settings import wallets_settings

HEADER = "Echt-Signature"
FORM = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})", re.ASCII)
MOST_APART = timedelta(minutes=5)


def sign(processor: str, body: bytes) -> str:
    """The header for this body, signed now."""
    instant = int(clock.now().timestamp())
    return f"t={instant},v1={_mac(processor, instant, body)}"


def check(processor: str, signature: str, body: bytes) -> None:
    """Let nothing through that the processor has not signed lately.

    Raises:
        BadSignature: it has not.
    """
    found = FORM.fullmatch(signature)
    if found is None:
        raise BadSignature
    instant = int(found[1])
    if not hmac.compare_digest(_mac(processor, instant, body), found[2]):
        raise BadSignature
    if abs(clock.now() - datetime.fromtimestamp(instant, UTC)) > MOST_APART:
        raise BadSignature


def _mac(processor: str, instant: int, body: bytes) -> str:
    return hmac.new(_key(processor), b"%d.%s" % (instant, body), hashlib.sha256).hexdigest()


def _key(processor: str) -> bytes:
    given = wallets_settings().callback_keys.get(processor)
    if given is not None and given.get_secret_value():
        return given.get_secret_value().encode()
    return blind_index(processor, purpose="wallets.callbacks").encode()
