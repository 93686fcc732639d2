"""What another version of a contract changed, clause by clause, and for whom that is better."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.contracts.comparing.alignment import Alignment, Unit, align, units
from core.contracts.comparing.changes import Change, Deviation, How, Words
from core.contracts.comparing.directions import Judge
from core.contracts.comparing.references import Renumbering
from core.contracts.comparing.tokens import Edit, difference
from core.contracts.findings import Side
from core.contracts.playbook import Own, Playbook, load
from core.contracts.text import Contract, contract_of, sentences_in
from core.reading.document import Document


def compare(
    before: Document,
    after: Document,
    *,
    side: Side | str = Side.DEALER,
    playbook: Own | Playbook | None = None,
    language: str | None = None,
) -> Deviation:
    """What became of ``before`` in ``after``, as ``side`` should see it.

    Other numbers before clauses, other line breaks and references that follow the numbers are no changes; ``language``
    of the reasons is that of ``after`` unless given.
    """
    ours, theirs = contract_of(before), contract_of(after)
    book = playbook if isinstance(playbook, Playbook) else load(playbook)
    spoken = language or theirs.language
    pair = _Pair(ours, theirs)
    judge = Judge(ours, theirs, Side(side), book, spoken)
    return Deviation(
        before=ours.plain.text,
        after=theirs.plain.text,
        side=Side(side),
        language=spoken,
        changes=tuple(judge.judged(pair.changes())),
        renumbered=pair.renumbering.pairs,
        edits=tuple(pair.edits()),
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """A sentence that stayed (both places), went or came (one of them), or moved (both, and ``moved``)."""

    ours: int | None
    theirs: int | None
    moved: bool = False


class _Pair:
    """Two contracts whose sentences are aligned; the same whichever of them is called the first."""

    def __init__(self, ours: Contract, theirs: Contract) -> None:
        self._contracts = ours, theirs
        self._ours, self._theirs = _units(ours), _units(theirs)
        self._found = self._aligned()
        together = [*self._found.kept, *self._found.moved]
        self.renumbering = Renumbering(
            (ours.clauses[self._ours[a].clause], theirs.clauses[self._theirs[b].clause])
            for a, b in together
            if self._ours[a].begins and self._theirs[b].begins
        )

    def _aligned(self) -> Alignment:
        if self._contracts[0].plain.text <= self._contracts[1].plain.text:
            return align(self._ours, self._theirs)
        found = align(self._theirs, self._ours)
        kept, moved = ([(a, b) for b, a in pairs] for pairs in (found.kept, found.moved))
        return Alignment(tuple(kept), tuple(moved))

    def edits(self) -> Iterator[Edit]:
        """In order of ``after``; together they cover both texts."""
        ours, theirs = (contract.plain.text for contract in self._contracts)
        moved_from, moved_to = ({pair[at] for pair in self._found.moved} for at in (0, 1))
        at = (0, 0)
        for step in self._steps():
            ends = (
                at[0] if step.ours is None else self._ours[step.ours].end,
                at[1] if step.theirs is None else self._theirs[step.theirs].end,
            )
            one, other = ours[at[0] : ends[0]], theirs[at[1] : ends[1]]
            if step.ours is not None and step.theirs is not None:
                yield from difference(one, other, at)
            else:
                moved = step.ours in moved_from if step.ours is not None else step.theirs in moved_to
                yield Edit((at[0], ends[0]), (at[1], ends[1]), same=False, moved=moved)
            at = ends
        if at != (len(ours), len(theirs)):
            yield from difference(ours[at[0] :], theirs[at[1] :], at)

    def _steps(self) -> Iterator[_Step]:
        """What moved went in one place and came in another."""
        at = (0, 0)
        for ours, theirs in [*self._found.kept, (len(self._ours), len(self._theirs))]:
            yield from (_Step(one, None) for one in range(at[0], ours))
            yield from (_Step(None, other) for other in range(at[1], theirs))
            if ours < len(self._ours) and theirs < len(self._theirs):
                yield _Step(ours, theirs)
            at = (ours + 1, theirs + 1)

    def changes(self) -> list[Change]:
        """In the order of ``after``; what went stands before what came in its place."""
        placed = sorted([*self._in_place(), *self._moved()], key=lambda each: each[0])
        return [change for _, change in placed]

    def _in_place(self) -> Iterator[tuple[int, Change]]:
        moved_from, moved_to = ({pair[at] for pair in self._found.moved} for at in (0, 1))
        stay = [step for step in self._steps() if step.ours not in moved_from and step.theirs not in moved_to]
        place = 0
        for unchanged, stretch in groupby(stay, self._is_unchanged):
            steps = list(stretch)
            for group in [] if unchanged or self._is_only_cut_otherwise(steps) else self._together(steps):
                place = max([place, *(step.theirs for step in group if step.theirs is not None)])
                yield from ((place, change) for change in self._of_group(group))
            place = max([place, *(step.theirs for step in steps if step.theirs is not None)])

    def _moved(self) -> Iterator[tuple[int, Change]]:
        steps = [
            _Step(ours, theirs, moved=True) for ours, theirs in sorted(self._found.moved, key=lambda pair: pair[1])
        ]
        for group in self._together(steps):
            assert group[0].theirs is not None
            for change in self._of_group(group):
                yield group[0].theirs, change

    def _is_unchanged(self, step: _Step) -> bool:
        return step.ours is not None and step.theirs is not None and self._says_the_same(step)

    def _says_the_same(self, step: _Step) -> bool:
        assert step.ours is not None
        assert step.theirs is not None
        ours, theirs = self._ours[step.ours], self._theirs[step.theirs]
        return ours.key == theirs.key or self.renumbering.explains(ours.text, theirs.text)

    def _is_only_cut_otherwise(self, steps: Sequence[_Step]) -> bool:
        """Whether the same words only stand in other sentences or paragraphs."""
        ours = "".join(self._ours[step.ours].key for step in steps if step.ours is not None)
        theirs = "".join(self._theirs[step.theirs].key for step in steps if step.theirs is not None)
        return ours == theirs

    def _together(self, steps: Sequence[_Step]) -> Iterator[list[_Step]]:
        """Sentences of a clause that came, went or moved together; each that was rewritten is alone."""
        group: list[_Step] = []
        for step in steps:
            if group and not self._goes_with(group[-1], step):
                yield group
                group = []
            group.append(step)
        if group:
            yield group

    def _goes_with(self, last: _Step, step: _Step) -> bool:
        if step.ours is not None and step.theirs is not None and not (step.moved and self._says_the_same(step)):
            return False
        both = (last.ours, step.ours, self._ours), (last.theirs, step.theirs, self._theirs)
        return last.moved == step.moved and all(
            one is other
            if one is None or other is None
            else other == one + 1 and units[one].clause == units[other].clause
            for one, other, units in both
        )

    def _of_group(self, group: Sequence[_Step]) -> Iterator[Change]:
        before = self._words(0, [step.ours for step in group if step.ours is not None])
        after = self._words(1, [step.theirs for step in group if step.theirs is not None])
        if before is None and after is None:
            return
        if before is None or after is None:
            how = How.ADDED if before is None else How.REMOVED
        else:
            moved = group[0].moved and self._says_the_same(group[0])
            how = How.MOVED if moved else How.CHANGED
        yield Change(how=how, before=before, after=after, moved=group[0].moved)

    def _words(self, which: int, places: Sequence[int]) -> Words | None:
        all_units = (self._ours, self._theirs)[which]
        said = [at for at in places if all_units[at].key]
        if not said:
            return None
        contract = self._contracts[which]
        start, end = all_units[min(said)].start, all_units[max(said)].end
        piece = contract.plain.text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        clause = contract.clauses[all_units[min(said)].clause] if contract.clauses else None
        return Words(
            text=contract.plain.text[start:end],
            start=start,
            end=end,
            page=contract.plain.page_at(start),
            clause=clause.number if clause else "",
            heading=clause.heading if clause else "",
        )


def _units(contract: Contract) -> tuple[Unit, ...]:
    text = contract.plain.text
    sentences = sentences_in(text, contract.clauses)
    return units(text, [each.start for each in sentences], contract.clauses, [each.clause for each in sentences])
