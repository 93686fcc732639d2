"""Reviewing contracts that were written for it: which planted risks are found, and what is found that isn't there.

    python -m benchmarks.contracts_synthetic FOLDER… [--json] [--details]

Each YAML file describes a contract and what a careful lawyer would raise; it becomes a PDF or a DOCX in a temporary
folder, and the file is reviewed, so reading is measured too.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import typst
from pylopdf_fonts_zh_cn import sans_path

from benchmarks.figures import Figure, show
from core import plainyaml
from core.contracts import Finding, Review, Side, review
from core.contracts.findings import Severity

_PAGE = '#set page(paper: "a4", margin: 2.4cm, numbering: "1")\n#set par(justify: true)\n'
_FONT = '#set text(font: "Noto Sans SC", size: 10.5pt, lang: "zh", fallback: false)\n'


@dataclass
class Score:
    """What is counted over the contracts of a folder."""

    planted: int = 0
    found: int = 0
    called_otherwise: int = 0
    same_severity: int = 0
    absent: int = 0
    absent_found: int = 0
    absent_false: int = 0
    clean: int = 0
    false_on_clean: int = 0
    extra: int = 0
    contracts: int = 0
    quotes: int = 0
    verbatim: int = 0
    facts: int = 0
    facts_right: int = 0
    seconds: float = 0.0
    details: list[str] = field(default_factory=list)


def paragraphs(contract: Mapping[str, Any]) -> Iterator[str]:
    """The contract's text as it is printed, a paragraph at a time."""
    yield from _lines(contract.get("preamble"))
    for clause in contract["clauses"]:
        head = " ".join(part for part in (str(clause["number"]), str(clause.get("heading") or "")) if part)
        lines = list(_lines(clause.get("text")))
        if clause.get("heading") or not lines:
            yield head
        else:
            yield f"{head} {lines.pop(0)}"
        yield from lines
        for item in clause.get("items") or ():
            first, *rest = list(_lines(item["text"])) or [""]
            yield f"{item['number']} {first}"
            yield from rest
    yield from _lines(contract.get("closing"))


def _lines(text: object) -> Iterator[str]:
    yield from (line.strip() for line in str(text or "").split("\n") if line.strip())


def as_pdf(contract: Mapping[str, Any]) -> bytes:
    """Printed through Typst."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(sans_path().parent)])
    quoted = [json.dumps(text, ensure_ascii=False) for text in paragraphs(contract)]
    title = json.dumps(str(contract["title"]), ensure_ascii=False)
    body = "\n\n".join(f"#par({text})" for text in quoted)
    source = f"{_PAGE}{_FONT}#align(center, text(size: 16pt, {title}))\n\n{body}\n"
    return bytes(typst.compile(source.encode(), font_paths=fonts, format="pdf"))


def as_docx(contract: Mapping[str, Any], path: Path) -> None:
    """Written by python-docx."""
    document = docx.Document()
    document.add_heading(str(contract["title"]), 0)
    for text in paragraphs(contract):
        document.add_paragraph(text)
    document.save(str(path))


def written(contract: Mapping[str, Any], folder: Path) -> Path:
    path = folder / f"{contract['id']}.{contract['format']}"
    if contract["format"] == "docx":
        as_docx(contract, path)
    else:
        path.write_bytes(as_pdf(contract))
    return path


def judge(contract: Mapping[str, Any], found: Review, score: Score) -> None:
    expect = contract["expect"]
    clauses = _clause_texts(contract)
    score.contracts += 1
    for finding in found.findings:
        score.quotes += 1
        score.verbatim += found.text[finding.start : finding.end] == finding.quote
    used: set[int] = set()
    for risk in expect.get("risks") or ():
        there = [
            at
            for at, finding in enumerate(found.findings)
            if any(_overlaps(finding, clause, risk["quote"]) for clause in clauses.get(risk["number"], ("",)))
        ]
        hits = [at for at in there if found.findings[at].category == risk["category"]]
        score.planted += 1
        score.found += bool(hits)
        score.called_otherwise += not hits and any(_quotes(found.findings[at], risk["quote"]) for at in there)
        score.same_severity += any(found.findings[at].severity == risk["severity"] for at in hits)
        used.update(hits)
        if not hits:
            score.details.append(f"{contract['id']} not found: {risk['category']} {risk['number']} {risk['quote']}")
    extra = [
        finding for at, finding in enumerate(found.findings) if at not in used and finding.severity is not Severity.INFO
    ]
    score.extra += len(extra)
    score.details += [f"{contract['id']} extra: {each.rule} {each.severity} {each.quote}" for each in extra]
    _judge_missing(contract, found, score)
    if expect.get("clean"):
        score.clean += 1
        score.false_on_clean += len(extra) + len(found.missing)
    _judge_facts(contract, found, score)


def _judge_missing(contract: Mapping[str, Any], found: Review, score: Score) -> None:
    expected, seen = set(contract["expect"].get("missing") or ()), {each.category for each in found.missing}
    score.absent += len(expected)
    score.absent_found += len(expected & seen)
    score.absent_false += len(seen - expected)
    for category in sorted(expected - seen):
        score.details.append(f"{contract['id']} missing not seen: {category}")
    for category in sorted(seen - expected):
        score.details.append(f"{contract['id']} not missing: {category}")


def _judge_facts(contract: Mapping[str, Any], found: Review, score: Score) -> None:
    facts = found.facts.as_plain()
    for name, value in (contract["expect"].get("facts") or {}).items():
        right = _same_fact(str(value), str(facts.get(name, "")))
        score.facts += 1
        score.facts_right += right
        if not right:
            score.details.append(f"{contract['id']} fact {name}: {facts.get(name)} instead of {value}")


def _same_fact(expected: str, seen: str) -> bool:
    one, other = (_squeezed(each).replace("有管辖权的", "") for each in (expected, seen))
    return bool(other) and (one == other or one in other or other in one)


def _clause_texts(contract: Mapping[str, Any]) -> dict[str, list[str]]:
    """By number; several clauses may each have an item （一）."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for clause in contract["clauses"]:
        items = clause.get("items") or ()
        whole = "".join([str(clause.get("text") or ""), *(str(each["text"]) for each in items)])
        texts[str(clause["number"])].append(_squeezed(whole))
        for item in items:
            texts[str(item["number"])].append(_squeezed(str(item["text"])))
    return texts


