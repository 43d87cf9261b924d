"""Addresses for withdrawals: what is one on a network, and what is not.

1. What a network's rule does not accept is refused, and a rule that nobody knows accepts nothing.
2. Where an address carries a checksum it is computed. What was mistyped, made for a test network, or belongs to another
   chain is said to be just that: coins sent there would be lost.
3. An address has one form here: two spellings of the same one are the same.
4. Two addresses that look alike at both ends, where people compare, are said to (`looks_like`).
5. A private key is no address; whoever types one is told what to do.
"""

import re
from collections.abc import Callable, Iterable

from base58_bech32.base58 import b58decode_check
from base58_bech32.bech32 import BECH32_1_CONST, BECH32_M_CONST, bech32_decode, convertbits
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.wallets.refusals import AddressWrong

Rule = Callable[[str], str]
"""The one form of an address (rule 3); raises `AddressWrong`."""

LONGEST = 128
ENDS = 4
"""Characters that people compare at either end."""
PREFIXES = ("0x", "bc1q", "bc1p", "bc1", "T", "1", "3")
"""What every address of its kind begins with, so that it tells nothing."""

KEY, SCRIPT = 0x00, 0x05
TEST_KEY, TEST_SCRIPT = 0x6F, 0xC4
TRON, PRIVATE = 0x41, (0x80, 0xEF)
HASH = 20
SEGWIT_LONGEST, NEWEST_WITNESS = 90, 16
PROGRAMS = {0: (20, 32), 1: (32,)}

ETHEREUM = re.compile(r"0[xX][0-9a-fA-F]{40}")
NEAR_NAME = re.compile(r"(?=.{2,64}$)(?:[a-z0-9]+[-_])*[a-z0-9]+(?:\.(?:[a-z0-9]+[-_])*[a-z0-9]+)+")
NEAR_KEY = re.compile(r"[0-9a-f]{64}")
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
SEPA = (
    "AD24 AL28 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26 IT27 "
    "LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24 SI19 SK24 SM27 VA22"
)
IBAN_LENGTHS = {word[:2]: int(word[2:]) for word in SEPA.split()}
"""Of the countries that take part in SEPA."""

MISTYPED = _("The check digits of this address do not fit: a character is wrong or missing. Please copy it once more.")
TEST_NETWORK = _("This is an address of a test network. Coins sent to it would be lost.")
NO_ADDRESS = _("This is no address that we know. Please copy it once more, from its first to its last character.")
PRIVATE_KEY = _(
    "This looks like a private key, not an address. Never type it anywhere: whoever sees it has your coins. "
    "If you have shown it to somebody, move your coins to a new wallet."
)
NOBODYS = _("Nobody has the key of this address. Coins sent to it would be lost.")
NOT_HERE = _("Addresses of this network cannot be checked at the moment. Please write to us.")
NOT_SEPA = _("This bank account is in a country that does not take part in SEPA. We cannot send euros there.")
OTHER_CHAIN: dict[str, Promise] = {
    "bitcoin": _("This is an address of Bitcoin, and you chose another network. Coins sent to it would be lost."),
    "ethereum": _("This is an address of Ethereum, and you chose another network. Coins sent to it would be lost."),
    "tron": _("This is an address of Tron, and you chose another network. Coins sent to it would be lost."),
    "near": _("This is an account of NEAR, and you chose another network. Coins sent to it would be lost."),
    "sepa": _("This is a bank account, and you chose a network for coins. Please choose the network that fits."),
}


def checked(rule: str, text: str) -> str:
    """The address in its one form.

    Raises:
        AddressWrong: it is none on a network with this rule; the sentence says what it is instead.
    """
    told = text.strip()
    if rule not in RULES:
        raise AddressWrong(NOT_HERE)
    if not told or len(told) > LONGEST or not told.isascii() or not told.isprintable():
        raise AddressWrong(NO_ADDRESS)
    if _is_private_key(told):
        raise AddressWrong(PRIVATE_KEY)
    try:
        return RULES[rule](told)
    except AddressWrong as wrong:
        other = _chain_of(told, but=rule)
        raise AddressWrong(OTHER_CHAIN[other] if other else wrong.words) from None


def looks_like(address: str, others: Iterable[str]) -> str | None:
    """Another address that has the same beginning and the same end (rule 4)."""
    ours = _ends(address)
    return next((other for other in others if other != address and _ends(other) == ours), None)


def _ends(address: str) -> tuple[str, str]:
    told = address.lower()
    prefix = next((prefix for prefix in PREFIXES if address.startswith(prefix)), "")
    return told[len(prefix) :][:ENDS], told[-ENDS:]


