"""What distinguishes the coins of Bitcoin's kin: the first bytes of their addresses and the head of their messages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Coin:
    """`key` and `script` are the version bytes of addresses, `segwit` and `cash` the prefixes of the other forms."""

    header: bytes
    key: int
    script: tuple[int, ...]
    segwit: str | None = None
    cash: str | None = None

    @property
    def knows_bip322(self) -> bool:
        """Bitcoin Cash signs transactions in another way, and the others have no standard."""
        return self.segwit is not None


COINS = {
    "bitcoin": Coin(b"Bitcoin Signed Message:\n", 0x00, (0x05,), segwit="bc"),
    "bitcoin-cash": Coin(b"Bitcoin Signed Message:\n", 0x00, (0x05,), cash="bitcoincash"),
    "litecoin": Coin(b"Litecoin Signed Message:\n", 0x30, (0x32, 0x05), segwit="ltc"),
    "dogecoin": Coin(b"Dogecoin Signed Message:\n", 0x1E, (0x16,)),
    "dash": Coin(b"DarkCoin Signed Message:\n", 0x4C, (0x10,)),
}