def _overlaps(finding: Finding, clause: str, quote: str) -> bool:
    """Whether what was quoted stands in the clause, or holds what was planted."""
    seen = _squeezed(finding.quote)
    return bool(seen) and (seen in clause or _squeezed(quote) in seen or clause in seen)


def _quotes(finding: Finding, planted: str) -> bool:
    """Whether the finding is about the planted words themselves, not only about their clause."""
    seen, words = _squeezed(finding.quote), _squeezed(planted)
    return bool(seen) and (seen in words or words in seen)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def measure(files: Sequence[Path]) -> Score:
    score = Score()
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            contract = plainyaml.load(file.read_text(encoding="utf-8"))
            path = written(contract, Path(folder))
            started = time.process_time()
            found = review(path, side=Side(contract["side"]))
            score.seconds += time.process_time() - started
            judge(contract, found, score)
    return score


def figures(name: str, score: Score) -> Iterator[Figure]:
    def share(part: int, whole: int) -> float:
        return round(part / whole, 4) if whole else 1.0

    values = {
        "contracts": float(score.contracts),
        "planted risks found": share(score.found, score.planted),
        "planted risks raised as something else": share(score.called_otherwise, score.planted),
        "found with the same severity": share(score.same_severity, score.found),
        "missing clauses found": share(score.absent_found, score.absent),
        "clauses wrongly called missing, a contract": share(score.absent_false, score.contracts),
        "false findings a clean contract": share(score.false_on_clean, score.clean) if score.clean else 0.0,
        "other findings a contract": share(score.extra, score.contracts),
        "quotes verbatim": share(score.verbatim, score.quotes),
        "facts right": share(score.facts_right, score.facts),
        "CPU s a contract": round(score.seconds / max(score.contracts, 1), 3),
    }
    for metric, value in values.items():
        yield Figure(dataset=name, method="qudao", metric=metric, value=value)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.contracts_synthetic", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="with YAML files of contracts")
    parser.add_argument("--details", action="store_true", help="each thing that was missed or wrongly found")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    found: list[Figure] = []
    for folder in given.folders:
        score = measure(sorted(folder.glob("*.yaml")))
        found += figures(folder.parent.name if folder.name == "contracts" else folder.name, score)
        if given.details:
            print("\n".join(score.details), file=sys.stderr)
            print(Counter(detail.split()[1] for detail in score.details), file=sys.stderr)
    show(found, as_json=given.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
