"""Comparing versions of contracts whose changes are known: which are found, and whom they are said to serve.

    python -m benchmarks.deviation FOLDER… [--json] [--details]

Each YAML file of FOLDER is a contract with risks that its author planted. Another version of it is made: every second
risk is gone, figures are others, a clause is new, those behind it bear other numbers, one stands elsewhere, and
paragraphs are cut otherwise. Both ways round are compared, as the PDF or Word file that the contract is.
"""

import argparse
import copy
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.contracts_synthetic import written
from benchmarks.figures import Figure, show
from core import plainyaml
from core.contracts import Change, Deviation, Effect, How, compare
from core.contracts.comparing.changes import applied
from core.language.chinese_numbers import read as read_chinese
from core.reading import read

_NEW = "双方各指定一名联络人，负责日常事务的沟通；联络人更换的，应在更换后及时告知对方。"
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_DIGITS = "零一二三四五六七八九十"

Contract = MutableMapping[str, Any]


@dataclass(frozen=True)
class Planted:
    """A change that was made; ``effect`` None where nobody can say whom it serves."""

    kind: str
    words: str
    effect: Effect | None

    def turned(self) -> "Planted":
        opposite = {Effect.WEAKENED: Effect.STRENGTHENED, Effect.STRENGTHENED: Effect.WEAKENED}
        return Planted(self.kind, self.words, self.effect and opposite[self.effect])


@dataclass
class Score:
    """What is counted over all comparisons."""

    compared: int = 0
    planted: int = 0
    found: int = 0
    reported: int = 0
    right: int = 0
    directed: int = 0
    same_way: int = 0
    other_way: int = 0
    verbatim: int = 0
    spans: int = 0
    exact: int = 0
    seconds: float = 0.0
    details: list[str] = field(default_factory=list)


def another(contract: Contract) -> tuple[Contract, list[Planted]]:
    """The other version, and what is other in it."""
    version = copy.deepcopy(contract)
    planted = [*_without_risks(version), *_other_figures(version)]
    planted += _moved(version)
    planted += _renumbered(version)
    _cut_otherwise(version)
    return version, planted


def _parts(contract: Contract) -> Iterator[MutableMapping[str, Any]]:
    for clause in contract["clauses"]:
        yield clause
        yield from clause.get("items") or ()


def _without_risks(contract: Contract) -> Iterator[Planted]:
    for risk in list(contract["expect"].get("risks") or ())[::2]:
        part = next((each for each in _parts(contract) if str(each["number"]) == str(risk["number"])), None)
        sentences = _SENTENCE.findall(str(part["text"])) if part else []
        hit = [each for each in sentences if risk["quote"].strip("。；") in each]
        if part and len(hit) == 1 and len(sentences) > 1:
            part["text"] = str(part["text"]).replace(hit[0], "", 1)
            yield Planted("risk", hit[0], Effect.STRENGTHENED)


def _other_figures(contract: Contract) -> Iterator[Planted]:
    """Of what the author noted as facts, where the contract is a dealer's."""
    if contract["kind"] not in {"dealer", "distribution"}:
        return
    dealer = contract["side"] == "dealer"
    for name, pattern in (
        ("deposit", r"(保证金[^。；\n]{0,20}?)(\d[\d,]*|[一二三四五六七八九]+)(万?元)"),
        (
            "minimum_purchase",
            r"((?:任务|最低|目标|采购额|进货额)[^。；\n]{0,24}?)(\d[\d,]*|[一二三四五六七八九]+)(万?元)",
        ),
        (
            "payment_days",
            r"((?:收到|验收|开票|发票|到货)[^。；\n]{0,20}?)(\d+|[一二三四五六七八九十]+)(日内(?:(?!兑)[^。；\n]){0,10}付)",
        ),
    ):
        if name in (contract["expect"].get("facts") or {}) and (made := _with_other_figure(contract, pattern)):
            yield Planted(name, made, Effect.WEAKENED if dealer else Effect.STRENGTHENED)


def _with_other_figure(contract: Contract, pattern: str) -> str:
    """Less time, more of the others; the words that hold the new figure, empty where none was found."""
    for part in _parts(contract):
        found = re.search(pattern, str(part["text"]))
        if found is None:
            continue
        value = read_chinese(found[2].replace(",", ""))
        if value is None or value.value < 2:
            continue
        new = int(value.value) // 2 if "日内" in found[3] else int(value.value) * 3
        part["text"] = f"{part['text'][: found.start(2)]}{new}{part['text'][found.end(2) :]}"
        return f"{found[1][-8:]}{new}{found[3]}"
    return ""


