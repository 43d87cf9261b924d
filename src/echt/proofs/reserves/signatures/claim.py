"""What a list says of an address: who is said to have signed what."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Claim:
    """An address with its message and signatures, all as the list has them.

    `public_key` is wanted where the address does not tell it (most Ed25519 chains), `script` where the address is the
    hash of a script (hex), `owners` where the address is a contract or its key was rotated.
    """

    network: str
    address: str
    message: str
    signatures: tuple[str, ...]
    public_key: str | None = None
    script: str | None = None
    owners: tuple[str, ...] = ()

    def parts(self) -> Iterator[str]:
        """Every text of the claim."""
        yield from (self.address, self.message, self.public_key or "", self.script or "")
        yield from self.signatures
        yield from self.owners

    @property
    def content(self) -> bytes:
        """The message in bytes; what cannot be UTF-8 (lone surrogates) was never signed."""
        return self.message.encode("utf-8", "surrogatepass")
