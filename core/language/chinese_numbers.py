"""Reading Chinese numerals, alone or mixed with digits: 三千五, 12万5千, 二〇二六, 七八十."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

DIGITS: Mapping[str, int] = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "壹": 1, "贰": 2, "叁": 3, "参": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9, "幺": 1,
}  # fmt: skip
MAGNITUDES: Mapping[str, int] = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "亿": 10**8,
    "拾": 10,
    "佰": 100,
    "仟": 1000,
}
_SHORT: Mapping[str, str] = {"廿": "二十", "卅": "三十"}
_PIECE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|.")
_LONGEST = 32
_TWICE = frozenset({"一一", "两两"})  # a slip of the finger: nobody reads digits out like that

D = "零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
M = "十百千万亿拾佰仟"
DIGIT = f"[{D}]"
MAGNITUDE = f"[{M}]"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a numeral says; with ``upper`` where it names two neighbours (七八箱, 十七八, 三五百)."""

    value: Decimal
    upper: Decimal | None = None


def read(text: str) -> Reading | None:
    """The number a run of numerals and digits stands for; None where it is no well-formed number."""
    for short, spelled in _SHORT.items():
        text = text.replace(short, spelled)
    if not text or len(text) > _LONGEST:
        return None
    if "点" in text:
        return _decimal(text)
    pair = _neighbours(text)
    if pair is not None:
        low, high = (_evaluate(_PIECE.findall(side)) for side in pair)
        return Reading(low, high) if low is not None and high is not None and low < high else None
    value = None if text in _TWICE else _evaluate(_PIECE.findall(text))
    return None if value is None else Reading(value)


def _decimal(text: str) -> Reading | None:
    whole, _, fraction = text.partition("点")
    digits = "".join(str(DIGITS[char]) for char in fraction if char in DIGITS)
    magnitude = fraction.lstrip("".join(DIGITS))
    reading = read(whole)
    if reading is None or reading.upper is not None or not digits or len(magnitude) > 1:
        return None
    if magnitude and magnitude not in MAGNITUDES:
        return None
    return Reading((reading.value + Decimal(f"0.{digits}")) * MAGNITUDES.get(magnitude, 1))


def _neighbours(text: str) -> tuple[str, str] | None:
    """The two readings of a numeral with one pair of adjacent digits that follow each other (or 三五)."""
    pairs = [
        at
        for at in range(len(text) - 1)
        if text[at] in DIGITS and text[at + 1] in DIGITS and 0 < DIGITS[text[at]] < DIGITS[text[at + 1]]
    ]
    if len(pairs) != 1 or (len(text) > 2 and not set(text) & MAGNITUDES.keys()):
        return None
    at = pairs[0]
    if DIGITS[text[at + 1]] - DIGITS[text[at]] != 1 and text[at : at + 2] != "三五":
        return None
    return text[: at + 1] + text[at + 2 :], text[:at] + text[at + 1 :]


def _evaluate(pieces: list[str]) -> Decimal | None:
    if len(pieces) > 1 and all(piece in DIGITS for piece in pieces):
        return Decimal("".join(str(DIGITS[piece]) for piece in pieces))
    total = section = Decimal(0)  # 万 and 亿 close a section
    number: Decimal | None = None
    last = limit = 10**12  # each magnitude must be smaller than the one before, within its section
    after_zero = False
    for at, piece in enumerate(pieces):
        if piece in MAGNITUDES:
            magnitude = MAGNITUDES[piece]
            if magnitude >= 10**4:
                if magnitude >= limit or (number is None and section == 0):
                    return None
                total, section, limit, last = (
                    total + (section + (number or 0)) * magnitude,
                    Decimal(0),
                    magnitude,
                    magnitude,
                )
            else:
                if magnitude >= last or (number is None and (magnitude != 10 or (at and not after_zero))):
                    return None
                section, last = section + (1 if number is None else number) * magnitude, magnitude
            number, after_zero = None, False
        elif number is not None:
            return None
        elif piece in "零〇" and pieces[at + 1 :]:
            after_zero = True
        else:
            number = Decimal(DIGITS[piece]) if piece in DIGITS else Decimal(piece.replace(",", ""))
    if number is not None and len(pieces) > 1 and not after_zero and last > 10 and number < 10 and number % 1 == 0:
        number *= last // 10  # 三千五, 12万5
    return total + section + (number or 0)
