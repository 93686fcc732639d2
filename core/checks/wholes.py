"""A part and the whole that it is of, told beside each other: 288,585.45 of 500,000, 50万里用了28.9万."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.checks.around import BREAK
from core.checks.callings import Naming
from core.checks.reading import Fact
from core.checks.said import Said
from core.checks.vocabulary import Vocabulary

OF = re.compile(
    r" ?(?:(?:yuan |rmb |cny )?(?:of (?:your )?credit )?(?:available,? |left,? |free,? |remaining,? |unused,? |used,? |"
    r"still free,? )?(?:out )?of (?:your |the |a )?(?:total |overall )?(?:cn|us)?|/ ?(?:总额度?|额度|共|"
    r"limit )?) ?"
)
WITHIN = re.compile(
    r" ?(?:元|块)?(?:的)?(?:总)?(?:(?:授信|额度|信用)*(?:里面?|当中|之?中|之?内|减[掉去]"
    r"|扣[掉除去])|(?:授信|额度|信用)+(?=[还就只已目前一共]*(?:剩|用|可用|余)))"
)
OUT_OF = re.compile(r"(?<![a-z])(?:out )?of (?:your |the |a )?(?:total (?:of )?)?(?:cn)?$")
OUT_OF_ENDS = re.compile(r"(?: yuan| rmb)?(?: (?:credit )?(?:limit|line))?,")
CONSISTS = re.compile(
    r"(?:里头?|中|包括|其中|由|组成|分为|分成|一是|一部分是|:)[^,，。;；]{0,8}$|(?<![a-z])(?:consists?"
    r" of|made up of|mak(?:e|es) up|comprises?|split into|of which"
    r"|that is|namely)[^.;]{0,24}$|: ?(?:cn)?$"
)


def consists(before: str) -> bool:
    """Whether words that end before a number say what a whole is made up of."""
    return bool(CONSISTS.search(before))


@dataclass(frozen=True)
class Wholes:
    """A sentence with what its numbers may be."""

    said: Said
    matched: Sequence[tuple[Fact, ...]]
    vocabulary: Vocabulary

    def beside(self, place: int, named: Naming, before: frozenset[str]) -> bool:
        """Whether the number before it or behind it is its part or its whole; ``before`` are the names before it."""
        return self.part_of(place, named) or self.of_next(place, named, before) or self.follows(place, named)

    def part_of(self, place: int, named: Naming) -> bool:
        """288,585.45 of 500,000: the whole of the number before it."""
        if not place:
            return False
        start, end = self.said.numbers[place - 1].number.span[1], self.said.numbers[place].number.span[0]
        if not OF.fullmatch(self.said.text[start:end]):
            return False
        return any(
            self.vocabulary.concepts[name].whole in named.theirs
            for fact in self.matched[place - 1]
            for name in fact.cues
        )

    def holds(self, names: frozenset[str], named: Naming) -> bool:
        """Whether the names before it are those of what it is a part of."""
        wholes = {self.vocabulary.concepts[name].whole for name in named.theirs}
        return self.vocabulary.strong(names, named.kind) <= wholes

    def of_next(self, place: int, named: Naming, before: frozenset[str]) -> bool:
        """50万里用了28.9万, out of 500k, 288.6k is used: a whole whose part is told behind it by name."""
        if place + 1 >= len(self.matched):
            return False
        start, end = self.said.numbers[place].number.span
        following = self.said.numbers[place + 1]
        between = self.said.text[end : following.number.span[0]]
        out_of = OUT_OF.search(self.said.text[:start]) and OUT_OF_ENDS.match(between)
        if not (out_of or WITHIN.match(between)) or self.vocabulary.strong(before, named.kind):
            return False
        near = following.around.near.union(*following.around.after)
        return any(
            self.vocabulary.concepts[name].whole in named.theirs and name in near
            for fact in self.matched[place + 1]
            for name in fact.cues
        )

    def follows(self, place: int, named: Naming) -> bool:
        """288,585.45 of your 500,000 limit is in use: named behind its whole."""
        wholes = {self.vocabulary.concepts[name].whole for name in named.theirs} - {""}
        if not wholes or not named.is_it(self.behind(place)):
            return False
        return any(wholes & fact.cues for fact in self.matched[place + 1])

    def behind(self, place: int) -> frozenset[str]:
        """The names that stand behind the number of which this one is a part."""
        if place + 1 == len(self.matched):
            return frozenset()
        end, (start, stop) = self.said.numbers[place].number.span[1], self.said.numbers[place + 1].number.span
        if not OF.fullmatch(self.said.text[end:start]):
            return frozenset()
        rest = self.said.text[stop:]
        found = BREAK.search(rest)
        return self.vocabulary.cues(rest[: found.start()] if found else rest)
