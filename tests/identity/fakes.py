"""Machines that find what a test says. Their pictures are a few bytes that only look like a JPEG."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from echt.identity import local
from echt.identity.documents import Field
from echt.identity.findings import (
    Band,
    FaceMatch,
    Liveness,
    LivenessOutcome,
    MovementSeen,
    PictureVerdict,
    Reading,
    Source,
)
from echt.identity.uploads.refusals import Reason, UploadRefused
from echt.identity.uploads.sanitise import Clean

JPEG = b"\xff\xd8\xff"
LENA = {
    Field.SURNAME: "Wolff",
    Field.GIVEN_NAMES: "Lena",
    Field.NUMBER: "C01X00T47",
    Field.BORN_ON: "1990-07-28",
    Field.EXPIRES_ON: "2031-05-01",
}
GOOD = PictureVerdict()
PASSED = "passed"


def reading(**changed: str) -> Reading:
    """What the fake reads of Lena's passport: zone and print say the same, and every check digit is right."""
    fields = {**LENA, **{Field(name): value for name, value in changed.items()}}
    return Reading(
        fields={Source.MRZ: {**fields, Field.ISSUER: "D"}, Source.PRINT: fields},
        mrz_lines=("P<D<<WOLFF<<LENA".ljust(44, "<"), "C01X00T478D<<9007284F3105015".ljust(44, "<")),
        mrz_format="TD3",
        check_digits={"number": True, "born_on": True, "expires_on": True, "composite": True},
    )


@dataclass
class Machines:
    """What they find, and how often they were asked. `before`: what happens while one of them is at work."""

    verdicts: dict[bytes, PictureVerdict] = field(default_factory=dict)
    reading: Reading = field(default_factory=reading)
    band: Band = Band.ALIKE
    outcome: LivenessOutcome = LivenessOutcome.PASSED
    flags: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)
    before: Callable[[str], None] = lambda _name: None
    break_at: str = ""

    version = "fake 1"

    def judge(self, picture, expected=None):
        self._asked("judge" if expected else "judge_face")
        return self.verdicts.get(picture, GOOD)

    def read(self, front, back, *, kind, country):
        self._asked("read")
        return self.reading

    def compare(self, document, selfie):
        self._asked("compare")
        return FaceMatch(band=self.band, score=0.5, alike_from=0.4, unlike_below=0.25)

    def verify(self, asked, frames):
        self._asked("verify")
        return Liveness(
            outcome=self.outcome,
            movements=tuple(
                MovementSeen(movement=movement, seen=True, figure=1.0, threshold=0.5, frames=(place,))
                for place, movement in enumerate(asked.movements)
            ),
            flags=self.flags,
            frontal=0,
            similarity=0.9,
        )

    def _asked(self, name):
        self.asked.append(name)
        act, self.before = self.before, lambda _name: None
        act(name)
        if name == self.break_at:
            raise ValueError(name)


@contextmanager
def at_work(machines: Machines) -> Iterator[None]:
    for use in (local.use_reader, local.use_matcher, local.use_checker):
        use(lambda: machines)
    local.use_detector(lambda: None)
    try:
        yield
    finally:
        local.use_shipped()


def sanitise(content: bytes) -> Clean:
    """What begins like a JPEG is a picture."""
    if not content.startswith(JPEG):
        raise UploadRefused(Reason.NOT_A_PICTURE)
    return Clean(jpeg=content, width=640, height=480, origin={})


def sanitise_all(contents: list[bytes]) -> list[Clean | None]:
    return [sanitise(content) if b"broken" not in content else None for content in contents]
