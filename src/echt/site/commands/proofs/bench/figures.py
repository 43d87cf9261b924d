"""One build of made-up balances, and its figures beside those of the kernel and of OpenSSL."""

import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from echt.proofs.engine import prove
from echt.proofs.engine.build import Built, Order, build
from echt.proofs.engine.local import LocalEngine, cores
from echt.proofs.engine.progress import Progress
from echt.proofs.input import open_source
from echt.site.commands.proofs.bench import measure, samples
from echt.site.commands.proofs.bench.stages import Stages

MILLION = 1_000_000
PROOFS = 40
KEY = bytes(32)
NAMES = {"read": "read, make leaves", "hash": "order, hash, write", "top": "top, statement"}


@dataclass(frozen=True)
class Figures:
    """Seconds, compressions a second, bytes."""

    built: Built
    seconds: float
    openssl: tuple[float, float]
    """Before and after the build."""
    kernel: float
    proof: float
    memory: int
    shares: list[tuple[str, float]]

    @property
    def rate(self) -> float:
        return measure.compressions(self.built.plan, self.built.accounts, samples.ACCOUNT_BYTES) / self.seconds

    def lines(self) -> Iterator[str]:
        """For a person."""
        sizes, pieces, accounts = self.built.plan.sizes, self.built.plan.pieces, self.built.accounts
        height, openssl = sizes.prefix_bits + sizes.bucket_bits, sum(self.openssl) / 2
        yield f"{accounts:,} accounts x {sizes.columns} columns, pieces: {pieces}, cores: {cores()}"
        yield f"Tree               height {height}, {1 << sizes.prefix_bits:,} buckets of {1 << sizes.bucket_bits:,}"
        yield f"Parquet to root    {self.seconds:8.2f} s   {accounts / self.seconds / MILLION:.2f} million accounts/s"
        yield f"Compressions       {self.rate / MILLION:8.1f} million a second"
        yield f"  of our kernel    {self.rate / self.kernel:8.0%}     alone it does {self.kernel / MILLION:.1f}"
        yield f"  of OpenSSL       {self.rate / openssl:8.0%}     streaming, it does {_millions(self.openssl)}"
        yield f"Peak memory        {self.memory / MILLION:8,.0f} MB"
        yield f"One proof          {self.proof * 1000:8.2f} ms"
        for name, share in self.shares:
            yield f"  {NAMES.get(name, name):<17}{share:8.0%} of the time"


def _millions(before_and_after: tuple[float, float]) -> str:
    before, after = (rate / MILLION for rate in before_and_after)
    return f"{before:.1f} before and {after:.1f} after"


def measured(
    accounts: int, columns: int, pieces: int, folder: Path, progress: Progress, *, workers: int | None = None
) -> Figures:
    """Make balances, build them, prove some."""
    balances = folder / "balances.parquet"
    samples.write(balances, accounts, columns)
    stages = Stages(progress)
    order = Order("bench", "2026-01-01T00:00:00Z", "bench", pieces=pieces)
    before, kernel = measure.openssl(), measure.kernel()
    measure.warm_up(folder, columns)
    began = time.perf_counter()
    built = build(
        open_source(balances), folder / "out", order, given_key=KEY, engine=LocalEngine(workers), progress=stages
    )
    seconds = time.perf_counter() - began
    return Figures(
        built,
        seconds,
        (before, measure.openssl()),
        kernel,
        _seconds_of_a_proof(folder / "out", accounts),
        _peak(),
        stages.shares(seconds),
    )


def _seconds_of_a_proof(folder: Path, accounts: int) -> float:
    """On average, for accounts all over the tree, from an open folder."""
    tree = prove.opened(folder, KEY)
    chosen = [str(samples.FIRST + accounts * i // PROOFS) for i in range(PROOFS)]
    tree.proof(chosen[0])
    began = time.perf_counter()
    for account in chosen:
        tree.proof(account)
    return (time.perf_counter() - began) / PROOFS


def _peak() -> int:
    """Bytes; Linux tells kilobytes, macOS bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
