"""What the tests of the proof engine need besides Python's packages: Java 17 or later for Spark, Node for the page."""

import re
import shutil
import subprocess
import sys

from tools.system import require

OLDEST = 17
VERSION = re.compile(r'version "(\d+)')


def main() -> None:
    """Install what is not there, and Java also where Spark no longer runs on it."""
    if shutil.which("node") is None:
        require("nodejs", brew="node")
    if _version() >= OLDEST:
        return
    require("default-jre-headless", brew="openjdk@21")
    if _version() < OLDEST:
        sys.exit(f"Java was installed, but `java -version` does not name version {OLDEST} or later.")


def _version() -> int:
    """The version of `java`, 0 where there is none; macOS has a `java` that only says so."""
    java = shutil.which("java")
    if java is None:
        return 0
    done = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = VERSION.search(done.stderr)
    return int(found[1]) if found and done.returncode == 0 else 0


if __name__ == "__main__":
    main()
