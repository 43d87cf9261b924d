"""The kinds of messages. Each room declares its own as subclasses of `Mail` in its `mails.py`.

```python
class MailKind(StrEnum):
    CODE_CHANGED = "security.code_changed"

@dataclass(frozen=True, kw_only=True)
class CodeChanged(Mail):
    kind = MailKind.CODE_CHANGED
    stream = Stream.SECURITY
    label = gettext_lazy("Security: anti-phishing code changed")
    changed_at: datetime
    ...
```

`subject`, `preview` and `body` are asked in the recipient's language and time zone.
"""

import dataclasses
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Self

from django.utils.functional import Promise

from echt.mail.parts import Part
from echt.mail.recipient import Recipient
from echt.mail.targets import Target


class Stream(StrEnum):
    """By which sender a message goes out, so that news never delay or discredit a warning; the value is stored."""

    SECURITY = "security"
    TRANSACTIONAL = "transactional"
    NEWS = "news"


registry: dict[str, type["Mail"]] = {}
"""All kinds of messages by the value of their `kind`."""


@dataclass(frozen=True, kw_only=True)
class Mail(ABC):
    """A message before it is written: to whom, and what it has to say."""

    kind: ClassVar[StrEnum]
    """`subject.past_participle` or `subject.thing`; the value is stored, so it is never renamed."""
    stream: ClassVar[Stream]
    label: ClassVar[Promise | str]
    """What the public look-up calls this kind, such as "Security: authenticator app added"."""

    to: Recipient

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "kind" in vars(cls):
            _register(cls)

    @abstractmethod
    def subject(self) -> str:
        """The subject, which is also the heading. It never holds a code or a number."""

    @abstractmethod
    def preview(self) -> str:
        """One sentence that a mail program shows beside the subject. It may stand on a locked screen."""

    @abstractmethod
    def body(self) -> list[Part]:
        """What stands between salutation and end."""

    def unsubscribe(self) -> Target | None:
        """Where one leaves the list. News must say; other messages cannot be left."""
        return None

    @classmethod
    @abstractmethod
    def example(cls, to: Recipient) -> Self:
        """A message of this kind with made-up contents, for previews and tests."""

    def addressed_to(self, to: Recipient) -> Self:
        """The same message to somebody else."""
        return dataclasses.replace(self, to=to)


def _register(kind: type[Mail]) -> None:
    name = str(kind.kind)
    known = registry.setdefault(name, kind)
    if known.__qualname__ != kind.__qualname__ or known.__module__ != kind.__module__:
        raise ValueError(f"Two classes declare the mail kind {name}.")


def label_of(kind: str) -> str:
    """What people call this kind of message, in the reader's language; its stored name where the kind is gone."""
    known = registry.get(kind)
    return str(known.label) if known else kind
