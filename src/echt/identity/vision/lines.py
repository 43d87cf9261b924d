"""Printed lines as values: nothing that reads is needed to reason about them."""

from dataclasses import dataclass

from echt.identity.vision.cutting import Box, height, middle


@dataclass(frozen=True, kw_only=True, eq=False)
class Line:
    """A printed line. `sure`: from 0 to 1."""

    box: Box
    text: str
    sure: float

    @property
    def left(self) -> float:
        return float(self.box[:, 0].min())

    @property
    def right(self) -> float:
        return float(self.box[:, 0].max())

    @property
    def centre(self) -> float:
        """How far down the middle of the line is."""
        return float(middle(self.box)[1])

    @property
    def height(self) -> float:
        return height(self.box)


def in_order(found: list[Box]) -> list[Box]:
    """From top to bottom; boxes whose middles are less than half a line apart stand in one row."""
    rows: list[list[Box]] = []
    for box in sorted(found, key=lambda each: float(middle(each)[1])):
        last = rows[-1][-1] if rows else None
        if last is not None and middle(box)[1] - middle(last)[1] < height(last) / 2:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [box for row in rows for box in sorted(row, key=lambda each: float(middle(each)[0]))]
