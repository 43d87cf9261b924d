"""Security notices: each carries the link that locks the account, in case it was somebody else."""

from typing import Any

from echt import clock
from echt.accounts.lock_links import new_lock_link
from echt.accounts.mails import Notice
from echt.accounts.models import User
from echt.accounts.where import Where
from echt.mail.send import CURRENT, send


def notify(kind: type[Notice], user: User, *, where: Where, carrying: Any = CURRENT, **context: Any) -> None:
    """Send the person a notice of this kind, with when, where, and the lock link."""
    mail = kind(to=user, at=clock.now(), where=where, lock=new_lock_link(user), **context)
    send(mail, carrying=carrying)
