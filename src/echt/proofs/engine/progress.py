"""How far a build is, for whoever waits for it."""

from typing import Protocol


class Progress(Protocol):
    """Is told what happens, from several threads."""

    def begin(self, stage: str, total: int | None) -> None:
        """A stage begins: `count`, `read`, `hash`, `top`; `total` steps of it will come, if that is known."""

    def advance(self, steps: int) -> None:
        """So many more are done."""


class Silent:
    """Tells nobody."""

    def begin(self, stage: str, total: int | None) -> None:
        pass

    def advance(self, steps: int) -> None:
        pass
