"""Which types of a Parquet column can hold account ids and amounts."""

import pyarrow as pa
from pyarrow import types

from echt.proofs.columns import Column
from echt.proofs.input.faults import Place


def check_account_type(kind: pa.DataType, place: Place) -> None:
    """Text, bytes or whole numbers.

    Raises:
        Refused: it is another type.
    """
    inner = kind.value_type if types.is_dictionary(kind) else kind
    if not (_is_text(inner) or types.is_integer(inner) or _is_whole_decimal(inner)):
        raise place.refuse(f"The type is {kind}. Account ids are text, or whole numbers; write them as text.")


def check_amount_type(kind: pa.DataType, column: Column, place: Place) -> None:
    """Whole numbers, decimals or decimal text.

    Raises:
        Refused: it is another type, or one that cannot hold amounts exactly.
    """
    inner = kind.value_type if types.is_dictionary(kind) else kind
    if types.is_floating(inner):
        raise place.refuse(
            f"The type is {kind}, and floating point cannot hold amounts exactly. Write whole numbers of the smallest"
            " unit, a decimal type, or decimal text."
        )
    if types.is_decimal(inner):
        _check_scale(inner, column, place)
    elif types.is_null(inner):
        raise place.refuse("The column is empty in every row. Write 0 where there is nothing, or leave the column out.")
    elif not (types.is_integer(inner) or _is_text(inner)):
        raise place.refuse(
            f"The type is {kind}, which holds no amounts. Write whole numbers of the smallest unit, or leave the"
            " column out."
        )


def _check_scale(kind: pa.DataType, column: Column, place: Place) -> None:
    if kind.scale > 0 and not column.decimals:
        raise place.refuse(
            f"The type is {kind}, with {kind.scale} decimals, but {column.asset} counts in whole smallest units."
            f" Say how many decimals the asset has: --decimals {column.asset}={kind.scale} (for example)."
        )


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_binary(kind)
        or types.is_large_binary(kind)
        or is_view(kind)
    )


def is_view(kind: pa.DataType) -> bool:
    """Text or bytes that do not lie one after the other."""
    return bool(types.is_string_view(kind) or types.is_binary_view(kind))


def _is_whole_decimal(kind: pa.DataType) -> bool:
    return bool(types.is_decimal(kind) and kind.scale == 0)
