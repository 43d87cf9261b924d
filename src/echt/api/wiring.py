"""What the API fills in for the rooms below: words of its events; and it looks at the assets anew when one changes."""

from django.db.models.signals import post_delete, post_save

from echt.accounts import history
from echt.api import assets
from echt.api.events import LABELS
from echt.wallets.models import Asset


def connect() -> None:
    """Called once, when the product starts."""
    history.register(LABELS)
    for signal in (post_save, post_delete):
        signal.connect(assets.forget, sender=Asset, dispatch_uid="echt.api.assets")
