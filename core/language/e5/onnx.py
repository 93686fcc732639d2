"""Just enough of ONNX's file format to write a graph: protocol buffers by hand, in place of one more package."""

import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_IR_VERSION, _OPSET = 8, 17
_TYPES: Mapping[str, int] = {"float32": 1, "uint8": 2, "int64": 7}
CONTRIBUTED = "com.microsoft"
Setting = float | tuple[int, ...]


def node(kind: str, takes: Sequence[str], gives: str | Sequence[str], domain: str = "", **settings: Setting) -> bytes:
    """One operation; an empty name leaves an optional input out."""
    outputs = [gives] if isinstance(gives, str) else gives
    made = [_text(1, name) for name in takes] + [_text(2, name) for name in outputs]
    made += [_text(4, kind), *(_setting(name, value) for name, value in settings.items()), _text(7, domain)]
    return _field(1, b"".join(made))


def constant(name: str, values: NDArray[Any]) -> bytes:
    """A tensor that is part of the model."""
    shape = b"".join(_number(1, size) for size in values.shape)
    kind = _number(2, _TYPES[values.dtype.name])
    return _field(5, shape + kind + _text(8, name) + _field(9, np.ascontiguousarray(values).tobytes()))


def model(
    parts: Sequence[bytes], takes: tuple[str, Sequence[int | str]], gives: tuple[str, Sequence[int | str]]
) -> bytes:
    """The whole file; input and output are floats, a size with a name may vary."""
    graph = [*parts, _text(2, "graph"), _value(11, *takes), _value(12, *gives)]
    operators = [_field(8, _text(1, domain) + _number(2, at)) for domain, at in (("", _OPSET), (CONTRIBUTED, 1))]
    opening = _varint(7 << 3 | 2) + _varint(sum(map(len, graph)))
    return b"".join([_number(1, _IR_VERSION), *operators, opening, *graph])  # at once: the weights are many


def _value(field: int, name: str, shape: Sequence[int | str]) -> bytes:
    sizes = [_text(2, size) if isinstance(size, str) else _number(1, size) for size in shape]
    tensor = _number(1, _TYPES["float32"]) + _field(2, b"".join(_field(1, size) for size in sizes))
    return _field(field, _text(1, name) + _field(2, _field(1, tensor)))


def _setting(name: str, value: Setting) -> bytes:
    if isinstance(value, tuple):
        return _field(5, _text(1, name) + b"".join(_number(8, one) for one in value) + _number(20, 7))
    if isinstance(value, int):
        return _field(5, _text(1, name) + _number(3, value) + _number(20, 2))
    return _field(5, _text(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _number(20, 1))


def _text(field: int, text: str) -> bytes:
    return _field(field, text.encode())


def _field(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    made.append(value)
    return bytes(made)
