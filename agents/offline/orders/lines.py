"""Order lines from words: which quantity belongs to which product, and how the next sentence changes a draft."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from agents.offline.evidence.cues import EACH
from agents.offline.orders.unwanted import is_unwanted
from agents.offline.reading.barenumbers import BEFORE as OF_THE
from agents.offline.reading.briefing import Briefing, Usual
from agents.offline.reading.linking import NEAR, Mention
from agents.offline.reading.repairs import PARTED, Item, end_of, repaired, start_of, with_bare_corrections
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER
from agents.offline.wording.remarks import remarks_in, without_remarks
from core.language.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Line:
    """One wanted product as far as it is clear; ``candidates`` where the name may mean several.

    Of a row of a list that was sent: ``source`` as it stands there, its ``row``, the price that it ``stated``, and its
    ``remark``.
    """

    sku: str | None
    quantity: Decimal | None = None
    unit: str | None = None
    words: str = ""
    candidates: tuple[str, ...] = ()
    approximate: bool = False
    source: str = ""
    row: int = 0
    stated: Decimal | None = None
    remark: str = ""

    def as_args(self) -> dict[str, Any]:
        """As the tool's argument wants it."""
        quantity = self.quantity if self.quantity is not None else Decimal(0)
        number: int | float = int(quantity) if quantity == quantity.to_integral_value() else float(quantity)
        args: dict[str, Any] = {"sku": self.sku, "quantity": number}
        args |= {"unit": str(self.unit)} if self.unit else {}
        args |= {"source": self.source} if self.source else {}
        return args | ({"stated_price": float(self.stated)} if self.stated is not None else {})


def line_of(args: Mapping[str, Any]) -> Line:
    """The inverse of ``Line.as_args``."""
    stated = args.get("stated_price")
    return Line(
        args["sku"],
        Decimal(str(args["quantity"])),
        args.get("unit"),
        source=args.get("source") or "",
        stated=Decimal(str(stated)) if stated is not None else None,
    )


def read_lines(reading: Reading, briefing: Briefing, *, wanted: bool = False) -> list[Line]:
    """Lines named in a stretch of text; a quantity without a product keeps the words beside it.

    ``wanted``: what is named as not wanted is left out, where no draft has it.
    """
    quantities = with_bare_corrections(reading.text, reading.quantities, reading.loose)
    named = [m for m in reading.of_kind("product") if not wanted or not is_unwanted(m, reading.text)]
    items = repaired(sorted([*named, *quantities], key=start_of), reading.text)
    if not items:
        return []
    quantity_first = _says_amounts_first(items, reading)
    if quantity_first and len(items) > 2 and isinstance(items[2], Quantity) and _another(items, reading.text):
        # 「来8件 再来个乌龙5件」: the first is of what is spoken of
        return _shared([_alone(items[0], reading, briefing), *_paired(items[1:], reading, briefing)], reading)
    return _shared(_paired(items, reading, briefing), reading)


def _another(items: Sequence[Item], text: str) -> bool:
    between = text[end_of(items[0]) : start_of(items[1])]
    return ANOTHER.search(between) is not None and start_of(items[2]) - end_of(items[1]) <= 1


ANOTHER = re.compile(r"再[来要加拿订]|另外|还要|加上|(?<![a-z])(?:and|plus|also)(?![a-z])")


def _paired(items: Sequence[Item], reading: Reading, briefing: Briefing) -> list[Line]:
    """Each product with the quantity beside it, in the order in which this message says them."""
    quantity_first = _says_amounts_first(items, reading)
    lines: list[Line] = []
    waiting: Item | None = None
    for place, item in enumerate(items):
        if waiting is None:
            waiting = item
        elif isinstance(waiting, Quantity) == isinstance(item, Quantity) or (
            isinstance(item, Quantity) and _is_of_the_next(items, place, reading.text)
        ):
            lines.append(_alone(waiting, reading, briefing))
            waiting = item
        elif isinstance(item, Mention) == quantity_first or (
            _adjacent(waiting, item, reading.text) and not _has_its_own(items, place, reading.text)
        ):
            lines.append(_pair(waiting, item))
            waiting = None
        else:
            lines.append(_alone(waiting, reading, briefing))
            waiting = item
    if waiting is not None:
        lines.append(_alone(waiting, reading, briefing))
    return lines


