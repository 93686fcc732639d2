"""One page for the person who signs: what matters most, what is missing, the key facts."""

from collections.abc import Iterable, Iterator, Sequence

from core.contracts.facts import Facts
from core.contracts.findings import Finding, Missing, Severity, Side, by_sentence, places
from core.contracts.playbook import Playbook, phrase

_GRAVEST = 8
_QUOTE = 60


def summary_of(
    title: str,
    side: Side,
    findings: Sequence[Finding],
    missing: Sequence[Missing],
    facts: Facts,
    unread: Sequence[int],
    playbook: Playbook,
    language: str,
) -> str:
    """Plain text, a page at most."""

    def say(key: str, **given: object) -> str:
        return phrase(playbook.phrases[key], language).format(**given)

    lines = [say("summary_title", title=title, side=say(f"side_{side}"))]
    lines.append(say("counts", missing=len(missing), **places(findings)) if findings or missing else say("nothing"))
    grave = [each for each in findings if each.severity.weight >= Severity.MEDIUM.weight]
    if grave:
        lines += ["", say("gravest")]
        lines += [f"- {_point(each, playbook, language)}" for each in _one_of_each(by_sentence(grave))]
    if missing:
        lines += ["", say("missing"), *(f"- {each.title}: {each.reason}" for each in missing)]
    known = [(name, value) for name, value in facts.as_plain().items() if f"fact_{name}" in playbook.phrases]
    if known or facts.parties:
        lines += ["", say("facts")]
        lines += [f"- {label}: {name}" for label, name in facts.parties.items()]
        lines += [f"- {say(f'fact_{name}')}: {value}" for name, value in known]
    if unread:
        lines += ["", say("unread", pages=", ".join(map(str, unread)))]
    return "\n".join([*lines, "", say("caveat")])


def _one_of_each(sentences: Iterable[Sequence[Finding]]) -> Iterator[Sequence[Finding]]:
    seen: set[str] = set()
    for each in sentences:
        if each[0].category not in seen and len(seen) < _GRAVEST:
            seen.add(each[0].category)
            yield each


def _point(sentence: Sequence[Finding], playbook: Playbook, language: str) -> str:
    finding = sentence[0]
    title = ("、" if language.startswith("zh") else ", ").join(dict.fromkeys(each.title for each in sentence))
    where = ""
    if finding.clause:
        key = "clause_at" if finding.page else "clause_only"
        where = phrase(playbook.phrases[key], language).format(number=finding.clause, page=finding.page)
    quote = finding.quote if len(finding.quote) <= _QUOTE else finding.quote[: _QUOTE - 1] + "…"
    return f"[{finding.severity.value}] {title} {where}: “{' '.join(quote.split())}” {finding.reason}"
