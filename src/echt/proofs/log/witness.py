"""A witness: it cosigns a checkpoint only if that continues the one it cosigned before.

1. It cosigns what the operator of the log has signed, and nothing else.
2. It only goes forward with a log: a checkpoint that is older, or lacks some of what it has cosigned, is refused.
3. What it cosigns is on its disk before the cosignature leaves; two at once are excluded.
4. A state file that can't be read is refused, never begun anew: a witness that forgets can be made to lie.
5. Its time does not go back either: who hands in an earlier one than before has a wrong clock.
6. Two signed checkpoints that contradict each other are kept beside the state file: they are evidence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from echt.proofs import disk
from echt.proofs.keys import Signer
from echt.proofs.log.checkpoints import as_text, cosigned, shown
from echt.proofs.refusals import Refused
from echt.proofs.verify.canonical_json import canonical_json
from echt.proofs.verify.log import EMPTY_ROOT, Checkpoint, is_consistent, read_checkpoint
from echt.proofs.verify.note import BadNote, Signed, VerifierKey
from echt.proofs.verify.reasons import Unreadable
from echt.proofs.verify.strict_json import Json, parse_json

STATE_FORMAT = "echt witness/1"
Consistency = Callable[[Checkpoint, Checkpoint], Sequence[bytes] | None]
"""Gives the path from the older checkpoint to the newer one; what it gives is verified, not believed."""


class NotCosigned(Exception):
    """The witness refuses; `str` of it is the reason, a sentence."""


class Fork(NotCosigned):
    """The operator has signed two checkpoints that no one log has; both are in the file."""

    def __init__(self, held: Checkpoint, offered: Checkpoint, evidence: Path) -> None:
        super().__init__(
            f"The checkpoint over {shown(offered.size)} lacks some of the {shown(held.size)} cosigned before. "
            f"The operator has signed both: they are in {evidence}. Publish them."
        )
        self.held = held
        self.offered = offered
        self.evidence = evidence


@dataclass(frozen=True)
class Seen:
    """The newest checkpoint of a log that was cosigned, and when."""

    checkpoint: Checkpoint
    time: int


@dataclass(frozen=True)
class Witness:
    """A key and the file in which the witness remembers."""

    signer: Signer
    state: Path

    def cosign(self, offered: Checkpoint, *, operator: VerifierKey, consistency: Consistency, at: int) -> Checkpoint:
        """The checkpoint with this witness's cosignature.

        Args:
            offered: what the operator has published.
            operator: the key that the witness knows to be that of the log.
            consistency: asked for the path where the log has grown.
            at: the time now, in seconds since 1970.

        Raises:
            NotCosigned: one of the rules forbids it; `Fork` where there is evidence against the operator.
            Refused: the state file can't be used.
        """
        if offered.signed_by(operator) is not Signed.YES:
            raise NotCosigned(f"The checkpoint does not have the signature of {operator.name}.")
        with disk.alone_with(self.state.with_name(f".{self.state.name}.lock")):
            remembered = self._remembered()
            self._check(remembered.get(offered.origin), offered, consistency, at)
            done = cosigned(offered, self.signer, at)
            self._remember({**remembered, offered.origin: Seen(done, at)})
        return done

    def newest(self, origin: str) -> Checkpoint | None:
        """What this witness has cosigned last of a log.

        Raises:
            Refused: the state file can't be used.
        """
        seen = self._remembered().get(origin)
        return seen.checkpoint if seen else None

    def _check(self, seen: Seen | None, offered: Checkpoint, consistency: Consistency, at: int) -> None:
        """Rules 2 and 5."""
        if seen is None:
            self._check_first(offered)
            return
        held = seen.checkpoint
        if at < seen.time:
            raise NotCosigned(f"The clock is wrong: it stands before the last cosignature of this log ({seen.time}).")
        if offered.size < held.size:
            raise NotCosigned(f"It covers {shown(offered.size)}, and {shown(held.size)} were cosigned before.")
        if offered.size == held.size and offered.root != held.root:
            raise self._fork(held, offered)
        path = [] if held.size in (offered.size, 0) else consistency(held, offered)
        if path is None:
            raise self._fork(held, offered)
        if not is_consistent((held.size, held.root), (offered.size, offered.root), path):
            raise NotCosigned(f"Nothing shows that it still contains the {shown(held.size)} that were cosigned before.")

    def _check_first(self, offered: Checkpoint) -> None:
        if offered.size == 0 and offered.root != EMPTY_ROOT:
            raise NotCosigned("It covers nothing, and its root is not that of nothing.")

    def _fork(self, held: Checkpoint, offered: Checkpoint) -> Fork:
        """Rule 6."""
        both = (as_text(held) + "\n" + as_text(offered)).encode()
        evidence = self.state.with_name(f"{self.state.name}.fork-{sha256(both).hexdigest()[:16]}")
        disk.replace(evidence, both)
        return Fork(held, offered, evidence)

    def _remembered(self) -> dict[str, Seen]:
        """Rule 4. A witness that has no file has seen nothing yet."""
        try:
            content = self.state.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except UnicodeDecodeError:
            content = ""
        try:
            return _read_state(parse_json(content))
        except (Unreadable, BadNote, LookupError, TypeError, ValueError):
            raise Refused(
                f"{self.state} is not what a witness remembers, or was damaged. Restore it; a witness must not forget."
            ) from None

    def _remember(self, remembered: dict[str, Seen]) -> None:
        logs: dict[str, Json] = {
            origin: {"checkpoint": as_text(seen.checkpoint), "time": seen.time} for origin, seen in remembered.items()
        }
        disk.replace(self.state, canonical_json({"format": STATE_FORMAT, "logs": logs}) + b"\n", mode=disk.PRIVATE_FILE)


def _read_state(value: Json) -> dict[str, Seen]:
    if not isinstance(value, dict) or value["format"] != STATE_FORMAT or not isinstance(value["logs"], dict):
        raise TypeError
    return {origin: _read_seen(origin, seen) for origin, seen in value["logs"].items()}


def _read_seen(origin: str, value: Json) -> Seen:
    if not isinstance(value, dict):
        raise TypeError
    text, time = value["checkpoint"], value["time"]
    if not isinstance(text, str) or not isinstance(time, int):
        raise TypeError
    checkpoint = read_checkpoint(text)
    if checkpoint.origin != origin:
        raise ValueError
    return Seen(checkpoint, time)
