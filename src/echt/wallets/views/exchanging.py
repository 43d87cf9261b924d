"""What the pages of buying, converting and selling share: quotes that were confirmed, and why something was refused."""

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from echt.ui.formats import amount, money
from echt.wallets.gate import Refused
from echt.wallets.models import Account, Asset
from echt.wallets.operations import Operation
from echt.wallets.quotes import LONGEST, rate_between
from echt.wallets.refusals import Refusal
from echt.wallets.templatetags.wallets import LONG, PLACES, told
from echt.wallets.wording import movable_now, sentences_of

REFUSALS = (Refusal, Refused)


def sentences(error: Refusal | Refused, asset: Asset, operation: Operation, account: Account) -> list[str]:
    """Why it may not be, in the reader's language."""
    if isinstance(error, Refusal):
        return [error.sentence]
    return sentences_of(error.answer, asset, operation, account=account.pk)


def signed_quote(request: HttpRequest) -> str:
    """The quote that was sent back; whatever else was sent is none, and is refused as one."""
    return request.POST.get("quote", "")[: LONGEST + 1]


def movable_of(error: Refusal | Refused) -> int:
    """How much may move now instead; 0: nothing, or that is not the reason."""
    return movable_now(error.answer) if isinstance(error, Refused) else 0


def rate(source: Asset, target: Asset) -> SafeString:
    """Like "1 BTC = 50,000.00 EUR": for reading, so with eight decimals at most; what one gets is told in full."""
    units, places = rate_between(source, target), min(target.decimals, PLACES)
    short = units // 10 ** (target.decimals - places)
    return never_wrapped(f"{amount(1, 0, source.code)} = {amount(short, places, target.code)}", most=2 * LONG)


def coins(units: int, asset: Asset) -> SafeString:
    """An amount with its code, as the list of facts shows it."""
    return never_wrapped(told(units, asset, unit=True))


def cash(units: int, currency: Asset) -> SafeString:
    return never_wrapped(money(units, currency.decimals, currency.code))


def never_wrapped(text: str, *, most: int = LONG) -> SafeString:
    """Smaller where it is long, and in a line of its own that scrolls, with the keyboard too."""
    if len(text) > most:
        return format_html('<span class="amount long" tabindex="0">{}</span>', text)
    return format_html('<span class="amount">{}</span>', text)
