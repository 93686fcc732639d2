"""Mending text that a page's layout has cut up."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from core.language.normalise import clean

EAST_ASIAN = "\u2e80-\u2fdf\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60“”‘’…—·"  # written without spaces

# Fonts made for Chinese often map a character back to the radical of the same shape, which no search would find.
_RADICALS = str.maketrans(
    "⺁⺇⺋⺍⺗⺟⺠⺩⺫⺮⺼⻁⻄⻅⻆⻇⻈⻉⻋⻌⻐⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂几㔾小心母民王目竹月虎西见角角讠贝车辶钅長镸长门青韦页风飞食饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
_PRESENTATION = re.compile("[\u2f00-\u2fd5\ufb00-\ufb06]+")  # whole radicals, Latin ligatures
_BLANKS = re.compile(r"[^\S\n]+")
_SPACED_OUT = re.compile(rf"(?<![{EAST_ASIAN}])(?:[\u3400-\u9fff] ){{3,}}[\u3400-\u9fff](?![{EAST_ASIAN}])")
_HYPHENATED = re.compile(r"([^\W\d_]{2,})[-\u2010]$")
_EAST_ASIAN = re.compile(f"[{EAST_ASIAN}]")

_LONGEST_WORD = 40


def tidy(text: str) -> str:
    """Clean text in which every blank is one space; line breaks stay. Characters keep their form but for radicals."""
    kept = clean(text).translate(_RADICALS)
    kept = _PRESENTATION.sub(lambda match: unicodedata.normalize("NFKC", match.group()), kept)
    return _SPACED_OUT.sub(lambda match: match.group().replace(" ", ""), _BLANKS.sub(" ", kept))


def join_lines(lines: Iterable[str], is_word: Callable[[str], bool] = lambda _: False) -> str:
    """One paragraph from its lines, which may end in a space that was set there.

    Chinese joins without a space; a word cut by a hyphen is mended, unless ``is_word`` knows it written with one.
    """
    whole = ""
    for line in lines:
        whole = _joined(whole, line, is_word)
    return whole.strip()


def _joined(whole: str, line: str, is_word: Callable[[str], bool]) -> str:
    left, right = whole.rstrip(), line.lstrip()
    if not left or not right:
        return left + right
    cut = _HYPHENATED.search(left[-_LONGEST_WORD:])
    if cut and right[0].islower():
        rest = re.match(r"\w+", right)
        compound = f"{cut.group(1)}-{rest.group() if rest else ''}".casefold()
        return (left if is_word(compound) else left[:-1]) + right
    if left[-1] in "-/" and not left.endswith(" -"):
        return left + right
    spaced = left != whole or right != line
    east_asian = (_EAST_ASIAN.match(left[-1]) is not None, _EAST_ASIAN.match(right[0]) is not None)
    if all(east_asian) or (any(east_asian) and not spaced):
        return left + right
    return f"{left} {right}"
