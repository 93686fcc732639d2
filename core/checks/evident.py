"""Figures that need no name, for what stands beside them says which they are: of places, of steps, of parts."""

import re
from collections.abc import Sequence

from core.checks.around import PHRASE
from core.checks.belonging import is_threshold, of_kind
from core.checks.inclusions import LEFT_OUT
from core.checks.lasting import lasts
from core.checks.lines import crossed, enough_more, not_reached, set_against
from core.checks.listing import Row
from core.checks.replaced import with_next_tier
from core.checks.rounding import roundings
from core.checks.said import Said, Spoken
from core.checks.small_numbers import small_number
from core.checks.spread import of_spread
from core.checks.view import View

PRICED = frozenset({"price", "price_case", "price_bottle", "discount"})
REACHED = re.compile(
    r"(?:满|够|达到|拿到|订到|凑到|凑够) ?$|(?<![a-z])(?:buy|order|reach|reaching|take|taking|hit) (?:the )?$"
)
TOGETHER = re.compile(
    r" ?箱?(?:货|的货)?(?:一共|总共|合计|共计|共|总价)?(?:是|为)? ?(?:cn)?"
    r"| cases? (?:for|at|come to|comes to|total(?:ling|s)?|cost) (?:cn)?"
)
GETS_MORE = re.compile(
    r"(?:多|白|另外?|额外|还能|再)(?:拿|得|送|给|到手|收|有)(?:到|您|你)?$|(?<![a-z])(?:get|gets|getting|receive|receiving"
    r"|gives you|with) (?:another )?$"
)
FREE_BEHIND = re.compile(
    r" ?箱?的?(?:赠送|赠品|免费|搭赠)| (?:more )?(?:cases? )?(?:for free|free|complimentary)(?![a-z])"
)
OFFERED = re.compile(r"搭|送|赠|活动|促销|(?<![a-z])(?:free|promotion|offer|bonus)(?![a-z])")
PAID = re.compile(r"付|(?<![a-z])(?:pay|paid|billed)(?![a-z])")
OF_WHICH_ONLY = re.compile(
    r" ?家?(?:经销商|客户)?(?:里|中|当中|之中)面?(?:就|只|仅)(?:有|剩|是)?| (?:dealers?|customers?),? (?:only|just) "
)
OF_ROWS = re.compile(r" ?(?:家|个|张|款|单)(?:经销商|客户|订单|产品)?(?:的|里的|中的)(?:约|大约|大概)?")
ARROW = re.compile(r" ?(?:元|块)? ?(?:→|->|=>|⇒) ?(?:cn)?[¥$]?")
LACKED = re.compile(r"被拒|拒绝|取消|(?<![a-z])(?:rejected|cancell?ed)(?![a-z])")
NOT_IN = re.compile(
    r"不[含算计]|[没未](?:有)?[被算计含]|(?<![a-z])(?:leaves?|leaving) out(?![a-z])|(?<![a-z])(?:not|isn't"
    r"|aren't|n't)"
    r" (?:[a-z]+ ){0,2}(?:counted|included|part)|exclud|left out|without"
)
FROM = re.compile(r" ?(?:,|，)? ?(?:(?:up |down )?from|against|vs\.?|之前是|原来是|上年是|去年是) (?:cn)?")
NTHS = re.compile(
    r"第?([二三四五六])(?:名|位)?|(?<![a-z])(first|second|third|fourth|fifth|sixth)(?! (?:quarter|tier"
    r"|half))(?![a-z])"
)
OVER = re.compile(r"(?:超过|过|不止|多于)$|(?<![a-z])(?:over|more than|above) (?:a )?$")
HALF, NEXT = 50, 75
LEAST = 2


def evident(place: int, said: Said, view: View) -> bool:
    """Whether a figure of results is clear without a name of its own."""
    one = said.numbers[place]
    return (
        _of_step(one, said, view)
        or _of_draft(place, said, view)
        or _got_free(one, said, view)
        or _whole_of_few(one, said, view)
        or _whole_of_share(place, said, view)
        or _of_run(place, said, view)
        or _left_out_of(one, said, view)
        or _moved_from(place, said, view)
        or _of_places(place, said, view)
        or _more_than_half(place, said, view)
        or lasts(place, said, view)
        or not_reached(place, said, view)
        or set_against(place, said, view)
        or crossed(place, said, view)
        or with_next_tier(place, said, view)
        or of_spread(place, said, view)
        or enough_more(place, said, view)
    )


def _of_step(one: Spoken, said: Said, view: View) -> bool:
    """From how many cases on a price is another, where a price or what it saves is told."""
    steps = {step for schedule in view.schedules for step in schedule.steps}
    if (
        one.kind != "quantity"
        or one.unit not in {"", "case"}
        or one.number.value not in steps
        or OFFERED.search(said.text)
    ):
        return False
    reached = is_threshold(one, said.text) or one.shown.endswith("+") or REACHED.search(said.text[: one.number.span[0]])
    priced = PRICED & said.cues or any(
        of_kind(fact.entities, "step") and fact.kind == "money"
        for other in said.numbers
        for fact in view.facts.get(abs(other.number.value), ())
    )
    return bool(priced and reached)


def _of_draft(place: int, said: Said, view: View) -> bool:
    """The cases of a draft right before what they come to."""
    one, after = said.numbers[place], said.numbers[place + 1 : place + 2]
    if not view.waits or one.unit != "case" or not after or after[0].kind != "money":
        return False
    between = said.text[one.number.span[1] : after[0].number.span[0]]
    whole = any("total" in fact.cues and fact.unit == "case" for fact in view.facts.get(one.number.value, ()))
    return whole and bool(TOGETHER.fullmatch(between)) and abs(after[0].number.value) in view.headline