def _moved(contract: Contract) -> Iterator[Planted]:
    """A clause from the middle goes to the end but one, with its number: drafts look so."""
    clauses = contract["clauses"]
    if len(clauses) > 5:
        clause = clauses.pop(len(clauses) // 2)
        clauses.insert(len(clauses) - 1, clause)
        for part in (clause, *(clause.get("items") or ())):
            said = [str(part.get("heading") or ""), *_SENTENCE.findall(str(part["text"]))]
            yield from (Planted("move", line, None) for line in said if line.strip())


def _renumbered(contract: Contract) -> Iterator[Planted]:
    """A new clause stands third, and each behind it has the number of the next."""
    clauses = contract["clauses"]
    numbers = [str(clause["number"]) for clause in clauses]
    new = {"number": numbers[2], "heading": "", "text": _NEW}
    for clause, number in zip(clauses[2:], [*numbers[3:], _next(numbers[-1])], strict=True):
        clause["number"] = number
        for item in clause.get("items") or ():
            item["number"] = re.sub(r"^(\d+)(?=\.)", lambda found: str(int(found[1]) + 1), str(item["number"]))
    clauses.insert(2, new)
    yield Planted("new", _NEW, None)


def _next(number: str) -> str:
    found = re.search(r"\d+|[一二三四五六七八九十]+", number)
    if found is None:
        return number
    value = read_chinese(found.group())
    after = int(value.value) + 1 if value else 99
    chinese = (
        _DIGITS[after]
        if after <= 10
        else f"{'' if after < 20 else _DIGITS[after // 10]}十{_DIGITS[after % 10].strip('零')}"
    )
    return number.replace(found.group(), str(after) if found.group().isdigit() else chinese)


def _cut_otherwise(contract: Contract) -> None:
    """Every third clause has a line a sentence."""
    for part in list(_parts(contract))[::3]:
        part["text"] = re.sub(r"。(?=[^\n”’」』）)])", "。\n", str(part["text"]))


def judge(name: str, found: Deviation, planted: Sequence[Planted], score: Score) -> None:
    score.compared += 1
    score.exact += applied(found.before, found.after, found.edits) == found.after
    for words, text in [(one.before, found.before) for one in found.changes] + [
        (one.after, found.after) for one in found.changes
    ]:
        if words is not None:
            score.spans += 1
            score.verbatim += text[words.start : words.end] == words.text
    used: set[int] = set()
    for each in planted:
        hits = [at for at, change in enumerate(found.changes) if _is(change, each)]
        used.update(hits)
        score.planted += 1
        score.found += bool(hits)
        if not hits:
            score.details.append(f"{name} not found: {each.kind} {each.words}")
        elif each.effect is not None:
            _judge_effect(name, each, [found.changes[at] for at in hits], score)
    score.reported += len(found.changes)
    score.right += len(used)
    for at, change in enumerate(found.changes):
        if at not in used:
            one, other = ((words.text if words else None) for words in (change.before, change.after))
            score.details.append(f"{name} not planted: {change.how} {one} -> {other}")


def _judge_effect(name: str, planted: Planted, hits: Sequence[Change], score: Score) -> None:
    effects = {change.effect for change in hits}
    score.directed += 1
    score.same_way += planted.effect in effects
    if planted.effect not in effects:
        score.other_way += Effect.NEUTRAL not in effects
        score.details.append(
            f"{name} {planted.kind} {sorted(effects)} instead of {planted.effect}: {planted.words} | {hits[0].why}"
        )


def _is(change: Change, planted: Planted) -> bool:
    wanted = _squeezed(planted.words)
    texts = [_squeezed(words.text) for words in (change.before, change.after) if words is not None]
    if planted.kind == "move" and change.how is not How.MOVED and not change.moved:
        return False
    return any(wanted in text or (len(text) > 4 and text in wanted) for text in texts)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def measure(files: Sequence[Path]) -> Score:
    score = Score()
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            contract = plainyaml.load(file.read_text(encoding="utf-8"))
            version, planted = another(contract)
            before, after = (read(written(each, Path(folder)).read_bytes(), "x") for each in (contract, version))
            for first, second, known in ((before, after, planted), (after, before, [one.turned() for one in planted])):
                started = time.process_time()
                found = compare(first, second, side=contract["side"])
                score.seconds += time.process_time() - started
                judge(file.stem, found, known, score)
    return score


def figures(name: str, score: Score) -> Iterator[Figure]:
    values: Mapping[str, float] = {
        "comparisons": score.compared,
        "planted changes": score.planted,
        "planted changes found": score.found / max(score.planted, 1),
        "reported changes that were planted": score.right / max(score.reported, 1),
        "directions right": score.same_way / max(score.directed, 1),
        "directions the wrong way": score.other_way / max(score.directed, 1),
        "words verbatim": score.verbatim / max(score.spans, 1),
        "edits give the other version": score.exact / max(score.compared, 1),
        "CPU s a comparison": score.seconds / max(score.compared, 1),
    }
    for metric, value in values.items():
        yield Figure(dataset=name, method="qudao", metric=metric, value=round(float(value), 4))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.deviation", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="with YAML files of contracts")
    parser.add_argument("--details", action="store_true", help="each change that was missed or wrongly seen")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    found: list[Figure] = []
    for folder in given.folders:
        score = measure(sorted(folder.glob("*.yaml")))
        found += figures(folder.name, score)
        if given.details:
            print("\n".join(score.details), file=sys.stderr)
    show(found, as_json=given.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
