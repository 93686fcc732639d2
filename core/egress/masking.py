"""Names, phones, tax numbers and prices as placeholders that can be put back: ⟦price-1⟧."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

KINDS = ("names", "phones", "tax", "prices")
STANDS: Mapping[str, str] = {"names": "name", "phones": "phone", "tax": "tax", "prices": "price"}
PLACEHOLDER = re.compile(r"[⟦\[【] ?(name|phone|tax|price)[- _](\d{1,4}) ?[⟧\]】]", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\d-])(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d-])|(?<![\d-])0\d{2,3}[- ]?\d{7,8}(?![\d-])"
    r"|(?<![\d-])400[- ]?\d{3}[- ]?\d{4}(?![\d-])|\+\d{1,3}[- ]\d[\d -]{6,14}\d|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
_TAX = re.compile(r"(?<![0-9A-Za-z-])(?:[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}|\d{15,19})(?![0-9A-Za-z-])")
_AMOUNT = r"\d[\d,]*(?:\.\d+)?"
_PRICE = re.compile(
    rf"(?:CN|US|HK|S)?[¥￥$€£] ?-?{_AMOUNT}(?: ?[万亿千kKwW](?![a-z]))?"
    rf"|(?<![A-Za-z])(?:CNY|RMB|USD|EUR|HKD) ?{_AMOUNT}"
    rf"|{_AMOUNT} ?[万亿千kKwW]? ?(?:元|块钱?|(?:yuan|CNY|RMB|USD|EUR|HKD|dollars?)(?![A-Za-z]))(?:\d毛?)?"
    r"|[零一二两三四五六七八九十百千万亿]+(?:元|块钱?)"
)


@dataclass
class Mask:
    """One turn's. The same thing always has the same placeholder; ``counts`` says what went out how."""

    shared: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _placeholders: dict[tuple[str, str], str] = field(default_factory=dict)
    _originals: dict[str, str] = field(default_factory=dict)

    def hide(self, text: str) -> str:
        """The text as it may go out."""
        if not text:
            return text
        for kind, pattern in (("tax", _TAX), ("phones", _PHONE), ("prices", _PRICE), ("names", _names(self.names))):
            if pattern is not None:
                text = pattern.sub(self._stand_in(kind), text)
        return text

    def reveal(self, text: str) -> str:
        """What came back, with the originals; a placeholder that was never given stays as it is."""
        return PLACEHOLDER.sub(lambda found: self._originals.get(_key(found), found.group()), text)

    def hide_all(self, value: Any) -> Any:
        """Every string within plain JSON."""
        return _each(value, self.hide)

    def reveal_all(self, value: Any) -> Any:
        """Every string within plain JSON."""
        return _each(value, self.reveal)

    def fields(self) -> dict[str, dict[str, int]]:
        """The log of a call: kind → how many were masked and how many sent as they are; then counting starts anew."""
        log: dict[str, dict[str, int]] = {}
        for (kind, how), count in sorted(self.counts.items()):
            log.setdefault(kind, {})[how] = count
        self.counts.clear()
        return log

    def _stand_in(self, kind: str) -> Callable[[re.Match[str]], str]:
        def stand_in(found: re.Match[str]) -> str:
            if kind in self.shared:
                self.counts[kind, "sent"] += 1
                return found.group()
            self.counts[kind, "masked"] += 1
            return self._placeholder(kind, found.group())

        return stand_in

    def _placeholder(self, kind: str, original: str) -> str:
        known = self._placeholders.get((kind, original))
        if known is not None:
            return known
        number = 1 + sum(one == kind for one, _ in self._placeholders)
        made = f"⟦{STANDS[kind]}-{number}⟧"
        self._placeholders[kind, original] = made
        self._originals[f"{STANDS[kind]}-{number}"] = original
        return made


def shared_kinds(setting: str) -> frozenset[str]:
    """The setting's words; an unknown one raises ValueError."""
    kinds = frozenset(word.strip().lower() for word in setting.split(",") if word.strip())
    if unknown := kinds - set(KINDS):
        raise ValueError(f"{', '.join(sorted(unknown))}: only {', '.join(KINDS)} can be shared")
    return kinds


def _key(found: re.Match[str]) -> str:
    return f"{found[1].lower()}-{int(found[2])}"


@lru_cache(maxsize=64)
def _names(names: tuple[str, ...]) -> re.Pattern[str] | None:
    ordered = sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name))
    if not ordered:
        return None
    return re.compile("|".join(map(_whole, ordered)), re.IGNORECASE)


def _whole(name: str) -> str:
    escaped = re.escape(name)
    return rf"(?<![A-Za-z]){escaped}(?![A-Za-z])" if name.isascii() else escaped


def _each(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each(inner, change) for key, inner in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [_each(inner, change) for inner in value]
    return value
