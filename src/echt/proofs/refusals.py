"""What we say to input that cannot be used."""


class Refused(Exception):
    """The input cannot be used; `str` of it is a sentence that names where, what and what to do."""
