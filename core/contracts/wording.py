"""From what was recognised to a finding in the reader's language; every word comes from the playbook."""

from collections.abc import Sequence

from core.contracts.asking import Answer
from core.contracts.findings import Finding, Severity, Source
from core.contracts.learnt import Raised
from core.contracts.playbook import STANCES, Playbook, Text, phrase
from core.contracts.suspicious import Suspicion
from core.contracts.text import Contract
from core.reading.clauses import clause_at


class Wording:
    """Says findings of one contract in one language."""

    def __init__(self, contract: Contract, playbook: Playbook, language: str) -> None:
        self._contract = contract
        self._playbook = playbook
        self._language = language

    def of_raised(self, raised: Raised) -> Finding:
        """A sentence that a rule or the learnt model recognised."""
        said = raised.rule or raised.learnt
        assert said is not None
        return self._finding(
            raised.start,
            raised.end,
            category=said.category,
            severity=said.severity,
            reason=self._with_cues(self._say(said.reason), () if raised.rule else raised.cues),
            suggestion=self._say(said.suggestion),
            basis=said.basis,
            rule=raised.rule.id if raised.rule else f"learnt.{raised.learnt.label if raised.learnt else ''}",
            source=Source.RULE if raised.rule else Source.LEARNT,
        )

    def _with_cues(self, reason: str, cues: Sequence[str]) -> str:
        known = [self._playbook.phrases[key] for cue in cues if (key := f"cue_{cue}") in self._playbook.phrases]
        if not known:
            return reason
        joined = ("、" if self._language.startswith("zh") else ", ").join(self._say(text) for text in known)
        return self._say(self._playbook.phrases["cues"]).format(reason=reason, cues=joined)

    def of_suspicion(self, suspicion: Suspicion) -> Finding:
        """Hidden text, or an order to the reader's software."""
        phrases = self._playbook.phrases
        name = "hidden" if suspicion.how else "instructions"
        how = self._say(phrases[f"how_{suspicion.how}"]) if suspicion.how else ""
        return self._finding(
            suspicion.start,
            suspicion.end,
            category="hidden_text" if suspicion.how else "instructions",
            severity=Severity.HIGH,
            reason=self._say(phrases[f"{name}_reason"]).format(how=how),
            suggestion=self._say(phrases[f"{name}_suggestion"]),
            basis=("playbook",),
            rule=name,
            source=Source.FILE,
        )

    def of_answer(self, answer: Answer) -> Finding:
        """What a model raised; how grave that is, the playbook says."""
        phrases = self._playbook.phrases
        stances = [rule.severity for rule in self._playbook.rules if rule.category == answer.category]
        return self._finding(
            answer.start,
            answer.end,
            category=answer.category,
            severity=min(stances, key=lambda one: one.weight) if stances else STANCES["note"],
            reason=self._say(phrases["model_reason"]).format(reason=answer.reason),
            suggestion=answer.suggestion or self._say(phrases["model_suggestion"]),
            basis=("playbook",),
            rule=f"model.{answer.category}",
            source=Source.MODEL,
        )

    def _finding(
        self,
        start: int,
        end: int,
        *,
        category: str,
        severity: Severity,
        reason: str,
        suggestion: str,
        basis: tuple[str, ...],
        rule: str,
        source: Source,
    ) -> Finding:
        contract = self._contract
        clause = contract.clauses[clause_at(contract.clauses, start)] if contract.clauses else None
        statutes = self._playbook.statutes
        return Finding(
            category=category,
            severity=severity,
            quote=contract.plain.text[start:end],
            start=start,
            end=end,
            page=contract.plain.page_at(start),
            clause=clause.number if clause else "",
            title=self._say(self._playbook.categories.get(category, {"en": category})),
            reason=reason,
            suggestion=suggestion,
            basis=tuple(self._say(statutes[name]) for name in basis if name in statutes),
            rule=rule,
            source=source,
        )

    def _say(self, text: Text) -> str:
        return phrase(text, self._language)
