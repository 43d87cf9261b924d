"""Why an upload is refused. Without Django: the process that opens pictures has nothing else of us in it."""

from enum import StrEnum


class Reason(StrEnum):
    """What is wrong with an upload, in a word or two; told to browsers, so it is never renamed."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    """More bytes than are taken."""
    WRONG_TYPE = "wrong_type"
    """Something that is known, and not a picture of a kind that is taken: PDF, SVG, GIF, TIFF …"""
    NOT_A_PICTURE = "not_a_picture"
    """Nothing that is known."""
    DAMAGED = "damaged"
    """It begins like a picture and cannot be read as one."""
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SMALL = "too_small"
    ANIMATED = "animated"
    TOO_DEMANDING = "too_demanding"
    """Opening it takes more time or memory than a picture of a camera does."""
    INFECTED = "infected"
    """A scanner knows it as harmful."""
    BUSY = "busy"
    """Too many pictures at once, or the scanner does not answer."""
    LOST = "lost"
    """The upload is incomplete, over its time, or its key is gone."""
    TOO_MANY = "too_many"
    """Too many uploads of one person at the same time."""


class Unfit(Exception):
    """The picture will not do. No text of a library reaches anybody: only the reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
