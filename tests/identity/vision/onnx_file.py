"""The least ONNX file there is, written byte by byte: one node without parameters, from one input to one output."""

import struct
from pathlib import Path

IR_VERSION, OPSET = 8, 13
FLOAT = 1


def write_mean_of_colours(path: Path, side: int) -> None:
    """A model whose answer has three places: the mean of each colour of its input, in the order in which they come."""
    path.write_bytes(_model("GlobalAveragePool", (1, 3, side, side), (1, 3, 1, 1)))


def _model(operation: str, taken: tuple[int, ...], given: tuple[int, ...]) -> bytes:
    """`ModelProto`: ir_version 1, graph 7, opset_import 8."""
    return _number(1, IR_VERSION) + _part(7, _graph(operation, taken, given)) + _part(8, _number(2, OPSET))


def _graph(operation: str, taken: tuple[int, ...], given: tuple[int, ...]) -> bytes:
    """`GraphProto`: node 1, name 2, input 11, output 12."""
    node = _part(1, b"x") + _part(2, b"y") + _part(4, operation.encode())
    return _part(1, node) + _part(2, b"tiny") + _part(11, _value(b"x", taken)) + _part(12, _value(b"y", given))


def _value(name: bytes, shape: tuple[int, ...]) -> bytes:
    """`ValueInfoProto`: name 1, type 2, which is a tensor 1 of elem_type 1 and shape 2 with its dims 1."""
    dims = b"".join(_part(1, _number(1, size)) for size in shape)
    return _part(1, name) + _part(2, _part(1, _number(1, FLOAT) + _part(2, dims)))


def _number(place: int, value: int) -> bytes:
    return _varint(place << 3) + _varint(value)


def _part(place: int, content: bytes) -> bytes:
    return _varint(place << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return struct.pack("B", low | 0x80) + _varint(rest) if rest else struct.pack("B", low)
