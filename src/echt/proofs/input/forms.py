"""Whether a column is written in whole smallest units or in units of the asset: never both.

A column that `--decimals` names may be text. Text with a decimal point is an amount in units of the asset, text without
one a whole number of smallest units. Each is clear for itself, but a column with `1.5` and `1` might mean a hundred
million times too much or too little. So a column is one or the other over the whole input; one of each kind is
refused. `0` is the same in both and counts as neither. Columns of whole numbers (integers, decimals of scale 0) are
written in smallest units, columns of a decimal type with a scale in units of the asset.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from typing import TypedDict

from echt.proofs.columns import Column
from echt.proofs.input.faults import Place, shown
from echt.proofs.refusals import Refused


class Form(StrEnum):
    """How an amount is written."""

    WHOLE = "whole"
    POINT = "point"


class Witness(TypedDict):
    """The first amount seen of a form."""

    where: str
    text: str


@dataclass
class Forms:
    """What was seen so far, over all portions; safe between threads.

    A build that is resumed must go on with what the one before had seen: `state` and `restore`.
    """

    _seen: dict[str, dict[str, Witness]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def knows(self, column: Column, form: Form) -> bool:
        """Whether `note` has nothing to learn: both readings are the same, or this form was seen."""
        return column.decimals == 0 or form in self._seen.get(column.name, {})

    def note(self, column: Column, form: Form, place: Place, text: str) -> None:
        """An amount of this form stands there.

        Raises:
            Refused: one of the other form was seen before.
        """
        if column.decimals == 0:
            return
        with self._lock:
            forms = self._seen.setdefault(column.name, {})
            forms.setdefault(form, Witness(where=str(place), text=text))
            if len(forms) > 1:
                raise _mixed(column.asset, forms[Form.WHOLE], forms[Form.POINT])

    def form_of(self, column: Column) -> Form | None:
        """How the column is written, once that is known: so that people can be told how their amounts were read."""
        return next((Form(form) for form in self._seen.get(column.name, {})), None)

    def state(self) -> dict[str, dict[str, Witness]]:
        """What was seen, as JSON can hold it."""
        with self._lock:
            return {name: dict(forms) for name, forms in self._seen.items()}

    def restore(self, state: dict[str, dict[str, Witness]]) -> None:
        """Go on from what `state` gave."""
        with self._lock:
            for name, forms in state.items():
                for form, witness in forms.items():
                    self._seen.setdefault(name, {}).setdefault(form, witness)

    def merge(self, state: dict[str, dict[str, Witness]]) -> None:
        """Add what another process has seen.

        Raises:
            Refused: together, a column is written in both ways.
        """
        self.restore(state)
        for name, forms in self._seen.items():
            if len(forms) > 1:
                raise _mixed(name, forms[Form.WHOLE], forms[Form.POINT])

    def __getstate__(self) -> dict[str, dict[str, Witness]]:
        """For other processes; a lock stays where it is."""
        return self.state()

    def __setstate__(self, state: dict[str, dict[str, Witness]]) -> None:
        self._seen, self._lock = state, Lock()


def _mixed(asset: str, whole: Witness, point: Witness) -> Refused:
    return Refused(
        f"{whole['where']}: The amount {shown(whole['text'])} has no decimal point, but {shown(point['text'])} in"
        f" {point['where']} has one. Without a point amounts are whole smallest units, with one they are units of"
        f" {asset}, so nobody can tell what is meant. Write the whole column in one way."
    )
