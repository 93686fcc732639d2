"""``qudao nlu evaluate`` as an operator types it."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from agents.offline.intents import Prediction
from agents.offline.model import examples
from agents.offline.model.evaluating import Judged, Labelled, report
from bot.cli import qudao
from bot.commands import nlu_evaluate
from core.settings import Settings


@pytest.fixture(autouse=True)
def by_hashing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(f"QUDAO_{field.upper()}", raising=False)
    monkeypatch.setenv("QUDAO_EMBEDDER", "hash")
    monkeypatch.setenv("QUDAO_DATA_DIR", str(tmp_path))


def run(*words: str) -> Result:
    return CliRunner().invoke(qudao, ["nlu", "evaluate", *words])


def test_texts_of_a_file_are_judged_by_the_desk_s_own_model(tmp_path: Path) -> None:
    file = tmp_path / "said.csv"
    file.write_text("text,label\n绿茶多少钱,quote\n谢谢啦,thanks\n今天股市怎么样,\n", encoding="utf-8")
    found = json.loads(run("--data", str(file), "--json").stdout)
    assert found["texts"] == 3
    assert found["intents"]["quote"]["wanted"] == 1
    assert found["out_of_scope_recall"] in {0, 1}
    assert 0 <= found["calibration_error"] <= 1


def test_without_a_file_the_examples_judge_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    few = [examples.Intent(one.name, one.tool, one.examples[:12], one.cues) for one in examples.load_intents()[:4]]
    monkeypatch.setattr(nlu_evaluate, "_intents", lambda _: tuple(few))
    done = run("--folds", "3")
    assert done.exit_code == 0
    assert "accuracy" in done.stdout
    assert all(one.name in done.stdout for one in few)


def test_slots_are_what_the_brain_would_call_a_tool_with(
    tmp_path: Path, demo_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUDAO_DATABASE_URL", demo_url)
    file = tmp_path / "said.yaml"
    lines = [{"sku": "W-550", "quantity": 10, "unit": "case"}]
    file.write_text(
        yaml.safe_dump(
            [
                {"text": "来10箱矿泉水", "intent": "propose_order", "slots": {"lines": lines}},
                {"text": "上个月的返利", "intent": "explain_rebate", "slots": {"period": "2026-10"}},
            ]
        )
    )
    done = run("--data", str(file), "--as", "D001-buyer", "--today", "2026-11-20", "--json")
    slots = json.loads(done.stdout)["slots"]
    assert slots["lines.quantity"]["f1"] == slots["lines.sku"]["f1"] == slots["period"]["f1"] == 1
    assert run("--data", str(file)).exit_code == 2


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", "one,two\n1,2\n"), ("a.csv", ""), ("a.yaml", "just words"), ("a.json", "{")]
)
def test_a_file_without_labelled_texts_is_refused(tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content)
    assert run("--data", str(file)).exit_code == 2


def judged(wanted: str, found: str, probability: float, *, in_scope: bool = True) -> Judged:
    return Judged(Labelled("text", wanted), Prediction(found, probability, in_scope))


def test_figures_by_hand() -> None:
    said = [
        judged("quote", "quote", 1.0),
        judged("quote", "reorder", 0.5),
        judged("reorder", "reorder", 0.5),
        judged("out_of_scope", "quote", 0.5, in_scope=False),
        judged("out_of_scope", "out_of_scope", 1.0),
    ]
    found = report(said)
    assert found.accuracy == 3 / 5
    assert found.out_of_scope_recall == 1
    assert found.rejected_in_scope == 0
    assert found.calibration_error == pytest.approx(abs(1 - 1.5) / 5)
    assert found.intents["quote"].recall == 0.5
    assert found.intents["reorder"].precision == 0.5
    assert ("quote", "reorder", 1) in found.confused


def test_half_an_order_counts_half() -> None:
    wanted = Labelled("x", "propose_order", {"lines": [{"sku": "W-550"}, {"sku": "T-500"}]})
    said = Judged(wanted, Prediction("propose_order", 1.0, in_scope=True), {"lines": [{"sku": "W-550"}]})
    score = report([said]).slots["lines.sku"]
    assert (score.precision, score.recall, score.wanted) == (1, 0.5, 2)


def test_nothing_to_measure_gives_no_figure() -> None:
    found = report([judged("quote", "quote", 0.9)])
    assert found.out_of_scope_recall is None
    assert found.slots == {}