def _chain_of(text: str, *, but: str) -> str | None:
    """Which other network's address it is."""
    return next((name for name in OTHER_CHAIN if name != but and _is_of(name, text)), None)


def _is_of(name: str, text: str) -> bool:
    """Whether it is surely one of this network: a word with a point in it is not yet an account of NEAR."""
    if name == "near" and not (text.endswith(".near") or NEAR_KEY.fullmatch(text)):
        return False
    try:
        RULES[name](text)
    except AddressWrong:
        return False
    return True


def _bitcoin(text: str) -> str:
    if text.lower().startswith(("bc1", "tb1", "bcrt1")):
        return _segwit(text)
    version = _base58(text)[0]
    if version in (TEST_KEY, TEST_SCRIPT):
        raise AddressWrong(TEST_NETWORK)
    if version not in (KEY, SCRIPT):
        raise AddressWrong(NO_ADDRESS)
    return text


def _segwit(text: str) -> str:
    """BIP-173 and BIP-350: the checksum's kind belongs to the version."""
    try:
        prefix, values, kind = bech32_decode(text, limit=SEGWIT_LONGEST)
        program = convertbits(values[1:], 5, 8, pad=False)
    except ValueError:
        raise AddressWrong(MISTYPED) from None
    if prefix != "bc":
        raise AddressWrong(TEST_NETWORK)
    version = values[0] if values else NEWEST_WITNESS + 1
    if kind != (BECH32_M_CONST if version else BECH32_1_CONST):
        raise AddressWrong(MISTYPED)
    if len(program) not in PROGRAMS.get(version, ()):
        raise AddressWrong(NO_ADDRESS)
    return text.lower()


def _base58(text: str) -> bytes:
    try:
        content = bytes(b58decode_check(text))
    except ValueError:
        raise AddressWrong(MISTYPED) from None
    if len(content) != 1 + HASH:
        raise AddressWrong(NO_ADDRESS)
    return content


def _ethereum(text: str) -> str:
    """EIP-55; letters of one case carry no checksum and are taken as they are."""
    if ETHEREUM.fullmatch(text) is None:
        raise AddressWrong(NO_ADDRESS)
    digits = text[2:]
    if not int(digits, 16):
        raise AddressWrong(NOBODYS)
    good = _eip55(digits)
    if digits not in {digits.lower(), digits.upper(), good}:
        raise AddressWrong(MISTYPED)
    return f"0x{good}"


def _eip55(digits: str) -> str:
    """A letter is a capital where the hash of the digits has its bit set."""
    from Crypto.Hash import keccak  # takes a tenth of a second to import

    marks = keccak.new(digest_bits=256, data=digits.lower().encode()).hexdigest()
    return "".join(
        digit.upper() if mark in "89abcdef" else digit for digit, mark in zip(digits.lower(), marks, strict=False)
    )


def _tron(text: str) -> str:
    if not text.startswith("T"):
        raise AddressWrong(NO_ADDRESS)
    if _base58(text)[0] != TRON:
        raise AddressWrong(NO_ADDRESS)
    return text


def _near(text: str) -> str:
    """A name with its top-level account, or the 64 digits of a key."""
    if text.endswith(".testnet"):
        raise AddressWrong(TEST_NETWORK)
    if NEAR_KEY.fullmatch(text) is None and NEAR_NAME.fullmatch(text) is None:
        raise AddressWrong(NO_ADDRESS)
    return text


def _sepa(text: str) -> str:
    """An IBAN with its length and check digits (ISO 13616), without its spaces."""
    told = re.sub(r"[ -]", "", text).upper()
    if IBAN.fullmatch(told) is None:
        raise AddressWrong(NO_ADDRESS)
    if told[:2] not in IBAN_LENGTHS:
        raise AddressWrong(NOT_SEPA)
    number = int("".join(str(int(sign, 36)) for sign in told[4:] + told[:4]))
    if len(told) != IBAN_LENGTHS[told[:2]] or number % 97 != 1:
        raise AddressWrong(MISTYPED)
    return told


def _plain(text: str) -> str:
    """Any word: for networks whose addresses only custody can check."""
    if " " in text:
        raise AddressWrong(NO_ADDRESS)
    return text


def _is_private_key(text: str) -> bool:
    """Rule 5: a key in the wallet import format."""
    try:
        content = bytes(b58decode_check(text))
    except ValueError:
        return False
    return content[:1] in {bytes([mark]) for mark in PRIVATE} and len(content) in {33, 34}


RULES: dict[str, Rule] = {
    "bitcoin": _bitcoin,
    "ethereum": _ethereum,
    "tron": _tron,
    "near": _near,
    "sepa": _sepa,
    "plain": _plain,
}
