"""The old signed message: a head byte and a recoverable signature, in Base64.

The head byte says which key to recover and, by BIP-137, for which kind of address it is meant:

    27-30  P2PKH, long key        35-38  P2WPKH within P2SH
    31-34  P2PKH, short key       39-42  P2WPKH

Electrum and others write 31-34 for SegWit addresses too, and that is taken as well. For a script of m keys every key's
own holder signs the same message; the head byte then says nothing but which key to recover.
"""

from coincurve import PublicKey

from echt.proofs.reserves.signatures.bitcoin.addresses import Kind, Lock, witness_script
from echt.proofs.reserves.signatures.bitcoin.coins import Coin
from echt.proofs.reserves.signatures.bitcoin.scripts import belongs, multisig
from echt.proofs.reserves.signatures.claim import Claim
from echt.proofs.reserves.signatures.digests import double_sha256, hash160, sized
from echt.proofs.reserves.signatures.encodings import from_base64, from_hex
from echt.proofs.reserves.signatures.findings import Control, Finding, Unproven, Why, proven
from echt.proofs.reserves.signatures.secp256k1 import recover, same_key

LENGTH = 65
LONG = range(27, 31)
SHORT = range(31, 35)
WITHIN_SCRIPT = range(35, 39)
SEGWIT = range(39, 43)
HEADS = {
    Kind.KEY_HASH: (LONG, SHORT),
    Kind.SCRIPT_HASH: (SHORT, WITHIN_SCRIPT),
    Kind.WITNESS_KEY_HASH: (SHORT, SEGWIT),
}


def check(claim: Claim, lock: Lock, coin: Coin) -> Finding:
    signatures = [_signature(text) for text in claim.signatures]
    digest = digest_of(claim.content, coin)
    if claim.script is not None:
        return _check_script(from_hex(claim.script, Why.SCRIPT_FORM), signatures, digest, lock)
    if lock.kind is Kind.WITNESS_SCRIPT_HASH:
        raise Unproven(Why.SCRIPT_MISSING)
    return _check_key(signatures[0], digest, lock)


def digest_of(content: bytes, coin: Coin) -> bytes:
    return double_sha256(sized(coin.header) + sized(content))


def _check_key(signature: bytes, digest: bytes, lock: Lock) -> Finding:
    head = signature[0]
    if lock.kind not in HEADS:
        raise Unproven(Why.ADDRESS_KIND, Control.UNCHECKED)
    if not any(head in heads for heads in HEADS[lock.kind]):
        raise Unproven(Why.SIGNATURE_HEADER)
    if _program(lock.kind, _key(signature, digest), compressed=head not in LONG) != lock.program:
        raise Unproven(Why.SIGNATURE_OTHER)
    if lock.kind is Kind.KEY_HASH:
        return proven("signmessage")
    return proven("signmessage, Electrum" if head in SHORT else "signmessage, BIP-137")


def _check_script(script: bytes, signatures: list[bytes], digest: bytes, lock: Lock) -> Finding:
    if not belongs(script, lock):
        raise Unproven(Why.SCRIPT_OTHER)
    wanted = multisig(script)
    signed = {
        place for signature in signatures for place in _places(_key(signature, digest), wanted.keys)
    }  # rule 4: places in the script, so a key that signs twice counts once
    if len({wanted.keys[place] for place in signed}) < wanted.required:
        raise Unproven(Why.SCRIPT_FEW)
    return proven(f"signmessage, {wanted.required} of {len(wanted.keys)} keys")


def _places(key: PublicKey, keys: tuple[bytes, ...]) -> list[int]:
    found = [place for place, other in enumerate(keys) if same_key(other, key)]
    if not found:
        raise Unproven(Why.SIGNATURE_OTHER)
    return found


def _program(kind: Kind, key: PublicKey, *, compressed: bool) -> bytes:
    program = hash160(key.format(compressed=compressed))
    return hash160(witness_script(0, program)) if kind is Kind.SCRIPT_HASH else program


def _key(signature: bytes, digest: bytes) -> PublicKey:
    key = recover(signature[1:], (signature[0] - LONG.start) % 4, digest)
    if key is None:
        raise Unproven(Why.SIGNATURE_OTHER)
    return key


def _signature(text: str) -> bytes:
    content = from_base64(text)
    if len(content) != LENGTH or content[0] not in range(LONG.start, SEGWIT.stop):
        raise Unproven(Why.SIGNATURE_FORM)
    return content
