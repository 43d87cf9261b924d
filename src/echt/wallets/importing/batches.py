"""Some rows at a time, with what the ledger knows of them already."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from echt.wallets.importing.movements import digests_of, key_of
from echt.wallets.importing.rows import Kind, Row
from echt.wallets.models import Account, Balance, Purchase, Transfer
from echt.wallets.models.ledger import AccountKind, Outcome

SIZE = 500


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Rows and the rows of the database that they meet."""

    rows: list[Row]
    accounts: dict[str, Account]
    """By reference; those that are not there yet are missing."""
    taken: dict[tuple[UUID, str], Transfer]
    """What was taken before, by account and key."""

    def account(self, row: Row) -> Account | None:
        return self.accounts.get(row.account)

    def transfer(self, row: Row) -> Transfer | None:
        """What was made of this id before."""
        account = self.account(row)
        return self.taken.get((account.pk, key_of(row.id))) if account else None

    def is_same(self, row: Row, transfer: Transfer) -> bool:
        """Whether it was made of the same content."""
        done = transfer.outcome == Outcome.DONE and transfer.at == row.time
        return done and transfer.digest in digests_of(row, transfer.account_id)

    def balances(self) -> list[tuple[str, int, int]]:
        """Account, asset and units of everybody in the batch."""
        names = {account.pk: name for name, account in self.accounts.items()}
        found = Balance.objects.filter(account__in=names).values_list("account", "asset", "posted")
        return [(names[account], asset, posted) for account, asset, posted in found]

    def known_purchases(self) -> set[tuple[str, str]]:
        """Processor and reference of purchases that are recorded, among those that the rows name."""
        named = {(row.processor, row.reference) for row in self.rows if row.kind is Kind.PURCHASE}
        references = {reference for _processor, reference in named}
        found = Purchase.objects.filter(processor_reference__in=references)
        return named & {*found.values_list("processor", "processor_reference")}


def batches(rows: Iterable[Row]) -> Iterator[Batch]:
    """All rows in their order."""
    left = iter(rows)
    while some := list(islice(left, SIZE)):
        yield batch_of(some)


def batch_of(rows: list[Row]) -> Batch:
    found = Account.objects.select_related("owner").filter(reference__in={row.account for row in rows})
    accounts = {str(account.reference): account for account in found}
    keys = {key_of(row.id) for row in rows}
    made = Transfer.objects.filter(account__in=[account.pk for account in accounts.values()], key__in=keys)
    taken = {(transfer.account_id, transfer.key): transfer for transfer in made}
    return Batch(rows=rows, accounts=accounts, taken=taken)


def is_customer(account: Account) -> bool:
    return account.kind == AccountKind.CUSTOMER
