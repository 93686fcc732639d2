"""Whether arithmetic that is written out comes out."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from core.checks.equations import proved
from core.checks.pairs import offers_in
from core.checks.spoken import Said, Step
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.checks.wrong import Wrong

WHOLE = 100
HALF_POINT = Decimal("0.5")


def wrong_sums(said: Said, view: View, vocabulary: Vocabulary) -> Iterator[Wrong]:
    """Arithmetic that no result shows and that doesn't come out: ``a × b = c`` holds, or stands so in a result."""
    steps = said.steps
    shown = {said.numbers[place].number.value for place in (proved(said, view, vocabulary) if steps else ())}
    for place, step in enumerate(steps):
        if (
            step in view.steps
            or set(step[::2]) <= shown
            or step[::2] in offers_in(view)
            or (step[1] == "=" and _of_goods(step, said))
            or (step[1] == "+" and _of_goods(after_of(steps, place), said))
            or (step[1] in "×x*" and step[::-1] in {(one, sign, other) for one, sign, other in view.steps})
        ):
            continue
        before, after = steps[place - 1] if place else None, steps[place + 1] if place + 1 < len(steps) else None
        if step[1] == "=" and _goods_come_to(step[2], said, view):
            continue
        if not (step[1] == "=" and _holds(before, step)) and not _holds(step, after) and not _adds_up(step, said, view):
            yield Wrong(f"{step[0]} {step[1]} {step[2]} is worked out in no result")


def after_of(steps: Sequence[Step], place: int) -> Step | None:
    """The step behind one."""
    return steps[place + 1] if place + 1 < len(steps) else None


def _of_goods(step: Step | None, said: Said) -> bool:
    """10箱水 + 5箱茶 = ¥492.95: goods that come to an amount, which is checked by its name."""
    if step is None or step[1] != "=":
        return False
    goods = {one.number.value for one in said.numbers if one.unit == "case"}
    return step[0] in goods and any(one.kind == "money" and one.number.value == step[2] for one in said.numbers)


def _adds_up(step: Step, said: Said, view: View) -> bool:
    """Whether two figures come to a third that results give, or that the sentence tells."""
    told = {one.number.value for one in said.numbers}
    comes_to = _comes_to(*step)
    shared = (
        any(one.kind == "percent" and one.number.value == step[2] for one in said.numbers) and step[0] in view.headline
    )
    if step[1] == "×" and step[2] < WHOLE and (shared or _is_share(step, view, told)):
        return True
    if step[1] == "+" and step[0] in view.facts and any("free" in fact.cues for fact in view.facts.get(step[2], ())):
        return any(one.unit == "case" and one.number.value == step[2] for one in said.numbers)
    return {step[0], step[2]} <= view.facts.keys() and (comes_to in view.facts or comes_to in told)


def _goods_come_to(result: Decimal, said: Said, view: View) -> bool:
    """Whether all lines of goods, each with its cases, come to it: 10 cases of water + 5 of green tea = 492.95."""
    at = next((place for place, one in enumerate(said.numbers) if one.number.value == result), 0)
    lines = [one for one in said.numbers[:at] if one.kind == "quantity" and one.unit == "case"]
    for listing in view.listings:
        rows = [row for row in listing.rows if row.amounts]
        if listing.kind != "product" or len(lines) != at or len(rows) != at:
            continue
        fitting = all(
            any(f"{one.number.value}箱" in row.words or f"{one.number.value} case" in row.words for row in rows)
            for one in lines
        )
        if fitting and sum(row.amounts[-1] for row in rows) == result:
            return True
    return False


def _is_share(step: Step, view: View, told: set[Decimal]) -> bool:
    """14 % of 330,000, rounded, is a figure; whether it is told of the right one is checked where shares are."""
    whole, _, percent = step
    return bool(whole) and any(abs(value / whole * WHOLE - percent) <= HALF_POINT for value in view.facts.keys() | told)


def comes_to(place: int, said: Said, view: View) -> bool:
    """Whether a number is what figures of results come to in arithmetic that is written out; no rate of an amount."""
    value = said.numbers[place].number.value
    rates = {one.number.value for one in said.numbers if one.kind == "percent"}
    return any(
        _holds(one, other) and other[2] == value and {one[0], one[2]} <= view.facts.keys() and one[2] not in rates
        for one, other in pairwise(said.steps)
    )


def summand(place: int, said: Said) -> bool:
    """Whether a number stands in arithmetic that is written out and comes out."""
    value = said.numbers[place].number.value
    return any(_holds(one, other) and value in {*one[::2], other[2]} for one, other in pairwise(said.steps))


def _comes_to(first: Decimal, sign: str, second: Decimal) -> Decimal | None:
    if sign in "×x*":
        return first * second
    if sign in "-−":
        return first - second
    if sign == "÷":
        return (first / second).quantize(Decimal("0.01"), ROUND_HALF_UP) if second else None
    return first + second if sign == "+" else None


def _holds(step: Step | None, result: Step | None) -> bool:
    """Whether the second says what the first comes to."""
    if step is None or result is None or result[1] != "=" or step[2] != result[0]:
        return False
    first, sign, second = step
    comes_to = _comes_to(first, sign, second)
    return comes_to is not None and result[2] in {comes_to, (comes_to / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)}