def _says_amounts_first(items: Sequence[Item], reading: Reading) -> bool:
    """Whether amounts stand before what they are of; 「雪碧20箱可乐40箱」 begins with a name that nobody knows."""
    if len(items) < 2 or not isinstance(items[0], Quantity) or not isinstance(items[1], Mention):
        return False
    one_more = len(items) % 2 == 1 and all(isinstance(item, Quantity) for item in items[::2])
    one_more = one_more and all(isinstance(item, Mention) for item in items[1::2])
    return not (one_more and len(_in_front(items[0], reading, _blocked(items[0], reading))) > 1)


def _is_of_the_next(items: Sequence[Item], place: int, text: str) -> bool:
    """ "Latte, and also 12 of the americano": an amount behind a break is of the product right behind it."""
    if place + 1 >= len(items) or not isinstance(items[place + 1], Mention):
        return False
    before, behind = text[end_of(items[place - 1]) : start_of(items[place])], _gap(items, place, text)
    if not PARTED.search(before) or PARTED.search(behind) or len(behind) > len(" of the "):
        return False
    last = place + 2 >= len(items) or not isinstance(items[place + 2], Quantity)
    return last or PARTED.search(_gap(items, place + 1, text)) is not None


def _gap(items: Sequence[Item], place: int, text: str) -> str:
    return text[end_of(items[place]) : start_of(items[place + 1])]


def _shared(lines: list[Line], reading: Reading) -> list[Line]:
    """「A、B各10箱」: the last quantity goes to each."""
    if not EACH.search(reading.text):
        return lines
    quantity = next((line for line in reversed(lines) if line.quantity is not None), None)
    if quantity is None:
        return lines
    unknown = [Line(None, words=words) for words in _unknown_beside(reading)]
    return [
        line if line.quantity is not None else replace(line, quantity=quantity.quantity, unit=quantity.unit)
        for line in [*lines, *unknown]
    ]


def _unknown_beside(reading: Reading) -> list[str]:
    """「可乐雪碧各10箱」: what is named beside the products that are known, so that it isn't dropped."""
    each = EACH.search(reading.text)
    behind = AFTER_EACH.search(reading.text, each.end()) if each is not None else None
    until = behind.start() if behind is not None else len(reading.text)  # 「各60箱，看看够不够减」
    known = {at for mention in reading.of_kind("product") for at in range(mention.start, mention.end)}
    known |= {at for quantity in reading.quantities for at in range(*quantity.span)}
    known |= set(range(*reading.wanted.span)) if reading.wanted else set()
    left = "".join(" " if at in known else char for at, char in enumerate(reading.text[:until]))
    places = {at for m in reading.mentions if m.kind != "product" for at in range(m.start, m.end)}
    left = "".join(" " if at in places else char for at, char in enumerate(left))
    return [words for words in FILLER.sub(" ", EACH.sub(" ", left)).split() if len(words) > 1 and not words.isascii()]


AFTER_EACH = re.compile(r"[,，;；。!！?？\n]")


def _adjacent(first: Item, second: Item, text: str) -> bool:
    between = text[end_of(first) : start_of(second)]
    of_the = isinstance(first, Quantity) and OF_THE.fullmatch(between) is not None
    return len(between) <= 4 or of_the


def _has_its_own(items: Sequence[Item], place: int, text: str) -> bool:
    """「雪碧20 可乐30箱」: a number right behind a product is its own, and the one before it is of what isn't known."""
    if place + 1 >= len(items) or not isinstance(items[place], Mention) or not isinstance(items[place + 1], Quantity):
        return False
    before = text[end_of(items[place - 2]) if place > 1 else 0 : start_of(items[place - 1])]
    directly = ONLY_A_SIZE.fullmatch(_gap(items, place, text)) is not None
    return directly and len(FILLER.sub("", before)) > 1


ONLY_A_SIZE = re.compile(r".?|[ \d]+(?:ml|毫升)?的? ?")


