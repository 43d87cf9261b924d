"""Rows of 16 words as vectors: copied, filled, taken apart into even and odd columns, and added as sums of 128 bits.

LLVM does not always see that a loop over 16 lanes is one instruction; these say so.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from echt.proofs.kernel.compress import LANES, VECTOR

SUM = 4
"""Words of a sum, most significant first."""
ROW_BYTES = 4
INDEX = ir.IntType(64)


class Rows:
    """An array of rows of `LANES` words each, as LLVM sees it."""

    def __init__(self, context: Any, builder: ir.IRBuilder, kind: Any, value: ir.Value) -> None:
        self._builder = builder
        self._data = context.make_array(kind)(context, builder, value).data

    def load(self, row: ir.Value, further: int = 0) -> ir.Value:
        value = self._builder.load(self._pointer(row, further))
        value.align = ROW_BYTES
        return value

    def store(self, value: ir.Value, row: ir.Value, further: int = 0) -> None:
        self._builder.store(value, self._pointer(row, further)).align = ROW_BYTES

    def _pointer(self, row: ir.Value, further: int) -> ir.Value:
        place = self._builder.mul(self._builder.add(row, INDEX(further)), INDEX(LANES))
        return self._builder.bitcast(self._builder.gep(self._data, [place]), VECTOR.as_pointer())


def _indices(first: int) -> ir.Constant:
    return ir.Constant(VECTOR, list(range(first, 2 * LANES, 2)))


@intrinsic
def unzip(_context: Any, source: Any, first: Any, second: Any, target: Any, even: Any, odd: Any) -> Any:
    """Of the rows `first` and `second` of the source, even columns into one row of the target, odd into another."""

    def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Any) -> ir.Value:
        rows = Rows(context, builder, signature.args[0], arguments[0])
        into = Rows(context, builder, signature.args[3], arguments[3])
        pair = [rows.load(arguments[1]), rows.load(arguments[2])]
        for place, start in ((arguments[4], 0), (arguments[5], 1)):
            into.store(builder.shuffle_vector(*pair, _indices(start)), place)
        return context.get_dummy_value()

    return _taking(types.void, generate, source, first, second, target, even, odd)


@intrinsic
def add_sum(_context: Any, source: Any, left: Any, right: Any, target: Any, row: Any) -> Any:
    """The sums from the rows `left` and `right` of the source on, added modulo 2^128 into the target from `row` on."""

    def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Any) -> ir.Value:
        rows = Rows(context, builder, signature.args[0], arguments[0])
        into = Rows(context, builder, signature.args[3], arguments[3])
        carry = ir.Constant(VECTOR, [0] * LANES)
        for word in reversed(range(SUM)):
            a, b = rows.load(arguments[1], word), rows.load(arguments[2], word)
            plain = builder.add(a, b)
            total = builder.add(plain, carry)
            over = builder.or_(builder.icmp_unsigned("<", plain, a), builder.icmp_unsigned("<", total, carry))
            carry = builder.zext(over, VECTOR)
            into.store(total, arguments[4], word)
        return context.get_dummy_value()

    return _taking(types.void, generate, source, left, right, target, row)


@intrinsic
def copy_row(_context: Any, source: Any, first: Any, target: Any, row: Any) -> Any:
    """One row of the source into one of the target."""

    def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Any) -> ir.Value:
        rows = Rows(context, builder, signature.args[0], arguments[0])
        into = Rows(context, builder, signature.args[2], arguments[2])
        into.store(rows.load(arguments[1]), arguments[3])
        return context.get_dummy_value()

    return _taking(types.void, generate, source, first, target, row)


@intrinsic
def fill_row(_context: Any, target: Any, row: Any, word: Any) -> Any:
    """One word into all columns of a row of the target."""

    def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Any) -> ir.Value:
        into = Rows(context, builder, signature.args[0], arguments[0])
        into.store(_spread(builder, arguments[2]), arguments[1])
        return context.get_dummy_value()

    return _taking(types.void, generate, target, row, word)


@intrinsic
def xor_row(_context: Any, source: Any, first: Any, word: Any, target: Any, row: Any) -> Any:
    """One row of the source, each word of it xored with the same one, into a row of the target."""

    def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Any) -> ir.Value:
        rows = Rows(context, builder, signature.args[0], arguments[0])
        into = Rows(context, builder, signature.args[3], arguments[3])
        mixed = builder.xor(rows.load(arguments[1]), _spread(builder, arguments[2]))
        into.store(mixed, arguments[4])
        return context.get_dummy_value()

    return _taking(types.void, generate, source, first, word, target, row)


def _spread(builder: ir.IRBuilder, word: ir.Value) -> ir.Value:
    """A vector with the word in every lane."""
    first = builder.insert_element(ir.Constant(VECTOR, ir.Undefined), word, ir.IntType(32)(0))
    return builder.shuffle_vector(first, ir.Constant(VECTOR, ir.Undefined), ir.Constant(VECTOR, [0] * LANES))


def _taking(result: Any, generate: Callable[..., ir.Value], *kinds: Any) -> Any:
    return result(*kinds), generate
