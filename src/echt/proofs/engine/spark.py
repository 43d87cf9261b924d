"""Both passes on Apache Spark, with the same functions as on one machine: same input, same bytes, same root.

The input and the folder must be on storage that every executor sees under the same path. An executor needs echt and
its packages (`pip install echt[spark]`). Leaves go from the first pass to the second through Spark's shuffle.

    spark-submit --master spark://... or, for a cluster on this machine: SPARK_MASTER="local-cluster[2,1,2048]"
"""

import os
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from echt.proofs.engine import spill
from echt.proofs.engine.folder import Workshop
from echt.proofs.engine.local import collected, keep_part
from echt.proofs.engine.partition import Hasher, Twice
from echt.proofs.engine.plan import Plan
from echt.proofs.engine.progress import Progress
from echt.proofs.engine.spill import Maker, Records, widened
from echt.proofs.input import Portion, Source
from echt.proofs.kernel.buckets import record_words
from echt.proofs.refusals import Refused

if TYPE_CHECKING:
    from pyspark import RDD, SparkContext, StatusTracker

MASTER = "SPARK_MASTER"
PAUSE = 1
"""Seconds between two looks at how far the cluster is."""


class Piece(NamedTuple):
    """Some leaves of one part, on their way from the first pass to the second."""

    run: str
    wide: bool
    records: bytes


class Fault(NamedTuple):
    """Why it cannot go on; sent back as a value, since an exception would arrive as a Java stack trace."""

    sentence: str = ""
    bucket: int = -1
    system: tuple[int, str, str] | None = None
    """What the operating system says, as `OSError` has it."""

    def error(self) -> Exception:
        if self.system:
            number, said, file = self.system
            return OSError(number, said, file)
        return Refused(self.sentence) if self.sentence else Twice(self.bucket)


Result: TypeAlias = tuple[Fault | None, list[Any]]
"""What came of a part, and how the amounts of some portions are written."""


class SparkEngine:
    """On the cluster that Spark's own configuration names, or the one given."""

    def __init__(self, context: "SparkContext | None" = None) -> None:
        self._given = context

    def hash(self, plan: Plan, source: Source, shop: Workshop, progress: Progress) -> tuple[Records, Records]:
        """The buckets' roots, and how many leaves each bucket has.

        Raises:
            Refused: the input cannot be used; PySpark is not installed.
            Twice: an account is there twice.
        """
        context = self._given or _context()
        try:
            self._run(context, plan, source, shop, progress)
        finally:
            if self._given is None:
                context.stop()
        return collected(plan, shop)

    def _run(self, context: "SparkContext", plan: Plan, source: Source, shop: Workshop, progress: Progress) -> None:
        progress.begin("hash", plan.parts)
        portions = context.parallelize(list(source.portions), len(source.portions))
        pieces = portions.flatMap(lambda portion: _spill(plan, portion))
        parts = pieces.partitionBy(plan.parts, _same)
        done = parts.mapPartitionsWithIndex(lambda number, own: _hash(plan, shop.path, number, own))
        results = _collected(context, done, progress)
        for _, forms in results:
            for state in forms:
                source.forms.merge(state)
        if faults := [fault for fault, _ in results if fault is not None]:
            raise min(faults).error()


def _same(part: int) -> int:
    return part


def _collected(context: "SparkContext", done: "RDD[Result]", progress: Progress) -> list[Result]:
    """What came of each part. The cluster works at all of them at once; when we return or raise, it has ended."""
    group, tracker, shown = f"echt {uuid.uuid4()}", context.statusTracker(), 0

    def collect() -> list[Result]:
        context.setJobGroup(group, "echt proofs build")
        return done.collect()

    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(collect)
        try:
            while wait([job], PAUSE).not_done:
                finished = _finished(tracker, group)
                progress.advance(finished - shown)
                shown = finished
            results = job.result()
        except BaseException:
            context.cancelAllJobs()
            raise
    progress.advance(len(results) - shown)
    return results


def _finished(tracker: "StatusTracker", group: str) -> int:
    """How many parts are done: tasks of the last stage."""
    jobs = [tracker.getJobInfo(number) for number in tracker.getJobIdsForGroup(group)]
    stages = [max(job.stageIds) for job in jobs if job and len(job.stageIds)]
    infos = [tracker.getStageInfo(number) for number in stages]
    return sum(info.numCompletedTasks for info in infos if info)


def _context() -> "SparkContext":
    try:
        from pyspark import SparkConf, SparkContext
    except ImportError:
        raise Refused("Spark is not installed. Install it with: pip install 'echt[spark]'") from None
    conf = SparkConf().setAppName("echt proofs build").set("spark.ui.showConsoleProgress", "false")
    if master := os.environ.get(MASTER):
        conf = conf.setMaster(master)
    return SparkContext.getOrCreate(conf)


def _spill(plan: Plan, portion: Portion) -> Iterator[tuple[int, Piece | Fault | dict[str, Any]]]:
    """The first pass on an executor: leaves by part; with the last of them, how amounts were written."""
    try:
        for number, run in enumerate(spill.runs(portion, Maker(plan))):
            for part in np.flatnonzero(np.diff(run.starts)).tolist():
                records = run.records[run.starts[part] : run.starts[part + 1]]
                yield part, Piece(f"{portion.name}-{number:04}", run.wide, records.tobytes())
    except (OSError, Refused) as problem:
        fault = _fault(problem)
        yield from ((part, fault) for part in range(plan.parts))
    yield 0, portion.forms.state()  # type: ignore[attr-defined]


def _fault(problem: OSError | Refused) -> Fault:
    if isinstance(problem, OSError):
        return Fault(system=(problem.errno or 0, problem.strerror or str(problem), str(problem.filename)))
    return Fault(str(problem))


def _hash(plan: Plan, folder: Path, number: int, own: Iterable[tuple[int, Any]]) -> Iterator[Result]:
    """The second pass on an executor: keep the part, and say what came of it."""
    arrived = [piece for _, piece in own]
    faults = [piece for piece in arrived if isinstance(piece, Fault)]
    forms = [piece for piece in arrived if isinstance(piece, dict)]
    shop = Workshop(folder)
    if faults:
        yield min(faults), forms
        return
    try:
        if not shop.roots(number).exists():
            pieces = sorted(piece for piece in arrived if isinstance(piece, Piece))
            keep_part(shop, number, Hasher(plan).part(number, _joined(plan, pieces)))
        yield None, forms
    except Twice as twice:
        yield Fault(bucket=twice.bucket), forms
    except (OSError, Refused) as problem:
        yield _fault(problem), forms


def _joined(plan: Plan, pieces: list[Piece]) -> Records:
    """The pieces' leaves in the order of their runs, as the local engine finds them on its disk."""
    columns = len(plan.columns)
    wide = any(piece.wide for piece in pieces)
    whole = [np.empty((0, record_words(columns, wide=wide)), np.uint32)]
    for piece in pieces:
        records = np.frombuffer(piece.records, np.uint32).reshape(-1, record_words(columns, wide=piece.wide))
        whole.append(widened(records) if wide and not piece.wide else records)
    return np.ascontiguousarray(np.concatenate(whole))
