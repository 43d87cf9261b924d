"""What can be exchanged for what. An asset that is not active can be had nowhere; what one has of it stays.

1. Fiat money is bought with and sold for, never converted into: a conversion is no way around the rules of a sale.
"""

from echt.wallets.models import Asset
from echt.wallets.models.assets import AssetKind
from echt.wallets.refusals import NotOffered
from echt.wallets.settings import wallets_settings


def coins() -> list[Asset]:
    """Assets that can be bought, converted and sold."""
    return list(Asset.objects.filter(kind=AssetKind.CRYPTO.value, is_active=True))


def coin(pk: int) -> Asset:
    """One of them.

    Raises:
        NotOffered: it cannot be had.
    """
    return _found(pk, AssetKind.CRYPTO)


def fiat(pk: int) -> Asset:
    """A currency that is paid with.

    Raises:
        NotOffered: it cannot be had.
    """
    return _found(pk, AssetKind.FIAT)


def reference() -> Asset:
    """The currency in which prices are told.

    Raises:
        NotOffered: it is no asset here.
    """
    found = Asset.objects.filter(code=wallets_settings().reference, kind=AssetKind.FIAT.value, is_active=True).first()
    if found is None:
        raise NotOffered
    return found


def _found(pk: int, kind: AssetKind) -> Asset:
    found = Asset.objects.filter(pk=pk, kind=kind.value, is_active=True).first()
    if found is None:
        raise NotOffered
    return found
