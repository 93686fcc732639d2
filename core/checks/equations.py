"""Arithmetic that is written out from its first number to what it comes to, and proves itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from core.checks.rounding import step_of
from core.checks.said import Said, Spoken
from core.checks.view import View
from core.checks.vocabulary import Vocabulary

UNIT = r" ?(?:元|块|箱|瓶|yuan|rmb|cases?|bottles?)?,? ?"
SIGNS = (
    (
        "=",
        re.compile(
            rf"{UNIT}\)? ?(?:[=≈]|约?等于|(?:也)?就是|(?<=%)(?:是|得)|(?:正好|刚好|恰好|一共|合计"
            rf"|共计)(?:是|等于|为)?|equals|comes to|gives) ?(?:约|about"
            rf"|roughly)? ?(?:cn|us)?"
        ),
    ),
    ("+", re.compile(rf"{UNIT}(?:\+|加上?|plus) ?(?:\d{{1,2}}月份?的?|[\u4e00-\u9fff]{{1,6}}的|[a-z]+'s )?(?:cn|us)?")),
    ("-", re.compile(rf"{UNIT}(?:[−–-]|减去?|minus|less(?! than)) ?(?:cn|us)?")),
    ("×", re.compile(rf"{UNIT}(?:[×x*]|乘以?|times) ?(?:cn|us)?")),
    ("÷", re.compile(rf"{UNIT}(?:[÷/]|除以|divided by) ?(?:cn|us)?")),
)
OPENED = re.compile(rf"{UNIT}[(（] ?(?:= ?|即|也就是)?(?:cn|us)?")
PHRASE = re.compile(r"[,，;；。()（）]")
HUNDRED, CENT = Decimal(100), Decimal("0.01")
LEAST_AMOUNT = 1000


@dataclass(frozen=True, slots=True)
class Equation:
    """The places of what is reckoned with, the signs between, and the place of what it comes to."""

    places: tuple[int, ...]
    signs: tuple[str, ...]
    result: int


def equations_in(said: Said) -> Iterator[Equation]:
    """Every a + b = c; of a = b + c = d the last part, and of a + b = c = d the first; c (a + b) too."""
    signs = [_sign(said, place) for place in range(len(said.numbers) - 1)]
    start = 0
    for place, sign in enumerate([*signs, ""]):
        if sign == "=" and place > start:
            yield Equation(tuple(range(start, place + 1)), tuple(signs[start:place]), place + 1)
        elif not sign and place > start > 0 and _opens(said, start):
            yield Equation(tuple(range(start, place + 1)), tuple(signs[start:place]), start - 1)
        if sign in {"", "="}:
            start = place + 1


def proved(said: Said, view: View, vocabulary: Vocabulary) -> frozenset[int]:
    """The places of numbers in equations that come out, of figures in view or of the reader's own numbers.

    What a multiplication or a division comes to must be a figure by itself: 3% of what earns 1% is true and no rebate.
    What stands before an equation must be what the figure that it comes to is called.
    """
    found: set[int] = set()
    for one in equations_in(said):
        operands = [said.numbers[place] for place in one.places]
        if not all(_known(operand, view) for operand in operands) or not _comes_out(one, said):
            continue
        known = _known(said.numbers[one.result], view)
        if known or not set(one.signs) & {"×", "÷"}:
            called = one.result > one.places[0] and (not known or _is_called(one, said, view, vocabulary))
            found |= {*one.places, one.result} if called else {*one.places}
    return frozenset(found)


def miscalled(said: Said, view: View, vocabulary: Vocabulary) -> frozenset[int]:
    """The places of figures that an equation comes to under another's name."""
    return frozenset(
        one.result
        for one in equations_in(said)
        if one.result > one.places[0] and not _is_called(one, said, view, vocabulary)
    )


def _is_called(equation: Equation, said: Said, view: View, vocabulary: Vocabulary) -> bool:
    """Whether the words before it, if any name a figure, name what it begins with or what it comes to."""
    first, result = said.numbers[equation.places[0]], said.numbers[equation.result]
    named = vocabulary.strong(vocabulary.cues(PHRASE.split(said.text[: first.number.span[0]])[-1]), result.kind)
    if any(named & fact.cues for fact in view.facts.get(abs(first.number.value), ())):
        return True
    facts = view.facts.get(abs(result.number.value), ())
    return not named or not facts or any(named & fact.cues for fact in facts)


def _opens(said: Said, place: int) -> bool:
    """Whether a bracket opens between a number and the one before it."""
    one, other = said.numbers[place - 1 : place + 1]
    return bool(OPENED.fullmatch(said.text[one.number.span[1] : other.number.span[0]]))


def _sign(said: Said, place: int) -> str:
    one, other = said.numbers[place : place + 2]
    between = said.text[one.number.span[1] : other.number.span[0]]
    if other.number.value < 0 and re.fullmatch(UNIT, between):
        return "-"
    return next((sign for sign, pattern in SIGNS if pattern.fullmatch(between)), "")


def _known(one: Spoken, view: View) -> bool:
    """A figure in view, as it is rounded here, or a number of the reader's."""
    value = abs(one.number.value)
    if value in view.facts or any(value == other.number.value for other in view.said_numbers):
        return True
    return _is_rounded(one) and any(abs(value - figure) <= _slack(one) for figure in view.facts)


def _is_rounded(one: Spoken) -> bool:
    """Whether digits may be left out: of amounts, and of what is as large or as precise as amounts are."""
    value = one.number.value
    return one.kind == "money" or (
        one.kind == "quantity" and not one.unit and (value >= LEAST_AMOUNT or value % 1 != 0)
    )


def _slack(one: Spoken) -> Decimal:
    return step_of(one.shown, abs(one.number.value)) / 2


def _comes_out(equation: Equation, said: Said) -> bool:
    """Whether it holds for numbers that round to those that are shown."""
    operands = [said.numbers[place] for place in equation.places]
    result = said.numbers[equation.result]
    values = [_value(one) for one in operands]
    spread = [_slack(one) if _is_rounded(one) and one.number.value % 1 == 0 else Decimal(0) for one in operands]
    least, most = (
        _reckoned([value + way * off for value, off in zip(values, spread, strict=True)], equation.signs)
        for way in (-1, 1)
    )
    if least is None or most is None:
        return False
    off, told = _slack(result), _value(result)
    low, high = sorted((least, most))
    return low.quantize(CENT, ROUND_FLOOR) - off <= told <= high.quantize(CENT, ROUND_CEILING) + off


def _value(one: Spoken) -> Decimal:
    """Without a sign, which stands between it and the number before."""
    return abs(one.number.value) / (HUNDRED if one.kind == "percent" else 1)


def _reckoned(values: Sequence[Decimal], signs: Sequence[str]) -> Decimal | None:
    """Multiplications first."""
    total, product, sign = Decimal(0), values[0], "+"
    for between, value in zip(signs, values[1:], strict=True):
        if between in {"×", "÷"}:
            if between == "÷" and not value:
                return None
            product = product * value if between == "×" else product / value
            continue
        total += product if sign == "+" else -product
        product, sign = value, between
    return total + (product if sign == "+" else -product)
