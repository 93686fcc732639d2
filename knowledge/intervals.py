"""Rows of a table that name a range, 「满 300,000 元」 or "16 to 30 days", and the one that a number falls in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.language.normalise import fold
from core.language.numerals import find_numbers

_DAYS: Mapping[str, int] = {
    "天": 1,
    "日": 1,
    "day": 1,
    "周": 7,
    "week": 7,
    "月": 30,
    "month": 30,
    "年": 365,
    "year": 365,
}
_UNIT = r"个?(?P<unit>工作日|[天日周月年元块箱件%]|days?|weeks?|months?|years?|cases?|boxes|yuan)"
_NUMBER = rf"(?P<sign>[¥￥])? ?(?P<number>\d[\d,]*(?:\.\d+)?) ?(?P<scale>万)? ?(?:{_UNIT})?"
_FROM = r"不少于|不低于|满|超过|大于|高于|超|from|more than|above|over|at least"
_TO = r"不超过|不满|不足|不到|低于|小于|up to|less than|below|under"
_BOUND = re.compile(rf"(?P<word>{_TO}|{_FROM})? ?{_NUMBER}(?P<after> ?(?:及|含)?以[上下]| ?不到| or more)?")
_RANGE = re.compile(r"\d ?[天元箱%]?(?:～|~|-|至| to )[¥￥]? ?\d")
_STRICT = frozenset(
    ("超过", "大于", "高于", "超", "more than", "above", "over", "不满", "不足", "不到", "低于", "小于")
)
_STRICT_EN = frozenset(("less than", "below", "under"))
_MOST = Decimal("1e15")
_CELLS = re.compile(r"; ?| \| ")  # as folding leaves them
_HAIR = Decimal("0.0001")
_MONEY_AT_LEAST = 10_000
MORE = re.compile(
    r"(?:超过?|多于|高于|大于|over|more than|above|beyond|exceeding|past) ?(?:[¥￥] ?)?$"
)  # 「超一个月」 is a day more than a month
MORE_AFTER = re.compile(r" ?(?:往上|朝上|再往上|开外|and (?:up|above|over|beyond)(?![a-z]))")
LESS = re.compile(r"(?:不到|不满|less than|under) ?$")
LESS_AFTER = re.compile(r"不到|以内|之内")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in one of four measures: money, cases, days, percent."""

    measure: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Interval:
    """What a row covers, both ends included."""

    measure: str
    low: Decimal
    high: Decimal

    def holds(self, amount: Amount) -> bool:
        """Whether the amount falls in it."""
        return self.measure == amount.measure and self.low <= amount.value <= self.high


def amounts_in(question: str) -> list[Amount]:
    """The question's numbers with a measure; one above ten thousand without a unit is money."""
    folded = fold(question)
    found = []
    for number in find_numbers(folded):
        start, end = number.span
        behind = re.match(rf" ?{_UNIT}", folded[end:])
        tail = behind or re.search(rf"{_UNIT}$", folded[start:end])
        unit = tail["unit"] if tail else ""
        money = not unit and (number.value >= _MONEY_AT_LEAST or folded[max(0, start - 1) : start] in {"¥", "￥"})
        amount = _amount(number.value, "元" if money else unit)
        if amount:
            after = folded[end + (behind.end() if behind else 0) :]
            more = "多" in folded[start:end] or MORE.search(folded[:start]) or MORE_AFTER.match(after)
            less = LESS_AFTER.match(after) or LESS.search(folded[:start])
            step = Decimal(1) if amount.measure in {"days", "cases"} else _HAIR * 10
            found.append(Amount(amount.measure, amount.value + (step if more else -step if less else 0)))
    return found


def best_rows(question: str, rows: Sequence[str]) -> Mapping[int, bool]:
    """Of a table's rows, by place: True for the one that a number of the question falls in, False for its rivals."""
    amounts = amounts_in(question)
    intervals = {place: interval for place, row in enumerate(rows) if (interval := interval_of(row))} if amounts else {}
    for amount in amounts:
        rivals = {place: one for place, one in intervals.items() if one.measure == amount.measure}
        inside = [place for place, one in rivals.items() if one.holds(amount)]
        if inside:
            best = max(inside, key=lambda place: rivals[place].low)
            return {place: place == best for place in rivals}
    return {}


def interval_of(row: str) -> Interval | None:
    """The range that the first cell with one names."""
    for cell in _CELLS.split(fold(row)):
        heading, _, named = cell.partition(":")
        bounds = list(_bounds(named or cell))
        if bounds:
            measure = next((measure for measure, _, _ in bounds if measure), "") or _measure_of(heading)
            low = max((low for _, low, _ in bounds), default=Decimal(0))
            high = min((high for _, _, high in bounds), default=_MOST)
            if measure:
                return Interval(measure, low, high)
    return None


def _bounds(cell: str) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Each bound of a cell: measure ("" where none is named), least, most."""
    is_range = _RANGE.search(cell) is not None
    found = list(_BOUND.finditer(cell))
    for place, match in enumerate(found):
        amount = _amount(_decimal(match), "元" if match["sign"] else match["unit"] or "")
        measure, value = (amount.measure, amount.value) if amount else ("", _decimal(match))
        word, after = match["word"] or "", (match["after"] or "").strip()
        hair = _HAIR if word in _STRICT or word in _STRICT_EN or after == "不到" else Decimal(0)
        if is_range and not word:
            unit = next((one["unit"] for one in found if one["unit"]), "")
            shared = _amount(_decimal(match), "元" if match["sign"] else unit)
            yield (shared.measure, shared.value, _MOST) if shared and not place else (measure, Decimal(0), value)
        elif re.fullmatch(_TO, word) or after in {"及以下", "以下", "不到"}:
            yield measure, Decimal(0), value - hair
        elif word or after:
            yield measure, value + hair, _MOST


def _decimal(match: re.Match[str]) -> Decimal:
    return Decimal(match["number"].replace(",", "")) * (10_000 if match["scale"] else 1)


def _amount(value: Decimal, unit: str) -> Amount | None:
    if unit == "工作日":
        return Amount("days", value)
    single = unit if len(unit) == 1 else unit.rstrip("s")
    if single in _DAYS:
        return Amount("days", value * _DAYS[single])
    measure = _measure_of(unit)
    return Amount(measure, value) if measure else None


def _measure_of(words: str) -> str:
    for measure, pattern in (
        ("percent", "%|幅度"),
        ("money", "元|块|金额|yuan|¥"),
        ("cases", "箱|件|case|box"),
        ("days", "天|day"),
    ):
        if re.search(pattern, words):
            return measure
    return ""
