"""Who placed no orders, and when: only of the time that results speak of, or of the time since the last order."""

import re
from collections.abc import Iterator

from core.checks.around import PHRASE
from core.checks.said import Said
from core.checks.view import View
from core.checks.wrong import Wrong

SILENT = re.compile(
    r"(?:没有?|未|从未|不曾|没再)(?:再|有|过|来|曾|见|都)?(?:下过?单|订过?货|下过?订单|订单|采购|进过?货"
    r"|拿过?货|下过)"
    r"|(?<![a-z])(?:no|without(?: any| an)?|not (?:a single|one|an|any)|zero) (?:new )?orders?(?![a-z])"
    r"|(?<![a-z])(?:not|[a-z]+n't|never) (?:yet |even |also )?(?:order(?:ed)?|bought|buy|placed? (?:an?|any"
    r"|one) order)"
    r"|(?<![a-z])(?:silent|inactive)(?![a-z])"
)
FRACTION = re.compile(r"\d+/\d+")
LAST = re.compile(
    r"上次|最后|最近|上一[次单]|(?<![a-z])(?:last (?:order|ordered|one|placed)|latest|most recent)(?![a-z])"
)


def wrong_silence(said: Said, view: View) -> Iterator[Wrong]:
    """No orders in a time before the one that results speak of, and before the last order."""
    if "silent" not in view.cues.get("quantity", ()) or not view.listings:
        return
    periods = [one.start for line in view.lines if SILENT.search(line.text) for one in line.times]
    if not periods:
        return
    named = said.entities
    rows = [row for one in view.listings for row in one.rows if one.kind == "dealer"]
    last = [start for row in rows if row.things & named or not named & _things(view) for start, _ in row.days]
    known = min([*periods, max(last, default=periods[0])])
    for time in said.times:
        begin, end = time.span
        start = max([0, *(one.end() for one in PHRASE.finditer(said.text, 0, begin))])
        stop = next((one.start() for one in PHRASE.finditer(said.text, end)), len(said.text))
        phrase = said.text[start:stop]
        if not SILENT.search(phrase) or LAST.search(phrase):
            continue
        if time.start < known and not FRACTION.fullmatch(time.text):
            yield Wrong(f"{time.text}: results don't speak of it")


def _things(view: View) -> frozenset[str]:
    return frozenset(name for one in view.listings for row in one.rows for name in row.things)
