"""「一样一半」, "split it evenly": so many of what several products are called, in equal parts."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agents.offline.mind import Mind
from agents.offline.orders.lines import Line, settle
from agents.offline.reading.families import Families
from agents.offline.reading.understanding import Reading
from agents.offline.wording.lexicon import stands_in

HALF_EACH = re.compile(
    r"[各每][来要拿]?一半|一样一半|一半一半|对半|平分|均分|一人一半|平均|五五"
    r"|(?<![a-z])(?:half (?:and half|of each|each|half)|half of one|split (?:it|them|that|evenly|even|the)|evenly"
    r"|fifty[ -]fifty|equal(?:ly)?)(?![a-z])|50[/-]50"
)


HALF_OF_IT = re.compile(
    r"一半[^,，。]{0,3}(?:换|改|要|拿|来|给)|[换改拿]一半|(?<![a-z])half (?:of )?(?:it|them|those|that|the)(?![a-z])"
)


def halved(lines: Sequence[Line], reading: Reading, mind: Mind) -> list[Line] | None:
    """ "Half and half with peach" to one line: half of it, and as much of the one of its family that is named."""
    if len(lines) != 1 or not (HALF_EACH.search(reading.text) or HALF_OF_IT.search(reading.text)):
        return None
    line = lines[0]
    if line.sku is None or line.quantity is None or line.quantity % 2:
        return None
    known = mind.briefing.linker.product_names
    families = Families(known, mind.briefing.sizes, mind.lexicon.values.get("product", {}).get("attribute", {}))
    other = next(
        (
            sku
            for head in _longest_first(families.heads([line.sku]))
            if (sku := _named_of(head, line.sku, families, reading))
        ),
        None,
    )
    if other is None:
        return None
    half = line.quantity / 2
    return [replace(line, quantity=half), settle(replace(line, sku=other, quantity=half, words=""), mind.briefing)]


def _longest_first(heads: Sequence[str]) -> Sequence[str]:
    return sorted(heads, key=len, reverse=True)


def _named_of(head: str, besides: str, families: Families, reading: Reading) -> str | None:
    """The one product of those that are called so, another one left out, that the words name."""
    family = [sku for sku, names in families.names.items() if sku != besides and any(stands_in(head, n) for n in names)]
    named = [sku for sku in family if _told(families.telling(sku, [besides]), reading.text)]
    return named[0] if len(named) == 1 else None


def _told(words: Sequence[str], text: str) -> bool:
    """Whether one of these, or its last word, stands in the text: "peach" for "white peach"."""
    return any(stands_in(word, text) or stands_in(word.split()[-1], text) for word in words)


def shared(line: Line) -> list[Line]:
    """「一样一半」: what was asked for in equal parts of each that the name may mean; empty where it doesn't go up."""
    quantity, among_these = line.quantity, len(line.candidates)
    if quantity is None or quantity % among_these:
        return []
    return [Line(sku, quantity / among_these, line.unit, line.words) for sku in line.candidates]
