"""How many of a smaller unit a larger one holds: 24 bottles a case, two packs a case, 60 cases a pallet."""

import re
from collections.abc import Iterator, Mapping

from core.checks.said import Said, Spoken
from core.checks.sizes import LARGER
from core.checks.view import View
from core.checks.wrong import Wrong

WORDS: Mapping[str, str] = {
    "箱": "case", "件": "case", "提": "pack", "托": "pallet", "板": "pallet", "case": "case", "pack": "pack",
    "pallet": "pallet",
}  # fmt: skip
EACH = re.compile(
    r"(?:每一?|单|一|1 ?)(箱|件|提|托|板)(?:货)?(?:里|内)?(?:面)?(?:是|有|=|装|共|含|就是|放|为|:)? ?$"
    r"|(?<![a-z])(?:each|every|a|per|one|1|the) (case|pack|pallet)(?: of [a-z ]{2,16})? ?(?:holds?|has"
    r"|contains?|is|=|comes with|of|:)? ?$"
)
PER = re.compile(
    r" ?(?:瓶|盒|罐|听|提|箱)?(?:一|每|/|装?1)(箱|件|提|托|板)(?!起|的|送)"
    r"| ?(?:bottles?|packs?|cases?)? ?(?:to|in|per|a|each|/|for) ?(?:a |each |every |the |one )?(case"
    r"|pack|pallet)(?![a-z])"
)
PACKED = re.compile(r" ?[瓶罐听盒]装(?!\w{0,2}[提托板])|(?<=\d) (?:in|to|per) (?:a|each|every|the) case(?![a-z])")
SMALLER = re.compile(r" ?(瓶|盒|罐|听|提|箱|bottles?|packs?|cases?)(?!起)")
MAKE = re.compile(
    r"^ ?箱?(?:(?:共|合计|总共|一共)?¥?\d[\d.,]* ?元?)?[^,，。;；]{0,6}[,，]?(?:也|那|这)?(?:正好|刚好|恰好"
    r"|就|即|合|等于|相当于|整整"
    r"|一共)*(?:是|合|为|等于|相当于|正好|刚好|恰好|凑)(?:足|成|了|一整)*$"
    r"|[。;；\n,元] ?(?:这|那|也|刚|正|恰|就|合|是|好|一共|相当于)+$"
    r"|(?:cases?|\. |\n)[a-z ,]{0,30}?(?:that(?:'s| is)|it(?:'s| is)|this is|which is|which makes|make"
    r"|makes|are|equals?|fills?"
    r"|comes? to|amounts? to|exactly|precisely) (?:exactly |just |precisely |about )?$"
    r"|(?:\n|\. )(?:so )?(?:that(?:'s| is)|it(?:'s| is)|this is) (?:exactly |just |precisely |about )?$"
)
WHOLE_PALLET = re.compile(r" ?(?:整|满)[托板]| (?:full|whole|complete) pallets?")
HALF = re.compile(r"半|多|余|half| and|以|不到")
UNITS: Mapping[str, str] = {"瓶": "bottle", "盒": "bottle", "罐": "bottle", "听": "bottle", "提": "pack", "箱": "case"}
OF_ONE = re.compile(r"\d ?[瓶盒罐听提]$|\d (?:bottles?|packs?) (?:to|in|for) $")
ONE_PALLET = re.compile(
    r"[一每整1单] ?[托板]|(?<![a-z])(?:a|per|each|one|1|full|whole|every) pallets?(?![a-z])|托 ?=|pallet ?="
)


def contents(place: int, said: Said, view: View) -> bool | None:
    """Whether a number says what a larger unit holds: true, false where results have another size, or nothing."""
    found = _told(said.numbers[place], said.text)
    if found is None or not (sizes := view.sizes.get(found)):
        return None
    return said.numbers[place].number.value in sizes


def wrong_contents(said: Said, view: View) -> Iterator[Wrong]:
    """So many bottles to a case, packs to a case, cases to a pallet, where results have another size."""
    for place, one in enumerate(said.numbers):
        if contents(place, said, view) is False:
            yield Wrong(f"{one.shown} are not in one")
        elif _other_pallets(place, said, view):
            yield Wrong(f"{one.shown} isn't what they make")
        elif _of_pallets(one, said, view):
            yield Wrong(f"{one.shown} are a pallet's")


def _other_pallets(place: int, said: Said, view: View) -> bool:
    """So many pallets as what the cases before them are, where they are more or fewer."""
    sizes = view.sizes.get(("pallet", "case"), frozenset())
    start, end = said.numbers[place].number.span
    if len(sizes) != 1 or not (said.numbers[place].unit == "pallet" or WHOLE_PALLET.match(said.text, end)):
        return False
    cases = [one for one in said.numbers[:place] if one.unit == "case" and one.kind == "quantity"]
    cases = [one for one in cases if not OF_ONE.search(said.text[: one.number.span[0]])]
    if not cases or HALF.search(said.text[end : end + 6]):
        return False
    made = said.numbers[place].number.value * next(iter(sizes))
    if cases[-1].number.value in sizes:  # what one pallet holds; what they make is what was asked for
        asked = [one.number.value for one in view.said_numbers if one.unit == "case"]
        return bool(asked) and made not in {cases[-1].number.value, *asked}
    return bool(MAKE.search(said.text[cases[-1].number.span[1] : start])) and cases[-1].number.value != made


def _told(one: Spoken, text: str) -> tuple[str, str] | None:
    """The larger unit and the smaller one that the words around a number name."""
    start, end = one.number.span
    if one.kind == "quantity" and not EACH.search(text[:start]) and PACKED.match(text, end):
        return "case", "bottle"
    counted = SMALLER.match(text, end)
    if one.kind != "quantity" or counted is None:
        return None
    behind, before = PER.match(text, end), EACH.search(text[:start])
    found = next((word for match in (before, behind) if match for word in match.groups() if word), "")
    larger, smaller = WORDS.get(found, ""), UNITS.get(counted[1], counted[1].removesuffix("s"))
    order = ("bottle", *LARGER)
    return (larger, smaller) if larger and order.index(larger) > order.index(smaller) else None


def _of_pallets(one: Spoken, said: Said, view: View) -> bool:
    """Bottles of a pallet, told where no pallet is, and not what so many cases hold."""
    if (
        one.unit != "bottle"
        or one.number.value not in view.sizes.get(("pallet", "bottle"), ())
        or ONE_PALLET.search(said.text)
    ):
        return False
    cases = {other.number.value for other in (*said.numbers, *view.said_numbers) if other.unit == "case"}
    return not any(
        one.number.value == count * size for count in cases for size in view.sizes.get(("case", "bottle"), ())
    )
