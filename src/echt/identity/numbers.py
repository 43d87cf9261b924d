"""Numbers of documents, so that two ways to write one are the same."""

import unicodedata

_INDISTINCT = str.maketrans("OI", "01")


def plain_number(number: str) -> str:
    """In capitals, without separators: “ab 12-34” is “AB1234”."""
    wide = unicodedata.normalize("NFKC", number).upper()
    return "".join(character for character in wide if character.isalnum())


def index_number(number: str) -> str:
    """For the blind index: O and 0, I and 1 count as the same, so that a slip or a trick finds it too.

    Issuers tell no two documents apart by these; an index that says "the same" is looked at by a person.
    """
    return plain_number(number).translate(_INDISTINCT)
