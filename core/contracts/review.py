"""Reviewing a contract: pure, without a database; complete without a model."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from core.contracts.asking import Ask, answers
from core.contracts.facts import Facts, facts_of
from core.contracts.findings import Finding, Kind, Review, Side
from core.contracts.kinds import kind_of
from core.contracts.learnt import Raised, by_fairness, by_kind, by_rules, weighed
from core.contracts.missing import missing_from, presence_in
from core.contracts.own_rights import is_own_right
from core.contracts.parties import parties_of
from core.contracts.playbook import Own, Playbook, load
from core.contracts.risk import own_embedder, usable
from core.contracts.signals import Signals, signals_in
from core.contracts.summary import summary_of
from core.contracts.suspicious import suspicions
from core.contracts.text import Contract, contract_of, language_of
from core.contracts.wording import Wording
from core.language.embedder import Embedder
from core.reading import read
from core.reading.document import Document

Progress = Callable[[str, int, int], None]

_NAMELESS = "contract"


def review(
    document: str | Path | bytes | Document,
    *,
    side: Side | str = Side.DEALER,
    playbook: Own | Playbook | None = None,
    ask: Ask | None = None,
    language: str | None = None,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
) -> Review:
    """What a careful lawyer of ``side`` would raise in a contract, each with its words and where they stand.

    ``document`` is a path, a file's bytes or what was read from one; ``playbook`` is the reader's own on top of ours;
    ``ask`` puts a question to a model and is believed only where it quotes the clause word for word; ``language`` of
    the reasons is the contract's own unless given; ``progress`` hears the step, how much of it is done and of how much;
    ``embedder`` is one that is loaded already.
    Raises an ``UnreadableFile`` that says why the file can't be used.
    """
    tell = progress or (lambda _step, _done, _all: None)
    whole = document if isinstance(document, Document) else _opened(document, tell)
    return _reviewed(whole, Side(side), _playbook(playbook), ask, language, usable(embedder) or own_embedder(), tell)


def _opened(document: str | Path | bytes, tell: Progress) -> Document:
    def told(done: int, total: int) -> None:
        tell("reading", done, total)

    if isinstance(document, bytes):
        return read(document, _NAMELESS, progress=told, scans=True)
    path = Path(document)
    return read(path.read_bytes(), path.name, progress=told, scans=True)


def _playbook(own: Own | Playbook | None) -> Playbook:
    return own if isinstance(own, Playbook) else load(own)


def _reviewed(
    document: Document,
    side: Side,
    playbook: Playbook,
    ask: Ask | None,
    language: str | None,
    embedder: Embedder | None,
    tell: Progress,
) -> Review:
    contract = contract_of(document)
    spoken = language or contract.language
    parties = parties_of(contract.masked)
    kind = kind_of(contract)
    tell("rules", 0, 1)
    say = Wording(contract, playbook, spoken)
    findings = [say.of_suspicion(each) for each in suspicions(contract)]
    signals = signals_in(contract, playbook, parties, side, kind)
    raised = [
        each
        for each in _raised(contract, signals, playbook, kind, embedder, tell)
        if not is_own_right(each.category, contract.masked[each.start : each.end], parties, side)
    ]
    findings += [say.of_raised(each) for each in raised]
    if ask is not None:
        findings += [say.of_answer(each) for each in answers(contract, playbook, side, ask, tell)]
    presence = presence_in(contract, signals, embedder)
    dealt_with = {each.category for each in raised if each.deals}
    missing, present = missing_from(contract, playbook, kind, spoken, presence, dealt_with)
    facts = _as_written(facts_of(contract.masked, parties), contract)
    kept = tuple(sorted(_once(findings), key=lambda one: (-one.severity.weight, one.start)))
    return Review(
        text=contract.plain.text,
        language=spoken,
        side=side,
        kind=kind,
        facts=facts,
        clauses=contract.clauses,
        findings=kept,
        missing=missing,
        present=present,
        summary=summary_of(contract.title, side, kept, missing, facts, document.unread, playbook, spoken),
        playbook=playbook.name,
        unread=document.unread,
    )


def _as_written(facts: Facts, contract: Contract) -> Facts:
    names = {label: contract.as_written(name) for label, name in facts.parties.items()}
    return replace(facts, parties=names, forum=contract.as_written(facts.forum))


def _raised(
    contract: Contract,
    signals: Sequence[Signals],
    playbook: Playbook,
    kind: Kind,
    embedder: Embedder | None,
    tell: Progress,
) -> Iterator[Raised]:
    yield from raised_by_sentence(contract, signals, playbook, kind, tell, embedder)
    if contract.language != "zh":
        yield from by_kind(contract, playbook, tell)
        if kind is Kind.OTHER:
            yield from by_fairness(contract, playbook, embedder)


def raised_by_sentence(
    contract: Contract,
    signals: Sequence[Signals],
    playbook: Playbook,
    kind: Kind,
    tell: Progress,
    embedder: Embedder | None = None,
) -> Iterator[Raised]:
    """Sentence by sentence, each in its language."""
    chinese = [each for each in signals if language_of(each.sentence.text) == "zh"]
    yield from weighed(chinese, playbook, kind, embedder, tell)
    others = [each for each in signals if language_of(each.sentence.text) != "zh"]
    yield from by_rules(others, playbook.own, beside_chinese=contract.language == "zh")


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Of a category in a sentence only the gravest; what the file itself shows stays."""
    best: dict[tuple[str, int], Finding] = {}
    for each in findings:
        known = best.get((each.category, each.start))
        if known is None or each.severity.weight > known.severity.weight:
            best[each.category, each.start] = each
    yield from best.values()
