"""Bytes → text in the encodings that editors and spreadsheets write."""

import codecs
import unicodedata


def decoded(data: bytes) -> str | None:
    """The text in the encodings that editors write, Chinese Windows' among them; None where it is no text."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _plausible(data, encoding)
    return _plausible(data, "utf-8") or _plausible(data, "gb18030")


def _plausible(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    sample = text[:20_000]
    odd = sum(unicodedata.category(char) in {"Cc", "Cn", "Co", "Cs"} and char not in "\n\r\t\f" for char in sample)
    return text if odd <= max(2, len(sample) // 200) else None
