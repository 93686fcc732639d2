"""What was said and taken back in one breath: 十箱绿茶哦不对十五箱, "thirty, no wait, make it forty"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.offline.reading.linking import Mention
from core.language.quantities import Quantity, find_quantities

Item = Mention | Quantity

TAKEN_BACK = re.compile(
    r"不对|(?<=[,， ])不(?=[,， ])"
    r"|不是|[说写搞弄打]错|错了|哦不|等下|等等|等一下|改[成为]?|应该是?|(?<![a-z])(?:no|nope|wait|sorry|scratch|oops|rather"
    r"|correction|actually|i mean|i meant|make (?:it|that))(?![a-z])"
)
WHOLLY = re.compile(
    r"不对|[说写搞弄打]错|错了|哦不|[啊噢喔呃额哎诶欸唉呀嗯]不是|不是不是"
    r"|(?<![a-z])(?:no|nope|wait|sorry|scratch|oops|i mean|i meant)(?![a-z])"
)
PARTED = re.compile(r"[,，;；。、]|还有|还要|另外|再来|再要|(?<![a-z])(?:and|plus|also)(?![a-z])")
SOON, JUST = 8, 3  # characters from the word that takes back to the bare number that it brings; and to the one it takes


def start_of(item: Item) -> int:
    """Where it begins in the folded text."""
    return item.start if isinstance(item, Mention) else item.span[0]


def end_of(item: Item) -> int:
    """Where it ends in the folded text."""
    return item.end if isinstance(item, Mention) else item.span[1]


def with_bare_corrections(text: str, found: Sequence[Quantity], loose: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, and bare numbers that are taken back or brought instead: "ten no make it forty"."""
    marks = [match.span() for match in TAKEN_BACK.finditer(text)]
    if not marks:
        return list(found)
    spans = [quantity.span for quantity in found]
    more = [
        number
        for number in loose
        if all(number.span[1] <= start or number.span[0] >= end for start, end in spans)
        and any(_brought_or_taken(number, mark) for mark in marks)
    ]
    return sorted([*found, *more], key=lambda quantity: quantity.span)


def _brought_or_taken(number: Quantity, mark: tuple[int, int]) -> bool:
    return 0 <= number.span[0] - mark[1] <= SOON or 0 <= mark[0] - number.span[1] <= JUST


def repaired(items: Sequence[Item], text: str) -> list[Item]:
    """Products and quantities in order, without those that were taken back."""
    kept: list[Item] = []
    placed = -1  # an amount that stands already where it corrects another
    for place, item in enumerate(items):
        if place == placed:
            continue
        corrected = item
        gap = text[end_of(items[place - 1]) : start_of(item)] if place else ""
        if kept and TAKEN_BACK.search(gap):
            following = items[place + 1] if place + 1 < len(items) else None
            if (put := _in_its_place(kept, item, following)) is not None:
                kept, placed = put, place + 1
                continue
            if following is not None and PARTED.search(text[end_of(item) : start_of(following)]):
                following = None  # 「…不对 二十箱，还有可乐8箱」: it belongs to what was said before
            kept, corrected = _without(kept, item, following, wholly=bool(WHOLLY.search(gap)))
        kept.append(corrected)
    return kept


def _without(kept: list[Item], item: Item, following: Item | None, *, wholly: bool) -> tuple[list[Item], Item]:
    """What stays of the things said before, and the correction, which keeps a unit that wasn't said again."""
    named = item if isinstance(item, Mention) else None
    if isinstance(item, Quantity) and isinstance(kept[-1], Quantity):
        return _without_quantity(kept, item)
    if isinstance(item, Quantity) and _opens_pair(kept, item, following):
        assert isinstance(following, Mention)
        named = following
    if named is None:
        assert isinstance(item, Quantity)
        return _without_quantity(kept, item)
    twin = next((i for i in reversed(range(len(kept))) if _same(kept[i], named)), None)
    if twin is not None:
        return _without_pair(kept, twin), _the_same(kept[twin], named) if named is item else item
    names = [i for i, old in enumerate(kept) if isinstance(old, Mention)]
    if wholly and names and (isinstance(item, Quantity) or isinstance(following, Quantity)):
        return _without_pair(kept, names[-1]), item
    return kept, item