def _pair(first: Item, second: Item) -> Line:
    mention = first if isinstance(first, Mention) else second
    quantity = second if isinstance(first, Mention) else first
    assert isinstance(mention, Mention)
    assert isinstance(quantity, Quantity)
    return Line(mention.code, quantity.value, quantity.unit, mention.text, mention.codes, quantity.approximate)


def _alone(item: Item, reading: Reading, briefing: Briefing) -> Line:
    if isinstance(item, Mention):
        return Line(item.code, None, None, item.text, item.codes)
    words = _beside(item, reading)
    guesses = tuple(briefing.linker.guess(words, "product", briefing.weights)) if words else ()
    return Line(None, item.value, item.unit, words, guesses, item.approximate)


SENTENCE_ENDS = re.compile(r"[。；;!！?？\n]|\.(?=\s|$)")


def _beside(quantity: Quantity, reading: Reading) -> str:
    """The words next to a quantity that name no known product: right of it first, then left, up to the next item."""
    blocked = _blocked(quantity, reading)
    right_end = min((start for start, _ in blocked if start >= quantity.span[1]), default=len(reading.text))
    right = FILLER.sub(" ", without_remarks(reading.text[quantity.span[1] : right_end])).strip()
    words = without_remarks(right or _in_front(quantity, reading, blocked))
    return words if len(words) > 1 or words.isascii() else ""  # 「那个来30箱」: 个 is no name


def _in_front(quantity: Quantity, reading: Reading, blocked: Sequence[tuple[int, int]]) -> str:
    start = quantity.span[0]
    size = NAME_BEFORE_SIZE.search(reading.text[:start])
    if size is not None:  # 「雪碧500的20箱」: how much it holds parts no amount from its name
        start = size.start("size")
        blocked = [span for span in blocked if not start <= span[0] < quantity.span[0]]
    left_start = max((end for _, end in blocked if end <= start), default=0)
    return FILLER.sub(" ", without_remarks(reading.text[left_start:start])).strip()


def _blocked(quantity: Quantity, reading: Reading) -> list[tuple[int, int]]:
    """What the words beside an amount end at."""
    blocked = [(m.start, m.end) for m in reading.mentions] + [q.span for q in reading.quantities]
    if reading.wanted:
        blocked.append(reading.wanted.span)
    blocked += [one.span for one in reading.loose if one.span != quantity.span]
    blocked += [match.span() for match in SENTENCE_ENDS.finditer(reading.text)]
    return blocked + remarks_in(reading.text)


NAME_BEFORE_SIZE = re.compile(
    r"(?:[\u4e00-\u9fff]{2}|[a-z]{3}) ?(?P<size>\d{3,4} ?(?:ml|毫升)?的?) ?[x×*]? ?(?:来|要|拿|订)?$"
)


def without_the_vague(lines: list[Line]) -> list[Line]:
    """「改水吧，矿泉水550的800箱」: a word for several, made clear in the same breath, is no line of its own."""
    named = {line.sku for line in lines if line.sku}
    return [
        line for line in lines if line.sku or line.quantity is not None or not named & set(line.candidates) or not named
    ]


def settle(line: Line, briefing: Briefing) -> Line:
    """A line with one candidate is settled; a missing unit is the one that this dealer usually orders in."""
    if line.sku is None and len(line.candidates) == 1 and line.words:
        near = briefing.linker.guess(line.words, "product", least=NEAR)
        return replace(line, sku=line.candidates[0]) if near == [line.candidates[0]] else line
    if line.sku is not None and line.unit is None and line.sku in briefing.usual:
        return replace(line, unit=_habitual(line.quantity, briefing.usual[line.sku]))
    return line


def _habitual(quantity: Decimal | None, usual: Usual) -> str | None:
    """The unit that is usual, unless the number is far from what is usual in it: who takes five wants no 300."""
    if quantity is None or not usual.quantity:
        return usual.unit
    far = quantity > MANY * usual.quantity if usual.unit == "pallet" else MANY * quantity < usual.quantity
    return "case" if far and usual.unit != "case" else usual.unit


MANY = 7
