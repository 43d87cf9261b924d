"""What the sources say and what counts, for whoever looks after it."""

from dataclasses import dataclass

from echt import clock
from echt.wallets.models import Asset, Rate
from echt.wallets.models.assets import PRICE_DECIMALS
from echt.wallets.prices.medians import Said, Standing, judged
from echt.wallets.prices.refreshing import FOREVER, rules_now, said_of
from echt.wallets.prices.register import sources


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """The newest that a source says of an asset. `age`: in seconds."""

    source: str
    value: int
    age: int
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class Line:
    """An asset, the rate that counts now, and what it rests on."""

    asset: Asset
    rate: Rate | None
    """None: there is none that counts now."""
    last: Rate | None
    """The last there was, also where it counts no more."""
    said: tuple[SourceLine, ...]

    @property
    def is_reference(self) -> bool:
        return self.last is not None and self.last.good_until == FOREVER

    @property
    def age(self) -> int:
        """Seconds since the oldest price that the last rate rests on."""
        return _age(self.last) if self.last else 0


def board() -> list[Line]:
    """Every asset, in the order of lists."""
    names = [source.name for source in sources()]
    rates = Rate.objects.in_bulk()
    return [_line(asset, rates.get(asset.pk), names) for asset in Asset.objects.all()]


def line_of(asset: Asset) -> Line:
    """One asset."""
    return _line(asset, Rate.objects.filter(asset=asset).first(), [source.name for source in sources()])


def decimal(value: int) -> str:
    """A price as plain decimal text, without zeros at its end."""
    whole, rest = divmod(value, 10**PRICE_DECIMALS)
    return f"{whole}.{rest:0{PRICE_DECIMALS}}".rstrip("0").rstrip(".")


def _line(asset: Asset, last: Rate | None, names: list[str]) -> Line:
    now = clock.now()
    said = judged(said_of(asset, names), rules_now(), now)
    lines = [SourceLine(source=it.source, value=it.value, age=_age(it), standing=standing) for it, standing in said]
    counts = last if last and last.good_until > now else None
    return Line(asset=asset, rate=counts, last=last, said=tuple(lines))


def _age(it: Said | Rate) -> int:
    return int((clock.now() - it.observed_at).total_seconds())
