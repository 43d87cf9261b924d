"""The types of argparse that the commands share."""

from argparse import ArgumentParser, _SubParsersAction
from typing import TYPE_CHECKING

Shared = ArgumentParser
if TYPE_CHECKING:
    Commands = _SubParsersAction[ArgumentParser]
else:
    Commands = _SubParsersAction
