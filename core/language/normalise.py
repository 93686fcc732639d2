"""Text as it is stored (``clean``) and as it is compared (``fold``)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_MARKS_KEPT = 8  # in a row; longer runs are decoration, and sorting them into NFC takes quadratic time
_CLUSTER = re.compile(
    r"[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+"  # Hangul letters, which compose into syllables
    r"|.[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff"
    r"\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f\uff9e\uff9f]*",
    re.DOTALL,
)
_KEPT_CONTROLS = frozenset("\n\t")
_SPELLED_OUT: Mapping[str, str] = {
    "٫": ".",
    "٬": ",",
    "−": "-",
    "–": "-",
    "—": "-",
    "⁄": "/",
    "〜": "~",
    "’": "'",
    "‘": "'",
    "帳": "账",
    "帐": "账",
}
_WIDE = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "＇．－＿＂"))
_NARROW: Mapping[int, int] = {wide: wide - 0xFEE0 for wide in _WIDE}
_IN_BOTH = frozenset("乾著藉覆徵瞭夥餘沈於锺")
_KEPT_SYMBOLS = frozenset("°")


def narrow(text: str) -> str:
    """Letters and digits of full width as they usually are, with what joins them; other marks stay."""
    return text.translate(_NARROW)


def clean(text: str) -> str:
    """NFC without NUL, lone surrogates, controls (but newline and tab), directional and zero-width marks."""
    if text.isascii() and text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept: list[str] = []
    marks = 0
    for char in lines:
        category = "Lu" if char.isalnum() else unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > _MARKS_KEPT or (_is_invisible(char, category) and char not in _KEPT_CONTROLS):
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def _is_invisible(char: str, category: str) -> bool:
    blank_hangul = char in "\u115f\u1160\u3164\uffa0"
    no_character = category == "Cn" and (ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef")
    return category in {"Cc", "Cf", "Cs"} or blank_hangul or no_character


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text whose every character knows which stretch of the original it came from."""

    text: str
    original: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the original."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.original)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def without(self, pattern: re.Pattern[str]) -> "Folded":
        """The same with what the pattern matches left out."""
        cut = {at for match in pattern.finditer(self.text) for at in range(match.start(), match.end())}
        if not cut:
            return self
        kept = [at for at in range(len(self.text)) if at not in cut]
        return Folded(
            "".join(self.text[at] for at in kept),
            self.original,
            tuple(self.starts[at] for at in kept),
            tuple(self.ends[at] for at in kept),
        )


def fold(text: str) -> str:
    """For matching: NFKC, caseless, half width, simplified characters, one space for any white space or emoji."""
    return folded(text).text


@lru_cache(maxsize=256)
def folded(text: str) -> Folded:
    """``fold`` with the way back to the original's offsets; a sentence is looked at for numbers, times and names."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gap = False
    for match in _CLUSTER.finditer(text):
        for char in _fold_cluster(match.group()[:16]):
            if char == " ":
                gap = True
                continue
            if gap and chars:
                chars.append(" ")
                starts.append(min(ends[-1], match.start()))
                ends.append(match.start() if ends[-1] < match.start() else match.end())
            gap = False
            chars.append(char)
            starts.append(match.start())
            ends.append(match.end())
    return Folded("".join(chars), text, tuple(starts), tuple(ends))


def is_traditional(text: str) -> bool:
    """Whether more characters are written only in traditional Chinese than only in simplified."""
    return leaning(text) > 0


def leaning(text: str) -> int:
    """How many more characters are traditional only than simplified only; 0 for what both write alike."""
    traditional = sum(_simplified().get(char, char) != char and char not in _IN_BOTH for char in text)
    return traditional - sum(char in _simplified_only() for char in text)


@lru_cache(maxsize=1 << 14)
def _fold_cluster(cluster: str) -> str:
    if len(cluster) == 1 and cluster.isascii():
        return cluster.lower() if cluster.isprintable() else " " if cluster.isspace() else ""
    caseless = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    spaced = " " + caseless if "⁄" in caseless else caseless  # 1½ is 1 1/2, not 11/2
    return "".join(_fold_char(char) for char in spaced)


def _fold_char(char: str) -> str:
    if char.isspace():
        return " "
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char in _SPELLED_OUT:
        return _SPELLED_OUT[char]
    category = unicodedata.category(char)
    if category in {"So", "Sk", "Cn"} and char not in _KEPT_SYMBOLS:
        return char if char in "^`" else " "
    if category in {"Cc", "Cf", "Cs", "Co"} or "\ufe00" <= char <= "\ufe0f" or char == "\u20e3":
        return ""
    return _simplified().get(char, char)


def simplified(text: str) -> str:
    """In simplified characters, as many as before, so that places stay the same."""
    return text.translate(_simplifying())


@cache
def _simplifying() -> Mapping[int, str]:
    return {ord(char): target for char, target in _simplified().items() if len(target) == 1}


@cache
def _simplified() -> Mapping[str, str]:
    """Traditional → simplified, one character for one; from OpenCC's table (Apache-2.0)."""
    return {traditional: targets[0] for traditional, targets in _table("TSCharacters") if len(traditional) == 1}


@cache
def _simplified_only() -> frozenset[str]:
    """Characters that no traditional text holds, in Taiwan's forms."""
    taiwan = {char: targets[0] for char, targets in _table("TWVariants")}
    pairs = ((char, {taiwan.get(target, target) for target in targets}) for char, targets in _table("STCharacters"))
    return frozenset(char for char, targets in pairs if char not in targets)


def _table(name: str) -> list[tuple[str, list[str]]]:
    text = files("opencc").joinpath(f"dictionary/{name}.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if "\t" in line)
    return [(char, targets.split()) for char, targets in pairs]
