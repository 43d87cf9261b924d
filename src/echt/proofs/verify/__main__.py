"""`python -m echt.proofs.verify FILE`."""

from __future__ import annotations

import sys

from echt.proofs.verify.command import main

sys.exit(main())
