"""Liveness challenges, and the frames that answer them.

1. The movements are drawn by the system's generator: three, none twice, in an order that cannot be foreseen, and
   never the same row of movements as in the challenge before. One of them turns the head: no flat picture can.
2. A challenge is answered once, within `LIFE` after it was issued; the movements take `WINDOW` at most.
3. Frames come in one container of fixed limits, in the order of their times, and from no later than now.
"""

import secrets
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from echt.identity.findings import Movement
from echt.identity.providers import Frame
from echt.identity.refusals import ChallengeRefused

MOVEMENTS = 3
TURNS = (Movement.TURN_LEFT, Movement.TURN_RIGHT, Movement.LOOK_UP)
WINDOW = timedelta(seconds=20)
"""How long the movements may take, from the first frame on."""
LIFE = timedelta(seconds=90)
"""From issuing a challenge to its answer, with reading, getting ready and sending."""
REST = timedelta(hours=1)
"""Within which challenges are counted."""
TOLERANCE = timedelta(seconds=2)
"""By how much a browser's clock may run faster than ours."""

MAGIC = b"ECHTF1"
LEAST_FRAMES = 12
MOST_FRAMES = 80
MOST_OF_A_FRAME = 200_000
MOST_IN_ALL = 4_000_000
JPEG = b"\xff\xd8\xff"

_COUNT = struct.Struct(">H")
_HEAD = struct.Struct(">II")

BROKEN = _("The pictures did not arrive whole. Repeat the face step.")
TOO_FEW = _("The camera gave too few pictures. Close other programs that use it, then repeat the face step.")
TOO_LONG = _("The movements took too long. Repeat the face step; you have 20 seconds.")


def draw(*, before: Sequence[str] = ()) -> list[Movement]:
    """Movements for a new challenge; `before`: those of the last one."""
    movements = _drawn()
    while [movement.value for movement in movements] == list(before):
        movements = _drawn()
    return movements


def _drawn() -> list[Movement]:
    generator = secrets.SystemRandom()
    turn = generator.choice(TURNS)
    others = generator.sample([movement for movement in Movement if movement is not turn], MOVEMENTS - 1)
    movements = [turn, *others]
    generator.shuffle(movements)
    return movements


def movements_of(stored: Sequence[str]) -> list[Movement]:
    """The movements of a challenge, in the order asked for."""
    return [Movement(value) for value in stored]


def frames_of(container: bytes) -> list[Frame]:
    """The frames of a container; whether they are pictures shows only when they are decoded.

    Raises:
        ChallengeRefused: it is not a container, or breaks a limit.
    """
    if len(container) > MOST_IN_ALL or not container.startswith(MAGIC):
        raise ChallengeRefused(BROKEN)
    frames = list(_Cut(container).frames())
    if len(frames) < LEAST_FRAMES:
        raise ChallengeRefused(TOO_FEW)
    _check_times(frames)
    return frames


def container_of(frames: Sequence[Frame]) -> bytes:
    """The container that holds these frames."""
    body = b"".join(_HEAD.pack(frame.at, len(frame.picture)) + frame.picture for frame in frames)
    return MAGIC + _COUNT.pack(len(frames)) + body


def check_no_later(frames: Sequence[Frame], *, issued_at: datetime, now: datetime) -> None:
    """No frame is from after now.

    Raises:
        ChallengeRefused: one is.
    """
    if timedelta(milliseconds=frames[-1].at) > now - issued_at + TOLERANCE:
        raise ChallengeRefused(BROKEN)


def _check_times(frames: Sequence[Frame]) -> None:
    times = [frame.at for frame in frames]
    if times != sorted(times):
        raise ChallengeRefused(BROKEN)
    if timedelta(milliseconds=times[-1] - times[0]) > WINDOW:
        raise ChallengeRefused(TOO_LONG)


@dataclass
class _Cut:
    """A container, cut from its beginning to its end."""

    rest: bytes

    def frames(self) -> Iterator[Frame]:
        self._take(len(MAGIC))
        (count,) = _COUNT.unpack(self._take(_COUNT.size))
        if count > MOST_FRAMES:
            raise ChallengeRefused(BROKEN)
        for _number in range(count):
            yield self._frame()
        if self.rest:
            raise ChallengeRefused(BROKEN)

    def _frame(self) -> Frame:
        at, length = _HEAD.unpack(self._take(_HEAD.size))
        picture = self._take(length) if length <= MOST_OF_A_FRAME else b""
        if not picture.startswith(JPEG):
            raise ChallengeRefused(BROKEN)
        return Frame(at=at, picture=picture)

    def _take(self, length: int) -> bytes:
        taken, self.rest = self.rest[:length], self.rest[length:]
        if len(taken) < length:
            raise ChallengeRefused(BROKEN)
        return taken
