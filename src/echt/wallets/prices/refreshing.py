"""Asking the sources, and working the rates out of what they say.

1. A source that fails is skipped and told of in the log; the others count.
2. Rates are worked out of stored prices alone, all in one transaction.
3. Where too few sources are left, the rate before counts until its own end, never longer.
4. The reference currency is worth one of itself, without an end; no other asset is.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import structlog
from django.db import transaction

from echt import clock
from echt.wallets.models import Asset, Price, Rate
from echt.wallets.models.assets import PRICE_DECIMALS
from echt.wallets.prices.medians import Rules, Said, Standing, judged, median_of
from echt.wallets.prices.sources import Observation, PriceSource, SourceFailed, require_past
from echt.wallets.settings import wallets_settings

FOREVER = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
AT_ONCE = 8
"""Sources that are asked at the same time."""

Answer: TypeAlias = list[Observation] | SourceFailed
logger = structlog.get_logger(__name__)


def refresh(sources: Sequence[PriceSource]) -> dict[str, Answer]:
    """Ask all sources, keep what they say, and work the rates out; by source what it said."""
    answers = ask(sources)
    for name, answer in answers.items():
        if isinstance(answer, SourceFailed):
            logger.warning("price_source_failed", source=name, why=str(answer))
    with transaction.atomic():
        keep(answers)
        work_out([*answers])
    return answers


def ask(sources: Sequence[PriceSource]) -> dict[str, Answer]:
    """What each source says; several are asked at once, so that a slow one keeps nobody waiting."""
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        answers = list(pool.map(_answer_of, sources))
    return {source.name: answer for source, answer in zip(sources, answers, strict=True)}


def keep(answers: Mapping[str, Answer]) -> None:
    """Store what is new; prices of assets that we do not have are left out."""
    assets = {asset.code: asset for asset in Asset.objects.all()}
    now = clock.now()
    Price.objects.bulk_create(
        Price(asset=assets[it.code], source=name, value=it.value, observed_at=it.observed_at, fetched_at=now)
        for name, answer in answers.items()
        if not isinstance(answer, SourceFailed)
        for it in answer
        if it.code in assets and _is_new(it, assets[it.code], name)
    )


def work_out(names: Sequence[str]) -> None:
    """Set the rate of every asset for which enough of these sources are fresh (rules 2 to 4)."""
    for asset in Asset.objects.all():
        if asset.code == wallets_settings().reference:
            set_reference(asset)
        else:
            Rate.objects.filter(asset=asset, good_until=FOREVER).delete()
            _set_median(asset, said_of(asset, names))


def said_of(asset: Asset, names: Sequence[str]) -> list[Said]:
    """The newest that each of these sources says of the asset."""
    newest = [_newest(asset, name) for name in names]
    return [Said(source=it.source, value=it.value, observed_at=it.observed_at) for it in newest if it]


def rules_now() -> Rules:
    """As the settings have them."""
    settings = wallets_settings()
    return Rules(age=timedelta(seconds=settings.price_age), jump=settings.price_jump, least=settings.least_sources)


def set_reference(asset: Asset) -> None:
    """Rule 4."""
    values = {"value": 10**PRICE_DECIMALS, "observed_at": asset.created_at, "good_until": FOREVER, "sources": 1}
    Rate.objects.update_or_create(asset=asset, defaults=values)


def _set_median(asset: Asset, said: list[Said]) -> None:
    now, rules = clock.now(), rules_now()
    for it, standing in judged(said, rules, now):
        if standing is Standing.FAR:
            logger.warning("price_far_from_others", asset=asset.code, source=it.source, value=str(it.value))
    found = median_of(said, rules, now)
    if found is not None:
        values = {"value": found.value, "observed_at": found.observed_at, "sources": found.sources}
        Rate.objects.update_or_create(asset=asset, defaults={**values, "good_until": found.observed_at + rules.age})


def _answer_of(source: PriceSource) -> Answer:
    try:
        said = source.fetch()
        require_past(said, clock.now())
    except SourceFailed as failed:
        return failed
    except Exception:
        logger.exception("price_source_broke", source=source.name)
        return SourceFailed("It broke; the log says how.")
    return said


def _is_new(it: Observation, asset: Asset, name: str) -> bool:
    before = _newest(asset, name)
    return before is None or it.observed_at > before.observed_at


def _newest(asset: Asset, name: str) -> Price | None:
    return Price.objects.filter(asset=asset, source=name).order_by("-observed_at").first()
