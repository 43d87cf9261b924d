"""One log for everything that runs: lines of JSON on the standard error, or plain lines where a person reads along.

1. An address never reaches the log: whatever looks like one is taken out.
2. A field whose name promises a secret is taken out, whatever is in it.
3. One event is one line, so that nobody can forge another by what they type.
4. Django's templates write the values of whole pages at the level DEBUG. They are kept from it, whatever the level.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

ADDRESS = re.compile(r"[^\s@<>\"'(),:;=]+@[^\s@<>\"'(),:;=]+")
SECRETS = re.compile(r"password|secret|token|cookie|session|authorization|address|^code$|_code$", re.IGNORECASE)
GONE = "[taken out]"
LONGEST_TRACE = 8000


def configure() -> None:
    """Set up the log of this process. Called once, before Django starts."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_last()))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    silence_templates()
    logging.getLogger("gunicorn.error").setLevel(logging.WARNING)


def silence_templates() -> None:
    """Rule 4."""
    logging.getLogger("django.template").setLevel(logging.INFO)


def _last() -> list[Processor]:
    """What each line passes before it is written; nothing is added after the personal data was taken out."""
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    form = in_one_line if sys.stderr.isatty() else structlog.processors.JSONRenderer(ensure_ascii=False)
    return [remove, structlog.processors.format_exc_info, shortened, without_personal_data, form]


def shortened(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """A trace says what happened at its end; one through every middleware would fill the log."""
    trace = line.get("exception", "")
    if len(trace) > LONGEST_TRACE:
        line["exception"] = f"[...]{trace[-LONGEST_TRACE:]}"
    return line


def without_personal_data(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Rules 1 and 2."""
    return {name: GONE if SECRETS.search(name) else _without_addresses(value) for name, value in line.items()}


def _without_addresses(value: Any) -> Any:
    if isinstance(value, MutableMapping):
        return {name: GONE if SECRETS.search(str(name)) else _without_addresses(it) for name, it in value.items()}
    if isinstance(value, list | tuple):
        return [_without_addresses(item) for item in value]
    if isinstance(value, int | float | bool | None):
        return value
    return ADDRESS.sub("[address]", str(value))


def in_one_line(_logger: WrappedLogger, _method: str, line: EventDict) -> str:
    """Time, level, event and the rest, for a person; only a trace takes more lines than one."""
    trace = line.pop("exception", "")
    head = f"{line.pop('timestamp', '')[11:19]} {line.pop('level', ''):8}{_escaped(line.pop('event', ''))}"
    line.pop("logger", None)
    rest = " ".join(f"{name}={_escaped(value)}" for name, value in line.items())
    return f"{head}  {rest}".rstrip() + (f"\n{trace}" if trace else "")


def _escaped(value: Any) -> str:
    text = str(value)
    return text if text.isprintable() else ascii(text)
