"""What is free or paid, and isn't: a gift without a promotion, all paid though some are free."""

import re
from collections.abc import Iterator

from core.checks.said import Said
from core.checks.view import View
from core.checks.wrong import Wrong

NO_OFFER = re.compile(r"目前没有促销|no promotion at the moment")
GIVES = re.compile(
    r"(?:促销|活动|优惠)[^,，。;；]{0,12}(?:送|赠|搭|得)\D{0,4}\d|(?<![a-z])(?:promotion|offer|deal)s?(?![a-z])[^.;]{0,30}"
    r"(?<![a-z])(?:adds?|gives?|brings?|gets?|includes?|comes? with|throws? in)(?![a-z])[^.;]{0,16}(?:free|bonus"
    r"|gift|\d)"
)
DENIED = re.compile(
    r"没|无|不|如果|要是|若|(?<![a-z])(?:no|not|without|never|if|would|once|when)(?![a-z])|n't(?![a-z])|[?？]|吗"
)
INCLUDED = re.compile(
    r" ?(?:箱|cases?)?(?:\([^()]*\)|（[^（）]*）)?,? ?(?:货)?(?:[里中]面?)?(?:"
    r"(?:全部?|都|均|全都)(?:是|为|要|属于)*(?:付费|收费|付款|付钱|要钱|花钱)|(?:没有?|无|不含|不带)(?:任何|一箱)?(?:赠品|赠送|免费)"
    r"|(?:are |were )?all (?:of (?:them|which) )?(?:are )?(?:paid|charged|billed)"
    r"|none (?:of (?:them|which|these) )?(?:is |are |comes? )?(?:free|a gift|gifts)"
    r"|(?:are )?all paid|with(?:out)? (?:any|no) free)"
)
ALL_PAID = re.compile(r"(?<![a-z])all (?:of )?(?:the )?(\d+) cases (?:are|were|is) (?:paid|charged|billed)")


def wrong_unoffered(said: Said, view: View) -> Iterator[Wrong]:
    """A gift of a promotion where results have none; a number of cases as paid in which free ones are counted."""
    if view.matches(NO_OFFER):
        for found in GIVES.finditer(said.text):
            if not DENIED.search(said.text):
                yield Wrong(f"{found.group()}: there is no promotion")
    holding = {
        fact.value
        for same in view.facts.values()
        for fact in same
        if fact.unit == "case" and fact.value in view.headline
    }
    free = any("free" in fact.cues and fact.unit == "case" for same in view.facts.values() for fact in same)
    if not free or view.waits or view.schedules:
        return
    for one in said.numbers:
        if one.unit == "case" and one.number.value in holding:
            start = max(0, one.number.span[0] - 12)
            if INCLUDED.match(said.text, one.number.span[1]) or ALL_PAID.search(said.text, start):
                yield Wrong(f"some of {one.shown} are free")
