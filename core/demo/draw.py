"""Numbers that look random and are the same on every machine: each series comes from a hash of its own name."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """The series named by seed, table and key; a new series shifts no other. Whole numbers only, so nothing drifts."""

    __slots__ = ("_name", "_round", "_values")

    def __init__(self, seed: int, table: str, key: str) -> None:
        self._name = f"{seed}|{table}|{key}"
        self._round = 0
        self._values: list[int] = []

    def below(self, bound: int) -> int:
        """0 to ``bound`` - 1, each as likely as the next."""
        if not self._values:
            digest = sha256(f"{self._name}|{self._round}".encode()).digest()
            self._round += 1
            self._values = [int.from_bytes(digest[start : start + 8], "big") for start in (0, 8, 16, 24)]
        return (self._values.pop() * bound) >> 64

    def between(self, low: int, high: int) -> int:
        """``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def around(self, middle: int, spread: int) -> int:
        """Near ``middle``, at most ``spread`` away, the further the rarer."""
        return middle - spread + (self.below(2 * spread + 1) + self.below(2 * spread + 1)) // 2

    def chance(self, per_mille: int) -> bool:
        """True in ``per_mille`` of a thousand."""
        return self.below(1000) < per_mille

    def pick(self, choices: Sequence[T]) -> T:
        """One of them."""
        return choices[self.below(len(choices))]

    def sample(self, weights: Sequence[int], count: int) -> list[int]:
        """Places of ``count`` different choices, heavier ones sooner and likelier; none of weight 0."""
        left = list(weights)
        total = sum(left)
        chosen: list[int] = []
        while len(chosen) < count and total > 0:
            point = self.below(total)
            for place, weight in enumerate(left):
                point -= weight
                if point < 0:
                    chosen.append(place)
                    total -= weight
                    left[place] = 0
                    break
        return chosen
