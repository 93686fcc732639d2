"""How many a case of goods of one size holds, told of that size: 12 of the 1L ones."""

import re
from collections.abc import Iterator

from core.checks.around import PHRASE
from core.checks.row_conditions import SIZE
from core.checks.said import Said
from core.checks.view import View
from core.checks.wrong import Wrong

HELD = re.compile(r"(?:[每一单]箱装?|箱装)(?:是|为|有)? ?$|(?<![a-z])(?:cases? (?:of|hold|holds)|in cases of) $")
HELD_AFTER = re.compile(r" ?(?:瓶|盒|罐)(?:一|/|每|装?一?)箱| ?入?/箱| ?(?:bottles? |packs? )?(?:a|per|to a|each) case")
PACK = re.compile(r"1×(\d+)")


def wrong_size_packs(said: Said, view: View) -> Iterator[Wrong]:
    """So many to a case beside one size, of which no product of the result has as many."""
    lists = [listing for listing in view.listings if listing.kind == "product" and PACK.search(listing.rows[0].words)]
    if not lists:
        return
    for one in said.numbers:
        begin, end = one.number.span
        if not (HELD.search(said.text[:begin]) or HELD_AFTER.match(said.text, end)):
            continue
        left = max([0, *(found.end() for found in PHRASE.finditer(said.text, 0, begin))])
        right = next((found.start() for found in PHRASE.finditer(said.text, end)), len(said.text))
        sizes = {f"{found[1]}{found[2]}" for found in SIZE.finditer(said.text, left, right)}
        if len(sizes) != 1:
            continue
        rows = [row.words for listing in lists for row in listing.rows if f"| {min(sizes)} |" in row.words]
        packs = {found[1] for words in rows if (found := PACK.search(words))}
        if packs and str(int(one.number.value)) not in packs:
            yield Wrong(f"{one.shown} aren't in a case of {min(sizes)}")
