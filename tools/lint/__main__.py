"""Check every file of the repository, or those named."""

import sys
from pathlib import Path

from tools.lint.house import findings
from tools.repository import ROOT, files


def main(names: list[str]) -> int:
    found = [*findings([Path(name).resolve() for name in names] or files(), ROOT)]
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
