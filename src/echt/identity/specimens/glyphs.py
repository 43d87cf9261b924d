"""An alphabet for machine-readable zones: letters of one width in the manner of OCR-B, strokes of our own drawing.

A glyph is a path in a box 10 wide and 17 high, from its upper left: `M` moves, `L` draws lines, `C` a cubic curve.
"""

from functools import cache

Point = tuple[float, float]
Stroke = tuple[Point, ...]

BOX = (10.0, 17.0)
STEPS = 10

_ROUND = "M5 0 C7.8 0 10.1 3.8 10.1 8.5 C10.1 13.2 7.8 17 5 17 C2.2 17 -.1 13.2 -.1 8.5 C-.1 3.8 2.2 0 5 0"
_BOWL = "M.9 17 L.9 0 L4.8 0 C8 0 9.6 1.8 9.6 4.7 C9.6 7.6 8 9.4 4.8 9.4 L.9 9.4"

PATHS = {
    "0": "M5 0 C8 0 8.8 1.9 8.8 8.5 C8.8 15.1 8 17 5 17 C2 17 1.2 15.1 1.2 8.5 C1.2 1.9 2 0 5 0",
    "1": "M1.6 4 L5.4 0 L5.4 17 M1 17 L9.6 17",
    "2": "M.7 3.4 C1.1 1.2 2.8 0 5 0 C7.8 0 9.3 1.8 9.3 4.2 C9.3 8 1.4 11.8 .7 17 L9.6 17",
    "3": "M.8 0 L9 0 L4.5 6.8 C7.8 6.8 9.5 8.8 9.5 11.7 C9.5 15 7.4 17 4.6 17 C2.8 17 1.2 16.4 .4 15.2",
    "4": "M5.4 0 L.4 12.2 L9.8 12.2 M7.2 7.4 L7.2 17",
    "5": "M8.8 0 L1.8 0 L1.4 7.4 C2.4 6.7 3.6 6.4 4.8 6.4 C7.8 6.4 9.5 8.4 9.5 11.5 C9.5 14.9 7.4 17 4.4 17"
    " C2.8 17 1.4 16.5 .5 15.5",
    "6": "M6.8 0 C3.4 4 .6 8 .6 11.8 C.6 15 2.6 17 5 17 C7.6 17 9.5 15 9.5 12.1 C9.5 9.2 7.6 7.3 5.2 7.3"
    " C3.2 7.3 1.6 8.4 .9 10.2",
    "7": "M.4 0 L9.4 0 C6.4 5 4.2 10.5 3.8 17",
    "8": "M5 7.8 C2.6 7.2 1.2 5.8 1.2 3.9 C1.2 1.6 2.8 0 5 0 C7.2 0 8.8 1.6 8.8 3.9 C8.8 5.8 7.4 7.2 5 7.8"
    " C2 8.6 .4 10.2 .4 12.6 C.4 15.3 2.4 17 5 17 C7.6 17 9.6 15.3 9.6 12.6 C9.6 10.2 8 8.6 5 7.8",
    "9": "M3.2 17 C6.6 13 9.4 9 9.4 5.2 C9.4 2 7.4 0 5 0 C2.4 0 .5 2 .5 4.9 C.5 7.8 2.4 9.7 4.8 9.7"
    " C6.8 9.7 8.4 8.6 9.1 6.8",
    "A": "M0 17 L5 0 L10 17 M1.7 11.4 L8.3 11.4",
    "B": "M.8 8 L4.8 8 C8 8 9.7 9.8 9.7 12.5 C9.7 15.2 8 17 4.8 17 L.8 17 L.8 0 L4.6 0 C7.4 0 8.9 1.6 8.9 4"
    " C8.9 6.4 7.4 8 4.6 8",
    "C": "M9.5 15.6 C8.4 16.5 7.2 17 5.9 17 C2.4 17 .4 13.6 .4 8.5 C.4 3.4 2.4 0 5.9 0 C7.2 0 8.4 .5 9.5 1.4",
    "D": "M.8 0 L.8 17 L3.8 17 C7.6 17 9.7 13.8 9.7 8.5 C9.7 3.2 7.6 0 3.8 0 L.8 0",
    "E": "M9.2 0 L.9 0 L.9 17 L9.4 17 M.9 8 L8 8",
    "F": "M9.4 0 L1 0 L1 17 M1 8.2 L8.2 8.2",
    "G": "M9.3 1.4 C8.2 .5 7.2 0 5.8 0 C2.4 0 .4 3.4 .4 8.5 C.4 13.6 2.4 17 5.8 17 C7.4 17 8.6 16.6 9.6 15.8"
    " L9.6 9.2 L5.8 9.2",
    "H": "M.8 0 L.8 17 M9.2 0 L9.2 17 M.8 8.2 L9.2 8.2",
    "I": "M5 0 L5 17 M1.4 0 L8.6 0 M1.4 17 L8.6 17",
    "J": "M3 0 L8.2 0 L8.2 11.6 C8.2 15.4 6.6 17 4.2 17 C2.4 17 1 16 .4 14.2",
    "K": "M.9 0 L.9 17 M9.2 0 L.9 9.4 M3.6 6.6 L9.6 17",
    "L": "M1.4 0 L1.4 17 L9.4 17",
    "M": "M.3 17 L.3 0 L5 8.8 L9.7 0 L9.7 17",
    "N": "M.6 17 L.6 0 L9.4 17 L9.4 0",
    "O": _ROUND,
    "P": _BOWL,
    "Q": _ROUND + " M5.6 11.6 L9.9 17.8",
    "R": _BOWL + " M4.6 9.4 L9.8 17",
    "S": "M9 1.6 C8 .6 6.8 0 5.2 0 C2.6 0 1 1.7 1 4.1 C1 9.4 9.5 7 9.5 12.6 C9.5 15.3 7.6 17 4.8 17"
    " C3 17 1.6 16.4 .5 15.2",
    "T": "M0 0 L10 0 M5 0 L5 17",
    "U": "M.8 0 L.8 11 C.8 15 2.4 17 5 17 C7.6 17 9.2 15 9.2 11 L9.2 0",
    "V": "M0 0 L5 17 L10 0",
    "W": "M0 0 L2.2 17 L5 6 L7.8 17 L10 0",
    "X": "M.4 0 L9.6 17 M9.6 0 L.4 17",
    "Y": "M0 0 L5 8.6 L10 0 M5 8.6 L5 17",
    "Z": "M.6 0 L9.4 0 L.4 17 L9.6 17",
    "<": "M9.2 3.2 L1 8.8 L9.2 14.4",
}


@cache
def strokes(letter: str) -> tuple[Stroke, ...]:
    """The polylines of a letter."""
    found: list[list[Point]] = []
    for command, numbers in _commands(PATHS[letter]):
        if command == "M":
            found.append([numbers[0]])
        elif command == "L":
            found[-1].extend(numbers)
        else:
            found[-1].extend(_curve(found[-1][-1], *numbers))
    return tuple(tuple(stroke) for stroke in found)


def _commands(path: str) -> list[tuple[str, list[Point]]]:
    commands: list[tuple[str, list[Point]]] = []
    for part in path.replace("M", "|M").replace("L", "|L").replace("C", "|C").split("|")[1:]:
        numbers = [float(number) for number in part[1:].split()]
        commands.append((part[0], list(zip(numbers[::2], numbers[1::2], strict=True))))
    return commands


def _curve(start: Point, first: Point, second: Point, end: Point) -> list[Point]:
    return [_between(start, first, second, end, step / STEPS) for step in range(1, STEPS + 1)]


def _between(start: Point, first: Point, second: Point, end: Point, at: float) -> Point:
    weights = ((1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3)
    x, y = (sum(w * p[axis] for w, p in zip(weights, (start, first, second, end), strict=True)) for axis in (0, 1))
    return x, y
