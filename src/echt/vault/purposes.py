"""What keys are for."""

from enum import StrEnum


class Purpose(StrEnum):
    """What is sealed under a data key, in one noun; no key serves two purposes.

    The value is stored and bound into every ciphertext, so it is never renamed.
    """

    CONTACT = "contact"
    """How to reach a person and what to call them."""

    CODE = "code"
    """Anti-phishing codes."""

    MAIL = "mail"
    """Messages that left, and to whom."""

    FACTOR = "factor"
    """Seeds of second factors."""

    SESSION = "session"
    """What a session remembers."""

    HISTORY = "history"
    """Details of the audit record."""

    IDENTITY = "identity"
    """What a person's documents say."""

    DOCUMENT = "document"
    """Pictures of documents."""

    BIOMETRIC = "biometric"
    """Faces and movements; destroyed when consent is withdrawn."""

    WALLET = "wallet"
    """Addresses, words and documents around a person's money."""

    INDEX = "index"
    """Blind indexes (`index`). Seals nothing."""
