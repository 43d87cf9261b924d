"""The engine, from Parquet to root: `python -m benchmarks.build`.

Builds made-up balances of several sizes, each in a process of its own, and prints the figures of `echt proofs bench`:
compressions a second against our kernel alone and against OpenSSL streaming in the same run, memory, the share of each
stage. `python -m benchmarks.build 1x4 10x4 100x4 1x40` chooses millions of accounts and columns.
"""

import subprocess
import sys

CASES = ("1x4", "10x4", "100x4", "1x40")


def main(cases: list[str]) -> None:
    for case in cases or CASES:
        accounts, _, columns = case.partition("x")
        command = [sys.executable, "-m", "echt.site", "proofs", "bench", "--accounts", accounts, "--columns", columns]
        print(subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
