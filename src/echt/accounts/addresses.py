"""Mail addresses, and the aliases that stand for them.

1. The address itself is stored once, sealed, in `User.address`.
2. Everything that looks a person up by address (sign-in, limits, allauth's tables) sees only the alias: the keyed
   blind index of the address, written as an address so that libraries which want one are content.
3. The alias leads to the address only through the person's row.
"""

from echt.vault.index import blind_index

ALIAS_DOMAIN = "alias.invalid"


def normalise(address: str) -> str:
    """The form in which two spellings of an address are the same: trimmed and in lower case."""
    return address.strip().lower()


def alias_of(address: str) -> str:
    """The alias of an address; an alias stays what it is."""
    plain = normalise(address)
    if plain.endswith(f"@{ALIAS_DOMAIN}"):
        return plain
    return f"{blind_index(plain, purpose='accounts.address')}@{ALIAS_DOMAIN}"
