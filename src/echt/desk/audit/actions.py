"""Taking the audit record out of the house."""

from tempfile import TemporaryFile
from typing import IO

from django.db import transaction

from echt.accounts.models import User
from echt.audit.export import export
from echt.audit.record import record
from echt.desk.events import Event
from echt.identity.access import Absent
from echt.identity.permissions import Permission, may


def export_for(*, actor: User) -> IO[bytes]:
    """The whole record as JSON lines, in a file that is gone once it is closed; that it was taken is its last event.

    Raises:
        Absent: the actor may not read the record.
        BrokenChain: the record does not hold; nothing is handed out.
    """
    if not may(actor, Permission.AUDIT_READ):
        raise Absent
    with transaction.atomic():
        record(Event.RECORD_EXPORTED, actor=actor)
    file = TemporaryFile()  # noqa: SIM115  # the answer closes it
    try:
        export(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file
