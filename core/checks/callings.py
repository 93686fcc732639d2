"""Whether words name a figure, or may."""

from dataclasses import dataclass

from core.checks.vocabulary import Vocabulary

ASSERTING = frozenset({"overdue", "free", "silent", "ordering", "missing", "paid", "hold", "minimum", "stock"})
PAYING = frozenset({"paid"})


@dataclass(frozen=True)
class Naming:
    """Whether words name a figure that goes by ``theirs``; ``elsewhere`` are the names of others in view.

    ``dated`` says that the day it belongs to was named.
    """

    kind: str
    theirs: frozenset[str]
    elsewhere: frozenset[str]
    clause: frozenset[str]
    vocabulary: Vocabulary
    dated: bool = False
    unit: str = ""

    def is_it(self, names: frozenset[str]) -> bool:
        """By one of its own names; by a general one where its day says which it is."""
        named = self.vocabulary.strong(names, self.kind, self.unit)
        if self.dated and any(self.vocabulary.general(name, self.theirs) for name in named):
            return True
        return bool(named & self.theirs)

    def may_be(self, names: frozenset[str]) -> bool:
        """By its own name; by a general one beside its own in the clause; by nothing that another one is called."""
        named = self.vocabulary.strong(names, self.kind, self.unit)
        if not named or self.is_it(names):
            return True
        if any(self.vocabulary.general(name, self.theirs & self.clause) for name in named):
            return True
        if all(name not in self.elsewhere and self.vocabulary.general(name, self.theirs) for name in named):
            return True
        if "rebate" in self.theirs and named <= PAYING:
            return True
        if not named & self.elsewhere and named <= {self.vocabulary.concepts[name].whole for name in self.theirs}:
            return True
        if self.kind == "quantity":
            return not named & (self.elsewhere | ASSERTING)
        return not self.theirs and not named & self.elsewhere
