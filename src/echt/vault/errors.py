"""What can go wrong in the vault. No message holds a key or a plaintext."""


class VaultError(Exception):
    """The vault refuses."""


class UnsealError(VaultError):
    """A ciphertext cannot be opened."""


class Tampered(UnsealError):
    """Not what was sealed here: altered, moved from another row, or sealed for something else."""


class Destroyed(UnsealError):
    """The key was destroyed on purpose (`shred`); nobody can open this any more."""


class MasterKeyMissing(VaultError):
    """The master key that is needed is not in its place: restore the folder of keys from the backup."""


class KeysExposed(VaultError):
    """Others than the owner may read or change the master keys."""


class TooSoon(VaultError):
    """A master key may still be needed."""


class FileMissing(VaultError):
    """The bytes of a private file are not in their store: restore them from the backup."""
