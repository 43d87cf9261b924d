"""How fast a list is brought in and a person is compared with it: `python -m benchmarks.screening`.

The list is made up. Bringing in stands beside plain reading of the same file as CSV; comparing stands beside a plain
scan of all names with rapidfuzz's token set ratio, in the same process, both in core-seconds. Recall and false hits are
counted on the way: of listed persons under another spelling how many are found, and how many entries are hits for
persons who are not listed.
"""

import argparse
import csv
import os
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
ASKED = 90
SCANNED = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000)
    entries = parser.parse_args().entries
    with TemporaryDirectory() as folder:
        prepare(Path(folder))
        file = Path(folder, "list.csv")
        write(file, entries)
        bring(file, Path(folder, "data"))
        ask(entries)


def prepare(folder: Path) -> None:
    os.environ["ECHT_DATA"] = str(folder / "data")
    os.environ["DJANGO_SETTINGS_MODULE"] = "echt.site.settings"
    (folder / "data").mkdir(mode=0o700)
    import django

    django.setup()
    from echt.site.first_start import prepare as prepare_database

    prepare_database()


def write(file: Path, entries: int) -> None:
    """One name in three has an alias; surnames are as varied as a list of many countries has them."""
    from tests.identity.screening.made_up import persons

    chance = random.Random(1)  # noqa: S311  (made-up data)
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("key", "names", "born", "countries", "remarks"))
        for number, who in enumerate(persons(1, entries, varied=True)):
            alias = f";{who.given[0]} {chance.choice('ABCDEFGH')}. {who.surname}" if number % 3 == 0 else ""
            rows.writerow((f"N-{number}", who.name + alias, who.born, who.country, ""))


def bring(file: Path, data: Path) -> None:
    from echt.identity.actions.screening import import_list
    from echt.identity.models import ScreeningToken
    from echt.identity.models.screening import ListKind

    begin = time.process_time()
    with file.open(newline="") as source:
        rows = sum(1 for _row in csv.reader(source)) - 1
    plain = time.process_time() - begin
    begin = time.process_time()
    import_list(actor=None, files=[file], name="Made up", kind=ListKind.SANCTIONS, version="1")
    seconds = time.process_time() - begin
    size = sum(path.stat().st_size for path in data.iterdir() if path.is_file()) / 1e6
    keys = ScreeningToken.objects.count() / rows
    print(f"import: {rows} entries, {seconds:.0f} core-seconds, {seconds / plain:.0f} x plain CSV;", end=" ")
    print(f"{keys:.1f} keys an entry, database {size:.0f} MB, memory {peak():.0f} MB")


def peak() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e3


def ask(entries: int) -> None:
    from echt.identity.models import ScreeningEntry
    from echt.identity.screening.matching import candidates, matches
    from echt.identity.screening.scoring import Person
    from tests.identity.screening.made_up import VARIANTS, persons

    listed = list(persons(1, entries, varied=True))
    chance = random.Random(5)  # noqa: S311  (made-up data)
    times: list[float] = []
    looked_at: list[int] = []
    for variant, spell in VARIANTS.items():
        found = others = 0
        for place in chance.sample(range(entries), ASKED):
            who = listed[place]
            person = Person((spell(who, chance),), (who.born,), (who.country,))
            begin = time.process_time()
            keys = {match.entry.key for match in matches(person)}
            times.append(time.process_time() - begin)
            looked_at.append(len(candidates(person)))
            found += f"N-{place}" in keys
            others += len(keys - {f"N-{place}"})
        print(f"{variant:32} found {found / ASKED:6.1%}   other entries {others / ASKED:6.2f} each")
    strangers = list(persons(77, ASKED * 4, varied=True))
    hits = [len(matches(Person((who.name,), (who.born,), (who.country,)))) for who in strangers]
    share, mean = sum(map(bool, hits)) / len(hits), sum(hits) / len(hits)
    print(f"{'not on the list':32} with a hit {share:6.1%}   entries {mean:6.2f} each")
    names = [(pk, name) for pk, names in ScreeningEntry.objects.values_list("pk", "names").iterator() for name in names]
    plain = min(scan(who.name, names) for who in strangers[:SCANNED])
    times.sort()
    looked_at.sort()
    ours = times[len(times) // 2]
    print(
        f"screening: median {ours * 1e3:.0f} ms, nine in ten under {times[len(times) * 9 // 10] * 1e3:.0f} ms;", end=" "
    )
    print(f"{looked_at[len(looked_at) // 2]} entries looked at; plain scan {plain * 1e3:.0f} ms, {plain / ours:.0f} x")


def scan(name: str, names: list[tuple[int, str]]) -> float:
    from rapidfuzz import fuzz, process

    begin = time.process_time()
    process.extract(name, [text for _pk, text in names], scorer=fuzz.token_set_ratio, score_cutoff=80, limit=None)
    return time.process_time() - begin


if __name__ == "__main__":
    main()