def _in_its_place(kept: Sequence[Item], item: Item, following: Item | None) -> list[Item] | None:
    """The things with another amount of what is named again, where it was said first: "sorry, make the water 160"."""
    if not isinstance(item, Mention) or not isinstance(following, Quantity):
        return None
    twin = next((at for at in reversed(range(len(kept))) if _same(kept[at], item)), None)
    beside = _amount_beside(kept, twin) if twin is not None else None
    if twin is None or beside is None:
        return None
    old, named, put = kept[beside], kept[twin], list(kept)
    assert isinstance(old, Quantity)
    assert isinstance(named, Mention)
    put[twin] = replace(named, codes=tuple(code for code in item.codes if code in named.codes))
    put[beside] = replace(following, unit=following.unit or old.unit, span=old.span)
    return put


def _opens_pair(kept: Sequence[Item], item: Quantity, following: Item | None) -> bool:
    """Whether the quantity belongs to the product behind it, as quantities before did."""
    said_first = isinstance(kept[0], Quantity) or len(kept) == 1
    return said_first and isinstance(following, Mention) and start_of(following) - end_of(item) <= len(" of the ")


def _without_quantity(kept: list[Item], item: Quantity) -> tuple[list[Item], Item]:
    nearest = range(len(kept) - 1, max(len(kept) - 3, -1), -1)
    last = next((i for i in nearest if isinstance(kept[i], Quantity)), None)
    if last is None:
        return kept, item
    old = kept[last]
    assert isinstance(old, Quantity)
    rest = [one for i, one in enumerate(kept) if i != last]
    return rest, replace(item, unit=item.unit or old.unit)


def _without_pair(kept: Sequence[Item], place: int) -> list[Item]:
    """Without a product and the quantity beside it, before it where quantities are said first."""
    beside = _amount_beside(kept, place)
    return [one for i, one in enumerate(kept) if i not in {place, beside}]


def _amount_beside(kept: Sequence[Item], place: int) -> int | None:
    order = (place - 1, place + 1) if isinstance(kept[0], Quantity) else (place + 1, place - 1)
    return next((at for at in order if 0 <= at < len(kept) and isinstance(kept[at], Quantity)), None)


def _same(one: Item, other: Mention) -> bool:
    return isinstance(one, Mention) and one.kind == other.kind and bool(set(one.codes) & set(other.codes))


def _the_same(old: Item, new: Mention) -> Mention:
    """ "150 still water, sorry, make the water 160": of all that the word may mean, the one that was said before."""
    both = tuple(code for code in new.codes if isinstance(old, Mention) and code in old.codes)
    return replace(new, codes=both) if len(both) == 1 else new


CORRECTS = re.compile(
    r" *(?:[啊哦哎呀噢呃喔]|等等|等下)*[ ,，]*(?:不对|(?:不是){2,}|(?<=[啊哦哎呀噢呃喔])不是"
    r"|不是(?=[ ,，]|$)|[说写搞弄打看]错了?|错了|[哦啊]不|不(?= *$))[ ,，了啊]*"
    r"| *(?:oh )?(?:no,? wait|wait,? no|wait|scratch that|sorry|correction|i (?:mean|meant))(?![a-z])[ ,]*"
)
HAS_A_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百半]")


def _counts(piece: str) -> bool:
    return HAS_A_NUMBER.search(piece) is not None or bool(find_quantities(piece))


def with_corrections(pieces: Sequence[str]) -> list[str]:
    """A message's parts, a correction with the part that it corrects: 「要10箱绿茶，不对，12箱」 is one."""
    joined: list[str] = []
    brings = False
    for piece in pieces:
        mark = CORRECTS.match(piece)
        corrects = mark is not None and bool(joined) and _counts(joined[-1])
        if joined and (corrects or (brings and _counts(piece))):
            joined[-1] = f"{joined[-1]}，{piece}"
        else:
            joined.append(piece)
        brings = corrects and mark is not None and not piece[mark.end() :].strip()
    return joined
