"""Several rows told as those at the top: they are the first so many of a result's order."""

import re

from core.checks.said import Said
from core.checks.view import View

AT_TOP = re.compile(r"(?<![a-z])at the top(?![a-z])|排?在(?:最)?前(?:面|列)|居前|领先")
COMMA = re.compile(r" ?(?:,|、|and|, and|和|与) ?")
KINDS = ("dealer:", "region:")
PAIR = 2


def listed_at_top(said: Said, view: View) -> tuple[bool, int] | None:
    """Whether the names listed right before the words are so, and where the words stand; nothing of one name."""
    found = AT_TOP.search(said.text)
    if found is None or not view.order:
        return None
    spans = sorted({(at, end) for name, at, end in said.things if name.startswith(KINDS) and end <= found.start()})
    run: list[tuple[int, int]] = []
    for span in reversed(spans):
        if run and not COMMA.fullmatch(said.text[span[1] : run[0][0]]):
            break
        run.insert(0, span)
    if len(run) < PAIR:
        return None
    for order in (view.order, view.suborder):
        places = [
            next((at for at, row in enumerate(order) if row & {n for n, *s in said.things if (*s,) == span}), None)
            for span in run
        ]
        if None not in places and {*places} == {*range(len(run))}:
            return True, found.start()
    return False, found.start()
