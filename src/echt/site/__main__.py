"""`python -m echt.site` is the `echt` command, also where that is not on the PATH."""

import sys

from echt.site.cli import main

if __name__ == "__main__":
    sys.exit(main())
