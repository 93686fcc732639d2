"""Which products a word tells apart: what has an attribute, and which products share a name with others."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from agents.offline.wording.lexicon import stands_in

PAIR = 2
HEAD = re.compile(r"[\u3400-\u9fff]{2,}|[a-z]{3,}(?: [a-z]{3,})*")


@dataclass(frozen=True)
class Families:
    """The catalogue seen by what its names share; ``attributes`` are words by what they say of a product."""

    names: Mapping[str, Sequence[str]]
    sizes: Mapping[str, Decimal | None]
    attributes: Mapping[str, Sequence[str]]

    def relatives(self, skus: Iterable[str]) -> list[str]:
        """The products that share a name with one of these, themselves left out: 罐装可乐 and 大瓶可乐 share 可乐."""
        own = [sku for sku in skus if sku in self.names]
        heads = self.heads(own)
        return [
            sku
            for sku, names in self.names.items()
            if sku not in own and any(stands_in(head, name) for head in heads for name in names)
        ]

    def heads(self, skus: Iterable[str]) -> list[str]:
        """The names, of any product, that stand in the names of these: 可乐 in 罐装可乐."""
        called = [name for sku in skus for name in self.names.get(sku, ())]
        return [head for head in self._every if any(stands_in(head, name) for name in called)]

    @cached_property
    def _every(self) -> frozenset[str]:
        """Every name that others may be made of."""
        return frozenset(name for names in self.names.values() for name in names if HEAD.fullmatch(name))

    def namesakes(self, sku: str) -> list[str]:
        """With it, the products of the longest name that it shares with any: 橙汁 and 橙汁1L."""
        for head in sorted(self.heads([sku]), key=len, reverse=True):
            same = [other for other, names in self.names.items() if any(stands_in(head, name) for name in names)]
            if len(same) > 1:
                return same
        return [sku]

    def telling(self, sku: str, others: Iterable[str]) -> list[str]:
        """What its names have beside the name that it shares, and no name of the others has: 青柠 of 青柠气泡水."""
        beside = [other for other in others if other != sku]
        heads = sorted(self.heads([sku]), key=len, reverse=True)
        called = [(name, head) for name in self.names.get(sku, ()) for head in heads if name != head]
        rests = {name.removeprefix(head).strip() for name, head in called if name.startswith(head)}
        rests |= {name.removesuffix(head).strip() for name, head in called if name.endswith(head)}
        long_enough = {rest for rest in rests if len(rest) > (3 if rest.isascii() else 1) and not rest.isdigit()}
        return [rest for rest in sorted(long_enough, key=len, reverse=True) if not self.holding(rest, beside)]

    def holding(self, word: str, pool: Sequence[str]) -> list[str]:
        """Those of the pool with a name that the word fits."""
        words = self._same(word)
        return [sku for sku in pool if any(stands_in(one, name) for one in words for name in self.names.get(sku, ()))]

    def beside(self, word: str, pool: Sequence[str]) -> list[str]:
        """The one of the pool that the word fits beside the others: the largest, or the one they are named after."""
        match self._attribute(word):
            case "large" | "small" as end:
                return self._by_size(pool, largest=end == "large")
            case "plain":
                return self._plain(pool)
        return []

    def of_size(self, millilitres: Decimal, pool: Sequence[str]) -> list[str]:
        """Those of the pool that hold so much."""
        return [sku for sku in pool if self.sizes.get(sku) == millilitres]

    def _attribute(self, word: str) -> str | None:
        return next((name for name, words in self.attributes.items() if word in words), None)

    def _same(self, word: str) -> Sequence[str]:
        return self.attributes.get(self._attribute(word) or "", (word,))

    def called(self, word: str, beside: Iterable[str], pool: Sequence[str]) -> list[str]:
        """Those with a name that is the word and one of these names, and nothing else: 大瓶 beside 矿泉水."""
        made = {
            name
            for one in self._same(word)
            for head in beside
            for name in (f"{one}{head}", f"{one} {head}", f"{head} {one}")
        }
        return [sku for sku in pool if any(name in made for name in self.names.get(sku, ()))]

    def _plain(self, pool: Sequence[str]) -> list[str]:
        """The one whose own name the others' names are made of."""
        first = {sku: self.names[sku][0] for sku in pool if self.names.get(sku)}
        held = [
            sku
            for sku, name in first.items()
            if len(first) > 1 and all(name in other for key, other in first.items() if key != sku)
        ]
        return held if len(held) == 1 else []

    def _by_size(self, pool: Sequence[str], *, largest: bool) -> list[str]:
        sizes = {sku: size for sku in pool if (size := self.sizes.get(sku)) is not None}
        if len(pool) != PAIR or len(set(sizes.values())) != PAIR:
            return []  # of more than two, "the small one" may be any but the largest
        end = (max if largest else min)(sizes.values())
        return [sku for sku, size in sizes.items() if size == end]
