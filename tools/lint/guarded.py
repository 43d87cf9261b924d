"""Which models carry rights, and which files may ask the database for them."""

from tools.lint.rules import Place, room, within

# The model's name to its room.
GUARDED = {
    "User": "accounts",
    "AntiPhishingCode": "accounts",
    "RecoveryCode": "accounts",
    "Message": "mail",
    "AuditEvent": "audit",
    "DataKey": "vault",
}
# The parts of a room that speak with people. They get such an object from `access.py`, for its owner.
SURFACES = ("views.py", "views", "forms.py", "forms", "urls.py", "templatetags", "context.py")


def may_ask(place: Place, model: str) -> bool:
    """Whether the file may query the model: inside its room, and never where people are spoken to."""
    return room(place) == GUARDED[model] and within(place).parts[0] not in SURFACES
