"""Whether the words around a number name the figure that it is, and no other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.checks.alternatives import alternatives, elsewhere, same_rows
from core.checks.around import Around
from core.checks.belonging import ONE_ROW, TIMES, of_kind
from core.checks.callings import Naming
from core.checks.reaching import unreached
from core.checks.rounding import is_exact
from core.checks.spoken import EXACT_COUNTERS, Said, Spoken
from core.checks.view import Fact, View
from core.checks.vocabulary import Vocabulary
from core.checks.wholes import Wholes, consists

PRICES = frozenset({"price_case", "price_bottle", "price_pack", "price_pallet"})
COMPARING = frozenset({"discount", "missing", "gain", "rose", "fell", "change"})
RESULTING = re.compile(
    r"(?<![a-z])rebate (?:up )?to (?:about )?(?:cn|us)?[¥$]?$|返利(?:会|就|能|将)?(?:是|为|有|变成|达到?|涨?到"
    r"|升至?到?) ?$"
)
YOU_ARE = re.compile(
    r"(?<![a-z])(?:you had|you(?:'re| are)(?: only| still| now| currently)? at) (?:about |around |roughly )?(?:cn)?$"
)
MORE_AND = re.compile(r"(?<![a-z])more(?: [a-z]+){0,3},? (?:and|then) (?:you(?:'re| are| will be)|it's)(?![a-z])")
FURTHER = re.compile(r"(?<![a-z])(?:another|an? (?:extra|additional|further)) (?:cn|us)?[¥$]?$")
THAN = re.compile(
    r"(?:(?<![环同占])比|较)[^,，。;；\d]{0,10}$|(?<![a-z])than (?:the |your )?(?:[a-z]+ ){0,3}(?:cn|us)?[¥$]?$"
)
COMPARED = re.compile(
    r"(?:level with|on a par with|on par with|in line with|flat on|unchanged from"
    r"|ahead of|behind|above|below|better than|worse than|more than|less than|than|up on"
    r"|down on) (?:the )?(?:last|previous|same)[a-z ]{0,20} ?[:,] ?"
    r"(?:at |with )?(?:cn|us)?[¥$]?$|(?:比|较)[^,，。;；:：\d]{2,12} ?[:：] ?(?:cn|us)?[¥$]?$"
)
EXPECTED = re.compile(
    r"(?:预估|预计|估计|估算|目前|现在|到现在|截至目前)[^,，。;；\d]{0,8}?(?:能|可以?)(?:拿|得|有"
    r"|返)到?(?:约|大约|大概)?(?:cn)?$"
    r"|(?<![a-z])(?:so far|estimated?|as it stands|at present),? (?:that )?(?:you|it) (?:can|could"
    r"|would|should) (?:get|expect|earn|be) "
    r"(?:about |around )?(?:cn)?$"
)
REACHED = re.compile(r"已|达到|目前|现在|(?<![a-z])(?:reached|qualif\w+|you are|you're|are in|currently|now)(?![a-z])")
AHEAD = frozenset({"next", "tier_ahead", "missing", "gain", "threshold"})


@dataclass(frozen=True)
class Sentence:
    """A sentence with what its numbers may be and what each is about."""

    said: Said
    matched: Sequence[tuple[Fact, ...]]
    things: Sequence[frozenset[str]]
    view: View
    vocabulary: Vocabulary

    @property
    def _wholes(self) -> Wholes:
        return Wholes(self.said, self.matched, self.vocabulary)

    def rightly_named(self, place: int) -> bool:
        """Whether any of a number's facts goes by the names that stand around it."""
        return any(
            self._qualified(place, kind, cues, under) and self._named(place, kind, cues)
            for kind, cues, under in alternatives(self.matched[place], self.vocabulary)
        )

    def _named(self, place: int, kind: str, cues: frozenset[str]) -> bool:
        """Own words must name this figure and no other; shared ones it or its neighbour."""
        one = self.said.numbers[place]
        around = self._around(one)
        named = Naming(
            kind,
            self.vocabulary.of_kind(cues, kind),
            elsewhere(one, kind, self.view),
            around.near.union(*around.after),
            self.vocabulary,
            any(of_kind(self.things[place] & fact.entities, "day") for fact in self.matched[place]),
            one.unit,
        )
        if kind == "ordinal":
            return self._tier_told(place, cues)
        if named.is_it(around.before) or self._wholes.beside(place, named, around.before):
            return True
        before = self.said.text[: one.number.span[0]]
        if FURTHER.search(before):
            gained = "gain" in named.theirs & around.near
            return gained or "missing" in named.theirs or (named.is_it(around.near) and kind != "money")
        alone = not self.vocabulary.strong(around.before, kind, one.unit)
        alone = alone or (consists(before) and self._wholes.holds(around.before, named))
        if alone and any(map(named.is_it, around.after)):
            return True
        result = "gain" in named.theirs - around.near and RESULTING.search(before)
        if result or not named.may_be(around.before) or (around.after and not any(map(named.may_be, around.after))):
            return False
        for names, other in around.shared:
            if not named.may_be(names) and not any(names & fact.cues for fact in self.matched[other]):
                return False
        strong = self.vocabulary.strong(around.near.union(*around.after), kind, one.unit)
        if self._total_of_another(place, named):
            return False
        return bool(strong) or self._unmistaken(place, named) or self._understood(place, named)

    def _around(self, one: Spoken) -> Around:
        """Its words without those that make something else of it: from so many up, less than it."""
        around, text = one.around, self.said.text
        apart: frozenset[str] = frozenset()
        steps = {step for schedule in self.view.schedules for step in schedule.steps}
        if one.kind == "quantity" and one.number.value not in steps:
            apart |= {"step"}
        if THAN.search(text[: one.number.span[0]]):
            apart |= COMPARING
        if COMPARED.search(text[: one.number.span[0]]):
            apart |= {"before"}
        if "price" not in self.view.cues.get("money", ()):
            apart |= {"price"}
        if abs(one.number.value) in self.view.headline and EXPECTED.search(text[: one.number.span[0]]):
            apart |= {"next"}
        if "left_over" not in self.view.cues.get("money", ()) or self._pays():
            apart |= {"left_over"}
        if not apart & around.near.union(*around.after):
            return around
        after = tuple(names - apart for names in around.after)
        before = around.before | around.gap if "price" in apart & around.before else around.before
        return replace(around, before=before - apart, after=after)

    def _pays(self) -> bool:
        """Whether it tells a payment, after which what is left is what is owed."""
        return any("paid" in fact.cues and fact.value for facts in self.matched for fact in facts)

    def _unmistaken(self, place: int, named: Naming) -> bool:
        """Told to the cent, and no part of a whole of which another part is in view, nor what was before as if now."""
        one = self.said.numbers[place]
        wholes = {self.vocabulary.concepts[name].whole for name in named.theirs} - {""}
        parts = {name for name in named.elsewhere - named.theirs if self.vocabulary.concepts[name].whole in wholes}
        past = all("before" in fact.cues for fact in self.matched[place])
        told = "before" in self.said.cues | one.around.near | one.around.earlier
        return is_exact(one.number) and not (wholes and parts) and (told or not past)

    def _then(self, one: Spoken) -> bool:
        """Whether it is told of a time that isn't the one that results are about."""
        named, main = of_kind(one.entities, "period"), of_kind(self.view.belonging.main, "period")
        return bool(named and main and not named & main)

    def _tier_told(self, place: int, cues: frozenset[str]) -> bool:
        """A tier that is reached, or one that is told as lying ahead."""
        around = self.said.numbers[place].around
        own = around.near.union(*around.after)
        tiers = of_kind(self.things[place], "tier")
        if "tier_reached" in cues or (tiers and tiers <= unreached(self.said, self.view).keys()):
            return True
        told = self.vocabulary.all_cues(self.said.text)
        ahead = AHEAD if cues else AHEAD - {"threshold"}
        if ahead & own:
            return True
        if MORE_AND.search(self.said.text):
            return True
        if (
            cues
            and len(tiers) == 1
            and not REACHED.search(self.said.text)
            and any(
                "next" in fact.cues and tiers & fact.entities and fact.kind == "money"
                for facts in self.matched
                for fact in facts
            )
        ):
            return True
        if "tier_reached" in own:
            return False
        return self._threshold_told(place) or bool(ahead & told)

    def _threshold_told(self, place: int) -> bool:
        """Whether the sentence tells from where on the tier is reached."""
        tiers = frozenset().union(*(fact.entities for fact in self.matched[place]))
        return any(
            fact.kind == "money" and "threshold" in fact.cues and of_kind(fact.entities & tiers, "tier")
            for one in self.said.numbers
            if one.kind != "ordinal"
            for fact in self.view.facts.get(one.number.value, ())
        )

    def _total_of_another(self, place: int, named: Naming) -> bool:
        """Told as the total, which is another figure; a row may have its own."""
        one = self.said.numbers[place]
        if "total" not in one.around.before or "total" in named.theirs or "total" not in named.elsewhere:
            return False
        rows = one.own & self.view.belonging.rows - self.view.belonging.main
        own = any(rows & fact.entities for fact in self.matched[place]) and all(
            len(of_kind(rows, kind)) < 2 for kind in ONE_ROW
        )
        return not own and not named.is_it(one.around.earlier)

    def _understood(self, place: int, named: Naming) -> bool:
        """Of a number that nothing in its clause names: what was asked, a result's first, a row's, named before."""
        one, facts = self.said.numbers[place], self.matched[place]
        if named.kind == "quantity":
            return place > 0 or one.unit in EXACT_COUNTERS or named.may_be(one.around.earlier)
        if named.kind == "percent":
            return True
        if not named.may_be(self._wholes.behind(place)):
            return False
        if self._then(one) and any("before" in fact.cues for fact in facts):
            return True
        told = named.may_be(one.around.gap) or bool(named.theirs & one.around.before)
        if told and any(fact.value in self.view.headline for fact in facts):
            return True
        return self._namedelsewhere(place, named) or self._in_row(place) or self._worked_out(one)

    def _namedelsewhere(self, place: int, named: Naming) -> bool:
        """In the question, earlier or later in the sentence, by what it was before or is a part of."""
        around = self.said.numbers[place].around
        under = self.said.cues | around.before
        if any(self.vocabulary.qualifiers(fact.cues, named.kind) & under for fact in self.matched[place]):
            return True
        if named.theirs & self.view.asked or named.is_it(around.earlier):
            return True
        at = YOU_ARE.search(self.said.text[: self.said.numbers[place].number.span[0]])
        if (
            (at or "present" in around.near)
            and "rebate_base" in named.theirs
            and {"threshold", "missing"} & self.said.cues
        ):
            return True
        last = place == len(self.matched) - 1
        return (
            self._wholes.part_of(place, named)
            or self._wholes.follows(place, named)
            or (last and named.is_it(around.later))
        )

    def _in_row(self, place: int) -> bool:
        """By the row that is named, or as the price where it is told as one."""
        around, facts = self.said.numbers[place].around, self.matched[place]
        if "price" in around.near.union(*around.after) and any(fact.cues & PRICES for fact in facts):
            return True
        rows = self.things[place] & self.view.belonging.rows
        rows -= {name for name in self.view.belonging.main if name.split(":")[0] in ONE_ROW - TIMES}
        return any(rows & fact.entities and self._plain(fact) for fact in facts)

    def _plain(self, fact: Fact) -> bool:
        """Whether it needs no name of its own in its row, as the price of a case beside the amount does."""
        if not fact.cues & PRICES:
            return True
        return not any(
            other.kind == fact.kind and other.entities >= fact.entities and not other.cues & PRICES and other.value
            for same in self.view.facts.values()
            for other in same
        )

    def _worked_out(self, one: Spoken) -> bool:
        """Whether it stands in arithmetic that a result shows."""
        known = self.view.steps | {step[::-1] for step in self.view.steps if step[1] in "×x*"}
        return any(one.number.value in {step[0], step[2]} for step in set(self.said.steps) & known)

    def _qualified(self, place: int, kind: str, cues: frozenset[str], under: frozenset[str]) -> bool:
        """A figure that holds only under a condition isn't told as the plain one (the rebate), nor that as this."""
        theirs = self.vocabulary.of_kind(cues, kind)
        one = self.said.numbers[place]
        around = one.around
        own = around.near.union(*around.after)
        plain = self._around(one)
        told = self.vocabulary.qualifiers(plain.before.union(*plain.after), kind)
        facts = self.matched[place]
        if any(of_kind(self.things[place] & fact.entities, "tier") for fact in facts):
            under -= {"next"}
        if self._then(one):
            under -= {"before"}
        if "gain" in theirs & own:
            under -= {"next"}
        if under and "present" in own and "gain" not in cues and not under & own:
            return False
        if under & (own | around.earlier | around.later) or (kind != "money" and under & self.said.cues):
            return True
        told -= frozenset().union(*(fact.cues for fact in self.matched[place]))
        told -= {"next"} if theirs & {"missing", "threshold"} else {"present"}
        if not (under or told - {"present"}):
            return True
        about = frozenset().union(*(fact.timeless for fact in self.matched[place]))
        return not any(
            fact.kind == kind
            and fact.value != abs(one.number.value)
            and ((theirs & fact.cues and same_rows(fact.entities, about)) or (about and about == fact.timeless))
            and (told & fact.cues or (under and not under & fact.cues))
            for alike in self.view.facts.values()
            for fact in alike
        )
