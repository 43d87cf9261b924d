"""The same source on a processor that has nothing but SSE2: the same root, and not one wide register."""

import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

from echt.proofs.kernel.compress import compress
from tests.proofs.engine.balances import built, csv

ROOT = Path(__file__).parents[3]
WIDE = re.compile(r"%[yz]mm\d+")
ACCOUNTS = {str(number): [number, 2**100 * (number % 2)] for number in range(300)}
PROGRAM = """
import sys
from pathlib import Path
from tests.proofs.kernel.test_processors import built, wide_registers
print(built(Path(sys.argv[1]), Path(sys.argv[2])).root, wide_registers())
"""


def wide_registers():
    """How often the compression, as it was compiled here, uses registers of AVX and AVX-512."""
    (assembly,) = compress.inspect_asm().values()
    assert "xmm" in assembly
    return len(WIDE.findall(assembly))


@pytest.mark.slow
@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="another kind of processor")
def test_a_processor_with_sse2_alone_builds_the_same_root(tmp_path):
    balances = csv(tmp_path / "a.csv", ACCOUNTS, ("BTC", "ETH"))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(balances), str(tmp_path / "old")],
        env=os.environ
        | {
            "NUMBA_CACHE_DIR": str(tmp_path / "compiled"),
            "NUMBA_CPU_FEATURES": "+sse2",
            "NUMBA_CPU_NAME": "x86-64",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )

    assert done.stdout.split() == [built(balances, tmp_path / "new").root, "0"]
