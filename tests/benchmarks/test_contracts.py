import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import contracts, contracts_synthetic
from tests.core.contracts.making import SAMPLES

TEXT = (
    "DISTRIBUTION AGREEMENT\n\nDistributor shall buy at least 100 units a year.\n\n"
    "This Agreement is governed by the laws of Ohio.\n"
)


def packed(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in rows).encode()))
    return path


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], module: Any, *given: str) -> list[Any]:
    monkeypatch.setattr(sys, "argv", ["benchmark", *given, "--json"])
    assert module.main() == 0
    found: list[Any] = json.loads(capsys.readouterr().out)
    return found


def test_it_runs_on_any_sets_of_these_formats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spans = [
        {"category": "Minimum Commitment", "start": TEXT.index("Dist", 20), "end": TEXT.index("year.")},
        {"category": "Governing Law", "start": TEXT.index("This"), "end": TEXT.index("Ohio")},
    ]
    cuad = packed(tmp_path / "cuad.gz", [{"file": "a.txt", "text": TEXT, "spans": spans, "answers": {}}])
    terms = [
        {"language": "en", "document": "a.txt", "sentence": sentence, "tags": tags}
        for sentence, tags in (("We may end the service at any time without notice.", ["ter3"]), ("Hello.", []))
    ]
    annotations = {
        f"nda-{number}": {"choice": "NotMentioned", "spans": []}
        for number in (1, 2, 3, 4, 5, 7, 8, *range(10, 14), *range(15, 21))
    }
    nli = tmp_path / "nli.json"
    document = {"file_name": "a", "text": TEXT, "spans": [[0, 22]], "annotation_sets": [{"annotations": annotations}]}
    nli.write_text(json.dumps({"documents": [document], "labels": {}}), encoding="utf-8")
    unfair = packed(tmp_path / "terms.gz", terms)
    found = run(
        monkeypatch, capsys, contracts, "--cuad", str(cuad), "--unfair", str(unfair), "--nli", str(nli), "--no-baseline"
    )
    metrics = {(each["dataset"], each["metric"]) for each in found}
    assert {("CUAD", "paragraph micro AUPR"), ("Claudette", "F1 en"), ("ContractNLI", "Contradiction, F1")} <= metrics


def test_contracts_described_in_yaml_are_made_reviewed_and_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = (SAMPLES / "hard.yaml").read_text(encoding="utf-8")
    expect = (
        "expect:\n  clean: false\n  missing: [recall]\n  facts: {deposit: '50000'}\n  risks:\n"
        "  - {category: deposit, severity: high, number: 第三条, quote: 保证金全部没收}\n"
    )
    (tmp_path / "001.yaml").write_text(source + expect, encoding="utf-8")
    found = {each["metric"]: each["value"] for each in run(monkeypatch, capsys, contracts_synthetic, str(tmp_path))}
    assert (
        found["planted risks found"]
        == found["missing clauses found"]
        == found["quotes verbatim"]
        == found["facts right"]
        == 1
    )
