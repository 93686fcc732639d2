"""The encoder as an ONNX graph: from the embedded pieces of one text to their mean, the weights in their 4 bits."""

from collections.abc import Iterator, Sequence

import numpy as np

from core.language.e5.onnx import CONTRIBUTED, constant, model, node
from core.language.e5.weights import BLOCK, E5Weights, split_blocks

INPUT, OUTPUT = "pieces", "mean"
_EPSILON = 1e-12
_IN_BYTES = 4  # the accuracy level at which activations are rounded to 8 bits, a scale for each 32


def encoder(weights: E5Weights) -> bytes:
    """The model's file; its input has the shape (1, pieces, width)."""
    parts = list(_parts(weights))
    return model(parts, (INPUT, (1, "length", weights.width)), (OUTPUT, (1, weights.width)))


def _parts(weights: E5Weights) -> Iterator[bytes]:
    yield constant("thirds", np.full(3, weights.width, dtype=np.int64))
    yield from _floats(weights, "emb.ln.w", "emb.ln.b")
    yield node("LayerNormalization", [INPUT, "emb.ln.w", "emb.ln.b"], "l0.in", epsilon=_EPSILON)
    for at in range(weights.layers):
        yield from _layer(weights, f"l{at}.", f"l{at + 1}.in")
    yield node("ReduceMean", [f"l{weights.layers}.in"], OUTPUT, keepdims=0, axes=(1,))


def _layer(weights: E5Weights, name: str, gives: str) -> Iterator[bytes]:
    width, inner = weights.width, weights.inner
    yield from _floats(weights, *(name + part for part in ("aln.w", "aln.b", "oln.w", "oln.b")))
    yield from _multiplied(weights, name, ("q", "k", "v"), f"{name}in", width, 3 * width)
    yield node("Split", [f"{name}qkv", "thirds"], [f"{name}q", f"{name}k", f"{name}v"], axis=2)
    attended = [f"{name}q", f"{name}k", f"{name}v"]
    yield node("MultiHeadAttention", attended, f"{name}context", CONTRIBUTED, num_heads=weights.heads)
    yield from _multiplied(weights, name, ("ao",), f"{name}context", width, width)
    yield _added(f"{name}in", f"{name}ao", f"{name}aln", f"{name}between")
    yield from _multiplied(weights, name, ("fi",), f"{name}between", width, inner)
    yield node("Gelu", [f"{name}fi"], f"{name}curved", CONTRIBUTED)
    yield from _multiplied(weights, name, ("fo",), f"{name}curved", inner, width)
    yield _added(f"{name}between", f"{name}fo", f"{name}oln", gives)


def _added(one: str, other: str, norm: str, gives: str) -> bytes:
    takes = [one, other, f"{norm}.w", f"{norm}.b"]
    return node("SkipLayerNormalization", takes, gives, CONTRIBUTED, epsilon=_EPSILON)


def _floats(weights: E5Weights, *names: str) -> Iterator[bytes]:
    for name in names:
        yield constant(name, weights.floats(name))


def _multiplied(
    weights: E5Weights, layer: str, names: Sequence[str], takes: str, width: int, gives: int
) -> Iterator[bytes]:
    """A product with one or more matrices at once; ORT wants neighbours in a byte, the file has halves of a block."""
    blocks = np.concatenate([weights.blocks(f"{layer}{name}.w", width) for name in names])
    scales, numbers = split_blocks(blocks)
    made = layer + "".join(names)
    yield constant(f"{made}.w", numbers[..., 0::2] | numbers[..., 1::2] << 4)
    yield constant(f"{made}.s", scales.reshape(-1))
    yield constant(f"{made}.b", np.concatenate([weights.floats(f"{layer}{name}.b") for name in names]))
    inputs = [takes, f"{made}.w", f"{made}.s", "", "", f"{made}.b"]
    sizes = {"K": width, "N": gives, "bits": 4, "block_size": BLOCK, "accuracy_level": _IN_BYTES}
    yield node("MatMulNBits", inputs, made, CONTRIBUTED, **sizes)
