"""django-hordak's transfers a second, in an environment of its own: called by `benchmarks.ledger`, never by echt."""

import multiprocessing
import os
import random
import sys
import time
from urllib.parse import urlsplit

ACCOUNTS = 200


def set_up(url: str) -> None:
    import django
    from django.conf import settings

    parts = urlsplit(url)
    settings.configure(
        SECRET_KEY="of a benchmark",  # noqa: S106
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        CURRENCIES=["USD"],
        DEFAULT_CURRENCY="USD",
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": parts.path.lstrip("/"),
                "USER": parts.username,
                "PASSWORD": parts.password,
                "HOST": parts.hostname,
                "PORT": parts.port,
                "CONN_MAX_AGE": None,
            }
        },
    )
    django.setup()


def make() -> None:
    from django.core.management import call_command
    from hordak.models import Account, AccountType

    call_command("migrate", verbosity=0)
    for number in range(ACCOUNTS):
        Account.objects.create(name=f"a{number}", code=None, type=AccountType.asset, currencies=["USD"])


def work(seconds: float) -> int:
    from django.db import transaction
    from hordak.models import Account
    from moneyed import Money

    accounts, done, end = list(Account.objects.all()), 0, time.monotonic() + seconds
    while time.monotonic() < end:
        one, other = random.sample(accounts, 2)
        with transaction.atomic():
            one.transfer_to(other, Money("1.00", "USD"))
        done += 1
    return done


def main() -> None:
    url, processes, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    set_up(url)
    if not processes:
        make()
        return
    context = multiprocessing.get_context("fork")
    answers, begin = context.SimpleQueue(), context.Barrier(processes)

    def one() -> None:
        random.seed(os.getpid())
        work(0.3)
        begin.wait()
        answers.put(work(seconds))

    workers = [context.Process(target=one) for _ in range(processes)]
    for worker in workers:
        worker.start()
    print(sum(answers.get() for _ in workers) / seconds)


if __name__ == "__main__":
    main()
