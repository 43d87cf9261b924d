"""What happens to messages, as far as it is worth a line in the audit trail. The ledger itself has the rest."""

from enum import StrEnum


class Event(StrEnum):
    """What happened, as `subject.past_participle`; the value is stored, so it is never renamed."""

    MAIL_REFUSED = "mail.refused"
    MAIL_GIVEN_UP = "mail.given_up"
