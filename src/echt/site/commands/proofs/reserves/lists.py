"""Reading what the tasks of `echt proofs reserves` share: the list, a statement, pairs of names and values."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from echt.proofs.reserves.addresses import AddressList
    from echt.proofs.reserves.liabilities import Liabilities

LARGEST_LIST = 256 * 2**20


def read(arguments: Namespace) -> "AddressList":
    from echt.proofs.reserves.addresses import read_list
    from echt.proofs.reserves.okx import read_okx_list

    return _read_as(arguments.list, arguments, read_list, read_okx_list)


def _read_as(
    path: Path,
    arguments: Namespace,
    own: "Callable[[bytes, str], AddressList]",
    okx: "Callable[[bytes, str, dict[str, int]], AddressList]",
) -> "AddressList":
    from echt.proofs.refusals import Refused

    if path.stat().st_size > LARGEST_LIST:
        raise Refused(f"{path} is larger than {LARGEST_LIST // 2**20} MiB.")
    content = path.read_bytes()
    if arguments.format == "okx":
        return okx(content, str(path), decimals_given(arguments))
    return own(content, str(path))


def liabilities_of(arguments: Namespace) -> "Liabilities":
    from echt.proofs.reserves.liabilities import read_liabilities

    path: Path = arguments.statement
    return read_liabilities(path.read_bytes(), str(path), arguments.operator_key)


def decimals_given(arguments: Namespace) -> dict[str, int]:
    return {asset: _whole(text) for asset, text in pairs(arguments.decimals.split(",") if arguments.decimals else [])}


def _whole(text: str) -> int:
    from echt.proofs.columns import MOST_DECIMALS
    from echt.proofs.refusals import Refused

    if not text.isascii() or not text.isdigit() or int(text) > MOST_DECIMALS:
        raise Refused(f"{text!r} is not a number of decimals; 0 to {MOST_DECIMALS} are possible.")
    return int(text)


def pairs(texts: list[str]) -> list[tuple[str, str]]:
    from echt.proofs.refusals import Refused

    found = [text.partition("=") for text in texts]
    for name, equals, value in found:
        if not (name and equals and value):
            raise Refused(f"{name + equals + value!r} should have the form NAME=VALUE.")
    return [(name, value) for name, _, value in found]
