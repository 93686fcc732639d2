"""How a review reads: counts first, the gravest, then the rest on request; the lawyers' caveat once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from core.contracts.findings import Finding, Review, Severity, by_sentence, places
from core.contracts.reckoning import number
from core.replies import Block, Button, Citation, Citations, Column, Figure, Reply, Table, Text, say
from core.words import Words
from tools.contract_papers import Looked

GRAVEST, A_TABLE, QUOTE, CITED, ON_A_BUTTON = 3, 8, 60, 300, 24
VIEWS = ("details", "high", "missing", "compare", "reply")
SCALES: Mapping[str, int] = {"": 1, "万": 10**4, "亿": 10**8}
MONEY = re.compile(
    r"(?:人民币|CNY|RMB|¥|￥)?\s*(\d[\d,]*(?:\.\d+)?)\s*(万|亿)?(?=元|\s*yuan)|(?:CNY|RMB|¥|￥)\s*(\d[\d,]*(?:\.\d+)?)()"
)
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")


def summary(looked: Looked, title: str, words: Words) -> Reply:
    """How many of what, the gravest three, what is missing, the key facts; the rest behind ``more``."""
    found = looked.review
    shown = list(_one_of_each(found.findings))[:GRAVEST]
    first = [group[0] for group in shown]
    lines = [_counts(found, title, words)]
    lines += [_point(place, group, words) for place, group in enumerate(shown, start=1)]
    if found.missing and len(shown) < GRAVEST:
        names = words("list.comma").join(one.title for one in found.missing[:6])
        lines.append(words("contracts.lacks", names=names))
    if facts := _facts(found, words):
        lines.append(facts)
    blocks: list[Block] = [Text("\n".join(lines))]
    if cited := _citations(first, looked.paper.name, title):
        blocks.append(cited)
    if looked.first:
        blocks.append(Text(words("contracts.caveat")))
    sentences = by_sentence(found.findings)
    rest = _table(sentences[:A_TABLE], words) if len(sentences) > GRAVEST else ()
    unread = (Text(words("contracts.unread", pages=", ".join(map(str, found.unread[:10])))),) if found.unread else ()
    reply = Reply((*blocks, *unread), figures(first, found), more=rest)
    return reply.with_buttons(_ways_on("summary", words))


def brief(looked: Looked, place: int, words: Words, *, compares: bool) -> Reply:
    """A contract among several: how many of what, the gravest one; each has a button that says which it opens."""
    found, name = looked.review, looked.paper.name
    lines = [_counts(found, name, words)]
    gravest = list(_one_of_each(found.findings))[:1]
    lines += [_point(1, group, words) for group in gravest]
    if facts := _facts(found, words):
        lines.append(facts)
    blocks: list[Block] = [Text("\n".join(lines))]
    first = [group[0] for group in gravest]
    if cited := _citations(first, name, name):
        blocks.append(cited)
    if looked.first:
        blocks.append(Text(words("contracts.caveat")))
    called = {"name": shortened(name, ON_A_BUTTON)}
    ways = [
        Button(f"choose:{place}", words("contracts.button.open", **called), words("contracts.says.open", name=name))
    ]
    if compares:
        ways.append(
            Button(f"choose:{place + 1}", words("contracts.button.compare_two"), words("contracts.says.compare_two"))
        )
    return Reply(tuple(blocks), figures(first, found)).with_buttons(ways)


def details(looked: Looked, words: Words) -> Reply:
    """Every finding that matters, with reason, suggestion and basis."""
    return _listed(
        looked, [one for one in looked.review.findings if one.severity is not Severity.INFO], "details", words
    )


def only_high(looked: Looked, words: Words) -> Reply:
    """Only what is high."""
    return _listed(looked, [one for one in looked.review.findings if one.severity is Severity.HIGH], "high", words)


def missing(looked: Looked, words: Words) -> Reply:
    """The clauses that such a contract should have."""
    found = looked.review.missing
    if not found:
        return say(words("contracts.nothing_missing"), *_ways_on("missing", words))
    one = len(found) == 1
    lines = [words("contracts.missing.one") if one else words("contracts.missing", count=len(found))]
    lines += [
        words("contracts.missing_one", place=place, title=one.title, reason=one.reason, suggestion=one.suggestion)
        for place, one in enumerate(found, start=1)
    ]
    rest = (Text("\n".join(lines[6:])),) if len(lines) > 6 else ()
    return Reply((Text("\n".join(lines[:6])),), more=rest).with_buttons(_ways_on("missing", words))


def no_contract(words: Words) -> Reply:
    """That a file reads like anything but a contract."""
    return say(words("contracts.no_contract"))


def _listed(looked: Looked, found: Sequence[Finding], view: str, words: Words) -> Reply:
    if not found:
        return say(words(f"contracts.none.{view}"), *_ways_on(view, words))
    sentences = by_sentence(found)
    blocks: list[Block] = [Text(counted(words, f"contracts.listed.{view}", len(sentences)))]
    each = [_whole(place, group, words) for place, group in enumerate(sentences, start=1)]
    blocks.append(Text("\n".join(each[:GRAVEST])))
    if cited := _citations([group[0] for group in sentences[:GRAVEST]], looked.paper.name, ""):
        blocks.append(cited)
    rest: tuple[Block, ...] = ()
    if len(each) > GRAVEST:
        rest = tuple(Text(one) for one in each[GRAVEST:])
    reply = Reply(tuple(blocks), figures(found, looked.review), more=rest)
    return reply.with_buttons(_ways_on(view, words))


def counted(words: Words, key: str, count: int, **more: str) -> str:
    """Words with a count; one of a thing has its own."""
    return words(f"{key}.one" if count == 1 else key, count=count, **more)


def _counts(found: Review, title: str, words: Words) -> str:
    counts = places(found.findings)
    if not any(counts[each] for each in ("high", "medium", "low")) and not found.missing:
        return words("contracts.clean", title=title)
    return words("contracts.counts", title=title, missing=len(found.missing), **counts)


def _one_of_each(findings: Sequence[Finding]) -> Iterable[Sequence[Finding]]:
    """Sentence by sentence, of each category the first; what is merely for finding again is left out."""
    categories: set[str] = set()
    for group in by_sentence(one for one in findings if one.severity is not Severity.INFO):
        if group[0].category not in categories:
            categories.add(group[0].category)
            yield group


def _point(place: int, group: Sequence[Finding], words: Words) -> str:
    first = group[0]
    return words(
        "contracts.point",
        place=place,
        severity=words(f"contracts.severity.{first.severity}"),
        title=_titles(group, words),
        where=where(first.clause, first.page, words),
        reason=first.reason,
    )


def _titles(group: Sequence[Finding], words: Words) -> str:
    return words("list.comma").join(dict.fromkeys(one.title for one in group))


def _whole(place: int, group: Sequence[Finding], words: Words) -> str:
    first = group[0]
    lines = [_point(place, group, words)]
    lines += [one.reason for one in group[1:] if one.reason != first.reason]
    lines.append(words("contracts.quote", quote=shortened(first.quote, CITED)))
    suggestions = dict.fromkeys(one.suggestion for one in group if one.suggestion)
    lines += [words("contracts.suggestion", suggestion=suggestion) for suggestion in suggestions]
    basis = dict.fromkeys(name for one in group for name in one.basis)
    if basis:
        lines.append(words("contracts.basis", basis=words("list.comma").join(basis)))
    return "\n".join(lines)


def where(clause: str, page: int | None, words: Words) -> str:
    """The clause and page as they are written behind a matter; empty where there is neither."""
    if not clause and page is None:
        return ""
    key = "contracts.where" if clause and page else ("contracts.where_clause" if clause else "contracts.where_page")
    return words(key, clause=clause, page=page)


def shortened(quote: str, longest: int = QUOTE) -> str:
    """A quote on one line."""
    plain = " ".join(quote.split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def _facts(found: Review, words: Words) -> str:
    facts = found.facts
    said = []
    if facts.start and facts.end:
        said.append(words("contracts.fact.term", start=facts.start, end=facts.end))
    if facts.payment_days is not None:
        said.append(words("contracts.fact.payment", days=facts.payment_days))
    if facts.late_rate_daily:
        said.append(words("contracts.fact.late", rate=facts.late_rate_daily))
    return words("list.semicolon").join(said)


def _table(sentences: Iterable[Sequence[Finding]], words: Words) -> tuple[Block, ...]:
    columns = tuple(Column(words(f"contracts.column.{name}")) for name in ("severity", "clause", "matter"))
    rows = tuple(
        (words(f"contracts.severity.{first.severity}"), first.clause or "–", f"{titles}: {shortened(first.quote)}")
        for first, titles in ((group[0], _titles(group, words)) for group in sentences)
    )
    return (Table(columns, rows),)


def _citations(findings: Iterable[Finding], source: str, title: str) -> Citations | None:
    items = tuple(dict.fromkeys(Citation(source, one.page, title, shortened(one.quote, CITED)) for one in findings))
    return Citations(items) if items else None


def _ways_on(view: str, words: Words) -> list[Button]:
    others = [one for one in VIEWS if one != view]
    return [
        Button(f"choose:{place}", words(f"contracts.button.{name}"), words(f"contracts.says.{name}"))
        for place, name in enumerate(others, start=1)
    ]


def figures(findings: Iterable[Finding], found: Review) -> tuple[Figure, ...]:
    """What the shown sentences and facts state, for whoever repeats it."""
    days = [found.facts.payment_days] if found.facts.payment_days is not None else []
    stated = [Figure("quantity", str(one), "day", "payment") for one in days]
    stated += [Figure("date", one.isoformat()) for one in (found.facts.start, found.facts.end) if one]
    if found.facts.late_rate_daily:
        stated.append(Figure("percent", found.facts.late_rate_daily.rstrip("%"), "%"))
    for one in findings:
        stated += figures_in(one.quote)
    return tuple(dict.fromkeys(stated))


def figures_in(quote: str) -> list[Figure]:
    """Amounts and percentages that stand in a quote."""
    found = []
    for match in MONEY.finditer(quote):
        value = number(match[1] or match[3])
        if value is not None:
            found.append(Figure("money", str(value * Decimal(SCALES[match[2] or ""])), "CNY"))
    return found + [Figure("percent", match[1], "%") for match in PERCENT.finditer(quote)]
