"""SHA-256's compression function (FIPS 180-4, section 6.2.2) of 16 messages at once.

A state word of 16 messages is one vector of 16 x 32 bits. LLVM makes it one register where the processor has AVX-512,
two with AVX2, four with SSE2 or NEON: the same source, the same result. Everything that is hashed here is laid out as
rows of `LANES` words, one message a column.
"""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from echt.proofs.kernel.compiled import compiled

LANES = 16
VECTOR = ir.VectorType(ir.IntType(32), LANES)
ROUNDS = 64


def _first_bits_of_roots(root: int, count: int) -> list[int]:
    """The first 32 bits of the fractional parts of roots of the first primes: square 2, cube 3 (FIPS 180-4, 4.2.2)."""
    primes = [n for n in range(2, 400) if all(n % d for d in range(2, n))][:count]
    return [_integer_root(prime << (32 * root), root) & 0xFFFFFFFF for prime in primes]


def _integer_root(number: int, root: int) -> int:
    """The whole part of the root, by Newton's iteration from above."""
    guess = 1 << 40
    while guess**root > number:
        guess = ((root - 1) * guess + number // guess ** (root - 1)) // root
    return guess


ROUND_CONSTANTS = _first_bits_of_roots(3, ROUNDS)
INITIAL_STATE = np.array(_first_bits_of_roots(2, 8), dtype=np.uint32)


class _Vectors:
    """The few operations of SHA-256 on vectors, in LLVM's terms."""

    def __init__(self, builder: ir.IRBuilder) -> None:
        self._builder = builder
        kind = ir.FunctionType(VECTOR, [VECTOR] * 3)
        self._rotate = cgutils.get_or_insert_function(builder.module, kind, f"llvm.fshl.v{LANES}i32")

    def constant(self, value: int) -> ir.Constant:
        return ir.Constant(VECTOR, [value] * LANES)

    def rotated(self, x: ir.Value, *bits: int) -> ir.Value:
        """The rotations of x to the right by each number of bits, xored."""
        return self.xor(*(self._builder.call(self._rotate, [x, x, self.constant(32 - bit)]) for bit in bits))

    def shifted(self, x: ir.Value, bits: int) -> ir.Value:
        return self._builder.lshr(x, self.constant(bits))

    def add(self, *terms: ir.Value) -> ir.Value:
        return functools.reduce(self._builder.add, terms)

    def xor(self, *terms: ir.Value) -> ir.Value:
        return functools.reduce(self._builder.xor, terms)

    def choose(self, e: ir.Value, f: ir.Value, g: ir.Value) -> ir.Value:
        return self.xor(g, self._builder.and_(e, self.xor(f, g)))

    def majority(self, a: ir.Value, b: ir.Value, c: ir.Value) -> ir.Value:
        return self._builder.or_(self._builder.and_(a, b), self._builder.and_(c, self._builder.or_(a, b)))


def _rounds(v: _Vectors, start: list[ir.Value], w: list[ir.Value]) -> list[ir.Value]:
    """The 64 rounds; `w` is the window of the last 16 words of the message schedule."""
    a, b, c, d, e, f, g, h = start
    for t in range(ROUNDS):
        if t >= len(w):
            x, y = w[(t - 15) % 16], w[(t - 2) % 16]
            small_0 = v.xor(v.rotated(x, 7, 18), v.shifted(x, 3))
            small_1 = v.xor(v.rotated(y, 17, 19), v.shifted(y, 10))
            w[t % 16] = v.add(w[t % 16], small_0, w[(t - 7) % 16], small_1)
        constant = v.constant(ROUND_CONSTANTS[t])
        first = v.add(h, v.rotated(e, 6, 11, 25), v.choose(e, f, g), constant, w[t % 16])
        second = v.add(v.rotated(a, 2, 13, 22), v.majority(a, b, c))
        a, b, c, d, e, f, g, h = v.add(first, second), a, b, c, v.add(d, first), e, f, g
    return [a, b, c, d, e, f, g, h]


@intrinsic
def _compress(_context: Any, state: Any, rows: Any, first: Any) -> tuple[Any, Callable[..., ir.Value]]:
    def generate(context: Any, builder: ir.IRBuilder, signature: Any, arguments: Any) -> ir.Value:
        arrays = [context.make_array(signature.args[i])(context, builder, arguments[i]) for i in (0, 1)]
        start = builder.mul(arguments[2], ir.Constant(ir.IntType(64), LANES))

        def pointer(array: Any, offset: ir.Value | None, row: int) -> ir.Value:
            place = ir.Constant(ir.IntType(64), row * LANES)
            place = place if offset is None else builder.add(offset, place)
            return builder.bitcast(builder.gep(array.data, [place]), VECTOR.as_pointer())

        def load(array: Any, offset: ir.Value | None, row: int) -> ir.Value:
            value = builder.load(pointer(array, offset, row))
            value.align = 4
            return value

        v = _Vectors(builder)
        before = [load(arrays[0], None, row) for row in range(8)]
        after = _rounds(v, before, [load(arrays[1], start, row) for row in range(16)])
        for row in range(8):
            builder.store(v.add(before[row], after[row]), pointer(arrays[0], None, row)).align = 4
        return context.get_dummy_value()

    return types.void(state, rows, first), generate


@compiled("void(uint32[:, ::1], uint32[:, ::1], int64)")
def compress(state: np.ndarray, rows: np.ndarray, first: int) -> None:
    """Compress the block in `rows[first : first + 16]` into `state`: uint32[8, LANES], in place."""
    _compress(state, rows, first)
