"""onnxruntime reports to its makers unless it is told not to. What it keeps for that on the disk shows whether it was."""

import os
import re
import subprocess
import sys

import pytest

from tests.many_processes import ROOT

OURS = "import echt.identity.vision.models, time; time.sleep(1)"
SOURCES = sorted((ROOT / "src" / "echt").rglob("*.py"))


@pytest.mark.slow
def test_nothing_is_kept_to_be_reported(tmp_path):
    pytest.importorskip("onnxruntime")
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "ORT_DISABLE_TELEMETRY"}}
    cache = tmp_path / "cache"
    environment |= {"PYTHONPATH": str(ROOT / "src"), "HOME": str(tmp_path), "XDG_CACHE_HOME": str(cache)}

    subprocess.run([sys.executable, "-c", OURS], env=environment, check=True, timeout=120)

    assert not cache.exists()


def test_nothing_loads_it_but_the_room_that_tells_it():
    loads = re.compile(r"^\s*(import|from) (onnxruntime|rapidocr)\b", re.MULTILINE)

    found = {path.parent.relative_to(ROOT).as_posix() for path in SOURCES if loads.search(path.read_text())}

    assert found <= {"src/echt/identity/vision"}
