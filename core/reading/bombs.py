"""Files that are small until they are unpacked."""

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_DICTIONARY = 600  # bytes before a stream in which its kind is written
_STEP = 1 << 20
_ONE = 64 << 20
_ALL = 256 << 20


def inflates_too_far(data: bytes) -> bool:
    """Whether what a PDF packs grows beyond bounds; pictures don't count, nobody unpacks them here."""
    unpacked = 0
    for match in _STREAM.finditer(data):
        start = match.end()
        if data[start : start + 1] != b"\x78" or _PICTURE.search(data, max(0, start - _DICTIONARY), start):
            continue
        size = _inflated(data, start)
        unpacked += size
        if size > _ONE or unpacked > _ALL:
            return True
    return False


def _inflated(data: bytes, start: int) -> int:
    """Bytes that come out of the stream at ``start``, counted to just beyond the bound; once more if packed twice."""
    outer, inner = zlib.decompressobj(), zlib.decompressobj()
    size = 0
    view = memoryview(data)
    twice: bool | None = None
    try:
        chunk = outer.decompress(view[start : start + _STEP], _STEP)
        place = start + _STEP
        while chunk and size <= _ONE:
            twice = chunk[:1] == b"\x78" if twice is None else twice
            size += len(chunk) + (_poured(inner, chunk) if twice else 0)
            rest = outer.unconsumed_tail
            if outer.eof:
                break
            if not rest:
                rest, place = bytes(view[place : place + _STEP]), place + _STEP
            chunk = outer.decompress(rest, _STEP) if rest else b""
    except zlib.error:
        return size  # no stream after all, or damaged: what came out so far is what counts
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
