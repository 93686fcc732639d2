import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.logistic import auroc, cross_validated, fit, predict
from benchmarks.questions import load

SET = {
    "data": [
        {
            "paragraphs": [
                {"context": f"经销商{name}的仓库在{city}，面积{size}平方米。", "qas": [
                    {"question": f"经销商{name}的仓库有多大？", "answers": [{"text": f"{size}平方米"}]},
                    {"question": "谁也不知道的事？", "answers": [], "is_impossible": True},
                ]}
            ]
        }
        for name, city, size in (("甲", "上海", 800), ("乙", "广州", 400), ("丙", "北京", 200))
    ]
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "zh.json").write_text(json.dumps(SET), encoding="utf-8")
    (tmp_path / "trial.json").write_text(json.dumps(SET), encoding="utf-8")
    (tmp_path / "other.json").write_text("[1]", encoding="utf-8")
    return tmp_path


def test_sets_are_found_with_their_language(folder: Path) -> None:
    found = load(folder, frozenset({"zh"}), 300)
    assert [(each.name, each.language, len(each.passages), len(each.questions)) for each in found] == [
        ("deep-zh", "zh", 3, 3),
        ("trial", "zh", 3, 3),
    ]
    assert load(folder, frozenset({"en"}), 300) == []
    assert len(load(folder, frozenset(), 2)[0].passages) == 2


def test_figures_are_printed_for_machines(folder: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.retrieval", "--data", str(folder), "--words-only", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout)
    assert {tuple(figure) for figure in figures} == {("dataset", "method", "metric", "value")}
    best = [each["value"] for each in figures if (each["method"], each["metric"]) == ("bm25", "R@1")]
    assert best == [1.0, 1.0]


def test_an_empty_folder_is_wrong_usage(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.retrieval", "--data", str(tmp_path)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2


def test_a_tie_counts_half() -> None:
    assert auroc([True, False], [0.5, 0.5]) == 0.5
    assert auroc([True, True, False], [0.9, 0.4, 0.5]) == 0.5
    assert auroc([True, False], [0.9, 0.1]) == 1.0


def test_what_parts_two_groups_is_learned() -> None:
    draw = np.random.default_rng(1)
    labels = np.repeat([0.0, 1.0], 200)
    signals = np.column_stack([labels + draw.normal(0, 0.5, 400), draw.normal(0, 1, 400)])
    likely = cross_validated(signals, labels, np.arange(400))
    assert auroc(labels, likely) > 0.85
    intercept, coefficients = fit(signals, labels)
    assert coefficients[0] > 2 > abs(coefficients[1])
    assert predict((intercept, coefficients), signals).shape == (400,)
