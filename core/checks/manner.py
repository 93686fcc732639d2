"""Figures that the manner in which they are told explains: what one becomes, what is gained, what a paper is over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.checks.around import PHRASE
from core.checks.naming import Sentence
from core.checks.rounding import is_exact
from core.checks.subjects import MORE
from core.checks.view import Fact

OF_PAPERS = frozenset({"due_next", "owed", "payable", "goods", "price"})
TO = re.compile(r" ?元? ?(?:到|变成|变为|[升涨]到|提高到|增加到|to|→|->|=>) ?(?:cn|us)?")
GAINED = re.compile(
    r"(?:[能会可就]|等于|相当于)?(?:再)?[多增](?:拿|得|返|出|赚|到)?(?:了|约|大约)*(?:cn)?$|(?:相差|差额|差距|之差|两者差|价值|值)(?:是|为|约)*(?:cn)?$"
    r"|(?<![a-z])(?:worth|gain of|increase of|jump of) (?:about |roughly )?(?:cn|rmb ?)?$"
)
TAKEN = re.compile(
    r"(?<![a-z])(?:needs?|short|buy|purchas\w+|order\w*|still|another|takes?|reach|missing|away)(?![a-z])"
)
GAINED_AFTER = re.compile(r" (?:yuan |rmb )?(?:more|higher|extra|on top|better)(?![a-z])|的?差[额距]")


@dataclass(frozen=True)
class Manner:
    """A sentence about a result, and of each of its numbers the figures that it may be."""

    sentence: Sentence
    found: Sequence[tuple[Fact, ...]]

    def moves_on(self, place: int) -> bool:
        """Whether it is what the figure before it becomes: from 2,718.31 to 6,000.00."""
        if not place:
            return False
        before, one = self.sentence.said.numbers[place - 1 : place + 1]
        names = frozenset().union(*(fact.cues for fact in self.found[place - 1] if "next" not in fact.cues))
        strong = self.sentence.vocabulary.strong(names, one.kind)
        return bool(TO.fullmatch(self.sentence.said.text[before.number.span[1] : one.number.span[0]])) and any(
            "next" in fact.cues and fact.cues & strong for fact in self.found[place]
        )

    def of_paper(self, place: int) -> bool:
        """Whether it is what the one paper in its phrase is over, called owed or due and by no other name."""
        one = self.sentence.said.numbers[place]
        papers = {name for name in one.own if name.startswith("code:")}
        named = self.sentence.vocabulary.strong(one.around.near, "money")
        rows = [row for listing in self.sentence.view.listings for row in listing.rows if row.things & papers]
        return len(papers) == 1 and named <= OF_PAPERS and any(abs(one.number.value) in row.amounts for row in rows)

    def rates_apart(self, place: int) -> bool:
        """Whether it is a rate that becomes another one beside it: from 1% to 2%."""
        numbers, text = self.sentence.said.numbers, self.sentence.said.text
        for at in (place - 1, place):
            pair = numbers[at : at + 2] if at >= 0 else ()
            rates = len(pair) > 1 and all(
                one.kind == "percent" and any("rebate_rate" in fact.cues for fact in self.found[at + by])
                for by, one in enumerate(pair)
            )
            if rates and TO.fullmatch(text[pair[0].number.span[1] : pair[1].number.span[0]]):
                return pair[0].number.value < pair[1].number.value
        return False

    def is_gain(self, place: int) -> bool:
        """Whether it is what the next tier adds, told as so much more or as what lies between."""
        text, span = self.sentence.said.text, self.sentence.said.numbers[place].number.span
        told = GAINED.search(text[: span[0]]) or (
            GAINED_AFTER.match(text, span[1]) and not TAKEN.search(PHRASE.split(text[: span[0]])[-1])
        )
        return bool(told) and all("gain" in fact.cues for fact in self.found[place])

    def rounded_unnamed(self, place: int) -> bool:
        """Whether it is what the result begins with, told roughly, which no word beside it calls by any name."""
        one = self.sentence.said.numbers[place]
        money = any(fact.kind == "money" for fact in self.sentence.matched[place])
        headed = {fact.value for fact in self.sentence.matched[place]} & self.sentence.view.headline
        if not money or not headed or is_exact(one.number) or one.unit:
            return False
        return not self.sentence.vocabulary.strong(one.around.near.union(*one.around.after), "money")

    def gains(self, place: int) -> bool:
        """Whether it is told as more than now, and is what the next tier adds."""
        start = self.sentence.said.numbers[place].number.span[0]
        more = MORE.search(self.sentence.said.text[max(0, start - 12) : start])
        return bool(more) and any("gain" in fact.cues for fact in self.found[place])
