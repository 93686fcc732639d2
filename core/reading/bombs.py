"""Files that are small until they are unpacked."""

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_DICTIONARY = 600  # bytes before a stream in which its kind is written
_READ, _STEP = 1 << 16, 1 << 20
_ONE = 64 << 20
UNPACKED = 256 << 20  # bytes in a whole file


def inflates_too_far(data: bytes) -> bool:
    """Whether what a PDF packs grows beyond bounds; pictures don't count, nobody unpacks them here."""
    unpacked = 0
    for match in _STREAM.finditer(data):
        start = match.end()
        if not _is_packed(data[start : start + 2]) or _PICTURE.search(data, max(0, start - _DICTIONARY), start):
            continue
        size = _inflated(data, start)
        unpacked += size
        if size > _ONE or unpacked > UNPACKED:
            return True
    return False


def _is_packed(head: bytes) -> bool:
    """Whether these two bytes begin zlib's format."""
    return len(head) == 2 and head[0] & 0x0F == 8 and int.from_bytes(head) % 31 == 0


def _inflated(data: bytes, start: int) -> int:
    """Bytes that come out of the stream at ``start``, counted to just beyond the bound; once more if packed twice."""
    outer, inner = zlib.decompressobj(), zlib.decompressobj()
    size, place, rest = 0, start, b""
    twice: bool | None = None
    while size <= _ONE and not outer.eof:
        if not rest:
            rest, place = data[place : place + _READ], place + _READ
        try:
            chunk = outer.decompress(rest, _STEP)
        except zlib.error:
            break  # no stream after all, or damaged: what came out so far is what counts
        if not (chunk or rest):
            break
        rest = outer.unconsumed_tail
        twice = _is_packed(chunk[:2]) if twice is None else twice
        size += len(chunk) + (_poured(inner, chunk) if twice else 0)
    return size


def _poured(inner: "zlib._Decompress", chunk: bytes) -> int:
    size = 0
    try:
        while chunk and not inner.eof and size <= _ONE:
            size += len(inner.decompress(chunk, _STEP))
            chunk = inner.unconsumed_tail
    except zlib.error:
        return 0
    return size
