"""An error as it may be stored and read by staff: its kind and where it happened, not what it says.

What an error says often quotes the value at hand: an address in a refusal of a mail server, a row in a
refusal of the database. Those are personal data and stay out of the queue, the dead letters and the logs.
"""

from pathlib import PurePath
from traceback import FrameSummary, extract_tb


def describe(error: BaseException) -> str:
    """Kind and places, innermost last; then the same of the error that caused it."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    lines = [kind, *(_place(frame) for frame in extract_tb(error.__traceback__))]
    cause = error.__cause__ or error.__context__
    if cause is not None:
        lines += ["caused by", describe(cause)]
    return "\n".join(lines)


def _place(frame: FrameSummary) -> str:
    return f"  {'/'.join(PurePath(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
