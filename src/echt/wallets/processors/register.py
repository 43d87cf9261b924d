"""Which processors there are."""

from django.conf import settings

from echt.wallets.models.purchases import FIAT_CHANNELS, Channel
from echt.wallets.processors.contract import Processor
from echt.wallets.refusals import NotOffered
from echt.wallets.settings import wallets_settings

_processors: dict[str, Processor] = {}


def register(processor: Processor) -> Processor:
    """Called once, when the product starts; of two for one channel the later one takes new payments."""
    _processors[processor.name] = processor
    return processor


def called(name: str) -> Processor | None:
    """The processor of this name; None: there is none, or it is the sandbox's and that is closed."""
    found = _processors.get(name)
    return found if found is not None and _is_open(found) else None


def offered() -> dict[Channel, Processor]:
    """Who takes new payments, by channel, in the order in which pages show them."""
    open_ones = {one.channel: one for one in _processors.values() if _is_open(one)}
    return {channel: open_ones[channel] for channel in FIAT_CHANNELS if channel in open_ones}


def for_channel(channel: Channel) -> Processor:
    """Who takes new payments of this channel.

    Raises:
        NotOffered: nobody does.
    """
    found = offered().get(channel)
    if found is None:
        raise NotOffered
    return found


def sandbox_is_open() -> bool:
    return settings.ECHT.demo.on or wallets_settings().sandbox


def _is_open(processor: Processor) -> bool:
    return sandbox_is_open() or not getattr(processor, "is_sandbox", False)
