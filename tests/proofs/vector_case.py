"""A case of the golden vectors, and what all cases are made with."""

import json
from dataclasses import dataclass, field

from tests.proofs.signing import Signer
from tests.proofs.trees import OPERATOR, ORIGIN

LARGEST = 2**127 - 1
EXIT = {"verified": 0, "not verified": 1, "cannot read": 2, "consistent only": 3}
OTHER = Signer(ORIGIN, b"another key")


@dataclass
class Case:
    """A file, what the person brings, and the answer."""

    name: str
    content: bytes
    verdict: str = "verified"
    reason: str | None = None
    knowledge: dict = field(default_factory=dict)
    amounts: dict | None = None
    pad_to: int | None = None

    def expected(self):
        answer = {"name": self.name, "file": f"proofs/{self.name}.json", "knowledge": self.knowledge}
        if self.pad_to:
            answer["pad_to"] = self.pad_to
        answer |= {"verdict": self.verdict, "exit": EXIT[self.verdict], "reason": self.reason}
        return answer | ({"amounts": self.amounts} if self.amounts else {})


def written(value):
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def full(**more):
    """What a careful customer brings: the statement from elsewhere, and the operator's key."""
    return {"statement": "statement.note", "operator_key": OPERATOR.vkey} | more


def spoil(note):
    """The last signature with one bit of it changed, still canonical base64."""
    start, _, blob = note.rpartition(" ")
    return f"{start} {blob[:20]}{'B' if blob[20] != 'B' else 'C'}{blob[21:]}"