def _got_free(one: Spoken, said: Said, view: View) -> bool:
    """Free cases as what is got on top, where the sentence tells of an offer and of no payment for them."""
    start, end = one.number.span
    given = GETS_MORE.search(said.text[:start]) or FREE_BEHIND.match(said.text, end)
    if one.unit not in {"", "case"} or not OFFERED.search(said.text) or not given:
        return False
    facts = [fact for fact in view.facts.get(one.number.value, ()) if fact.unit == "case" and "free" in fact.cues]
    products = of_kind(one.own, "product")
    if products and not any(products & fact.entities for fact in facts):
        return False
    return (
        bool(facts)
        and not PAID.search(PHRASE.split(said.text[:start])[-1])
        and (not view.steps or "buy" not in said.cues)
    )


def _whole_of_few(one: Spoken, said: Said, view: View) -> bool:
    """The dealers of which only those named did or didn't: as many as the result's other count says."""
    found = OF_WHICH_ONLY.match(said.text, one.number.span[1])
    if one.kind != "quantity" or one.unit or found is None or one.number.value not in view.headline:
        return False
    counts = {
        value
        for value in view.headline
        if any(fact.kind == "quantity" and not fact.unit for fact in view.facts.get(value, ()))
    }
    named = {name for name, at, _ in said.things if at >= found.end() and name.startswith("dealer:")}
    return one.number.value == max(counts, default=0) and len(named) in counts and "silent" in said.cues


def _whole_of_share(place: int, said: Said, view: View) -> bool:
    """Rows whose share is told right behind them, where as many as the result counts are that share: 28家的3.6%."""
    one, after = said.numbers[place], said.numbers[place + 1 : place + 2]
    if one.kind != "quantity" or one.unit or one.number.value not in view.headline or not after:
        return False
    between = said.text[one.number.span[1] : after[0].number.span[0]]
    parts = [value for value in view.headline if value < one.number.value and value == value // 1]
    return (
        after[0].kind == "percent"
        and bool(OF_ROWS.fullmatch(between))
        and any(
            way.gives(after[0].number.value, part / one.number.value * 100)
            for part in parts
            for way in roundings(after[0].number, said.text)
        )
    )


def _of_run(place: int, said: Said, view: View) -> bool:
    """Amounts with arrows between them, which are a column's cells one after the other: 8,540 → 9,864 → 18,575."""
    first, last = said.run(place, ARROW)
    run = said.numbers[first : last + 1]
    cells = [[cell.value for cell in column.cells] for column in view.columns if column.kind == "money"]
    plain = all(one.kind in {"money", "quantity"} and not one.unit for one in run)
    return (
        plain
        and len(run) > LEAST
        and any(
            all(
                value == one.number.value
                or any(way.gives(one.number.value, value) for way in roundings(one.number, said.text))
                for one, value in zip(run, values[start : start + len(run)], strict=True)
            )
            for values in cells
            for start in range(len(values) - len(run) + 1)
        )
    )


def _left_out_of(one: Spoken, said: Said, view: View) -> bool:
    """A total that is told to leave out what its result leaves out."""
    if one.kind != "money" or abs(one.number.value) not in view.headline or not view.matches(LEFT_OUT):
        return False
    return bool(LACKED.search(said.text) and NOT_IN.search(said.text)) and "total" in frozenset().union(
        *(fact.cues for fact in view.facts.get(abs(one.number.value), ()))
    )


def _moved_from(place: int, said: Said, view: View) -> bool:
    """What a row's amount was before, right behind what it is: 78,456.70 from 43,208.60."""
    if not place:
        return False
    now, one = said.numbers[place - 1 : place + 1]
    if one.kind != "money" or not FROM.fullmatch(said.text[now.number.span[1] : one.number.span[0]]):
        return False
    was, are = (
        [fact for fact in view.facts.get(abs(it.number.value), ()) if fact.kind == "money"] for it in (one, now)
    )
    named = of_kind(said.entities, "dealer")
    return any(
        "before" in old.cues and "before" not in new.cues and of_kind(old.entities & new.entities, "dealer") & named
        for old in was
        for new in are
    )


def _of_places(place: int, said: Said, view: View) -> bool:
    """Figures of rows that are called by their places, one by one: second and third, 9.2 % and 9.1 %."""
    told = [small_number(found[1] or found[2]) for found in NTHS.finditer(said.text)]
    figures = [one for one in said.numbers if one.kind in {"money", "percent"}]
    if len(told) < LEAST or len(figures) != len(told) or said.numbers[place] not in figures or len(view.listings) != 1:
        return False
    rows = view.listings[0].rows
    return all(_in_row(one, rows, at) for one, at in zip(figures, told, strict=True)) and not any(
        name.startswith("dealer:") for name in said.entities
    )


def _more_than_half(place: int, said: Said, view: View) -> bool:
    """More than half of a whole, told of the amount before it: between that and three quarters."""
    one, before = said.numbers[place], [it for it in said.numbers[:place] if it.kind == "money"]
    if (
        one.kind != "percent"
        or one.number.value != HALF
        or not before
        or not OVER.search(said.text[: one.number.span[0]])
    ):
        return False
    told = [abs(it.number.value) for it in before]
    wholes = [
        value
        for value in view.headline
        if any(fact.kind == "money" and "before" not in fact.cues for fact in view.facts.get(value, ()))
    ]
    return any(
        HALF < part / whole * 100 < NEXT for whole in wholes if whole for part in (told[-1], sum(told)) if part < whole
    )


def _in_row(one: Spoken, rows: Sequence[Row], at: int) -> bool:
    if at > len(rows):
        return False
    row = rows[at - 1]
    return abs(one.number.value) in (*row.amounts, *row.percents)
