"""The figures of a sentence that a contract bargains about: days, money, rates, amounts of goods."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.contracts.reckoning import NUMBER, number
from core.language.english_numbers import find_words


class Unit(StrEnum):
    """Of what there is more or less."""

    TIME = "time"
    MONEY = "money"
    RATE = "rate"
    GOODS = "goods"


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` is in days, in the currency's own unit, in per cent or in pieces; ``text`` is how it is written."""

    unit: Unit
    value: Decimal
    start: int
    text: str

    @property
    def written(self) -> str:
        """As it is shown: without half a bracket."""
        return (self.text if "(" in self.text else self.text.replace(")", "", 1)).strip()


_BRACKETED = r"(?:\s*[（(][^）)]{1,12}[）)])?"
_DAYS: Mapping[str, int] = {
    "年": 365,
    "月": 30,
    "周": 7,
    "星期": 7,
    "季": 91,
    "year": 365,
    "month": 30,
    "week": 7,
    "quarter": 91,
}
_SHARES: Mapping[str, Decimal] = {
    "万分之": Decimal("0.01"),
    "千分之": Decimal("0.1"),
    "百分之": Decimal(1),
    "‰": Decimal("0.1"),
}
_SCALES: Mapping[str, int] = {"万": 10**4, "亿": 10**8, "千": 10**3, "million": 10**6, "thousand": 10**3}
_PATTERN = re.compile(
    rf"(?P<share>万分之|千分之|百分之)\s*(?P<n1>{NUMBER})"
    rf"|(?P<n2>\d+(?:\.\d+)?)\s*(?P<rate>[%％‰]|per ?cent\b)"
    rf"|(?P<n3>{NUMBER}){_BRACKETED}\s*个?\s*(?:工作|自然|日历|公历)?(?P<time>日(?!期|常)|天|年|月|周|星期|季度)"
    r"|(?P<n4>\d+)[)）]?\s*(?:calendar |business |working |consecutive )?"
    r"(?P<period>days?|weeks?|months?|years?|quarters?)\b"
    rf"|(?P<n5>{NUMBER})\s*(?P<scale>亿|万|千)?\s*(?P<money>元|圆|美元|欧元|港元)"
    r"|(?P<sign>RMB|CNY|USD|US\$|EUR|HKD|[¥￥$€])\s*(?P<n6>\d[\d,]*(?:\.\d+)?)\s*(?P<scale2>million|thousand)?"
    rf"|(?P<n7>{NUMBER})\s*(?P<times>倍|成(?!为|立|本|交))"
    rf"|(?P<n8>{NUMBER})\s*(?P<scale3>万)?\s*(?P<goods>箱|件|吨|瓶|台|套|盒|包|只|支|公斤|千克|桶|袋|units?\b|cases?\b|tons?\b)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:\d{4}|[二〇○零一三四五六七八九]{4})\s*年(?:\s*[\d一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*[日号])?)?"
)


def quantities(text: str) -> list[Quantity]:
    """In order; dates are none, and numbers spelled in English count as digits."""
    blanked = _DATE.sub(lambda found: "\0" * len(found.group()), text)
    found = sorted([*_written(blanked), *_spelled(blanked)], key=lambda one: one.start)
    return [one for at, one in enumerate(found) if not at or one.start >= found[at - 1].start + len(found[at - 1].text)]


def _written(text: str) -> Iterator[Quantity]:
    for match in _PATTERN.finditer(text):
        value = next((number(part) for name, part in match.groupdict().items() if name[0] == "n" and part), None)
        if value is not None:
            unit, factor = _measure(match)
            yield Quantity(unit, value * factor, match.start(), match.group())


def _measure(match: re.Match[str]) -> tuple[Unit, Decimal]:
    given = match.groupdict()
    if share := given["share"] or given["rate"]:
        return Unit.RATE, _SHARES.get(share, Decimal(1))
    if given["times"]:
        return Unit.RATE, Decimal(100 if given["times"] == "倍" else 10)
    if period := given["time"] or given["period"]:
        return Unit.TIME, Decimal(next((days for name, days in _DAYS.items() if period.lower().startswith(name)), 1))
    scale = Decimal(_SCALES.get((given["scale"] or given["scale2"] or given["scale3"] or "").lower(), 1))
    return (Unit.GOODS if given["goods"] else Unit.MONEY), scale


_AFTER = re.compile(
    r"\s*(?:calendar |business |working )?(?P<unit>days?|weeks?|months?|years?|per ?cent|%)", re.IGNORECASE
)


def _spelled(text: str) -> Iterator[Quantity]:
    if not re.search("[A-Za-z]", text):
        return
    for word in find_words(text.lower()):
        after = _AFTER.match(text, word.end)
        if after is None:
            continue
        unit = after["unit"].lower()
        rate = unit.startswith(("per", "%"))
        days = next((each for name, each in _DAYS.items() if unit.startswith(name)), 1)
        factor = Decimal(1 if rate else days)
        yield Quantity(
            Unit.RATE if rate else Unit.TIME, word.value * factor, word.start, text[word.start : after.end()]
        )


def paired(before: Sequence[Quantity], after: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Figures of the same unit that stand for each other, where it is plain which do."""
    for unit in Unit:
        ours, theirs = ([one for one in group if one.unit is unit] for group in (before, after))
        if len(ours) != len(theirs):
            ours, theirs = _without_common(ours, theirs)
        if len(ours) == len(theirs):
            yield from ((one, other) for one, other in zip(ours, theirs, strict=True) if one.value != other.value)


def differ_in_figures_only(before: str, after: str) -> bool:
    """Whether the words around the figures are the same."""
    return _masked(before) == _masked(after)


def _masked(text: str) -> str:
    for one in reversed(quantities(text)):
        text = f"{text[: one.start]}{one.unit}{text[one.start + len(one.text) :]}"
    return "".join(text.split())


def _without_common(ours: list[Quantity], theirs: list[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    values = [{one.value for one in group} for group in (ours, theirs)]
    return [one for one in ours if one.value not in values[1]], [one for one in theirs if one.value not in values[0]]
