"""The operator reviews what wasn't understood, and adopts a model only on purpose."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from agents.brains import in_use, shipped_intents
from agents.offline.model.examples import Intent, content_hash
from agents.offline.model.learnt import read_examples, weights_file
from agents.offline.model.retraining import Flip, Report
from agents.offline.model.weights import Weights
from bot.cli import qudao
from bot.commands import nlu_retrain
from bot.commands.nlu_review import learnable
from core.conversations import service as conversations
from core.db import Database
from core.learning import service as learning
from core.learning.rules import Kind
from core.people.models import Person
from tests.conftest import NOW
from tools.registry import Registry

ASKED = ("冷柜趴窝了找哪个", "冷柜趴窝了该找哪个", "发票抬头咋改")


@pytest.fixture
def data(demo_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("QUDAO_DATABASE_URL", demo_url)
    monkeypatch.setenv("QUDAO_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("QUDAO_EMBEDDER", "none")
    asyncio.run(_collected(demo_url))
    return tmp_path / "learnt"


async def _collected(url: str) -> None:
    database = Database(url)
    try:
        async with database.writes.begin() as session:
            person = (await session.execute(select(Person).where(Person.handle == "D001-buyer"))).scalar_one()
            opened = await conversations.open_conversation(session, "web", "one", person.id, True, NOW)
            for text in ASKED:
                likely = [("search_knowledge", 0.4)]
                assert await learning.collect(session, opened.id, uuid4(), Kind.UNSURE, text, likely, NOW)
    finally:
        await database.close()


def run(*words: str) -> Result:
    return CliRunner().invoke(qudao, ["nlu", *words], catch_exceptions=False)


def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("review", "--json").stdout)
    return found


def test_clusters_are_listed_accepted_and_dismissed(data: Path) -> None:
    large, small = listed()
    assert (large["count"], large["texts"]) == (2, ["冷柜趴窝了找哪个", "冷柜趴窝了该找哪个"])
    assert large["intents"] == [{"intent": "search_knowledge", "score": 0.4}]
    assert large["cluster"] in run("review").stdout
    assert "2 examples" in run("review", "accept", large["cluster"], "ask_for_person").stdout
    assert read_examples(data / "accepted.yaml") == {"ask_for_person": ("冷柜趴窝了找哪个", "冷柜趴窝了该找哪个")}
    assert run("review", "dismiss", small["cluster"]).exit_code == 0
    assert listed() == []
    assert "Nothing to review" in run("review").stdout


def test_what_is_shipped_is_not_taken_twice(data: Path) -> None:
    example = shipped_intents(Registry.installed())[0].examples[0]
    assert learnable([example, "冷柜趴窝了"]) == (["冷柜趴窝了"], [example])
    assert not (data / "accepted.yaml").exists()


@pytest.mark.usefixtures("data")
def test_an_unknown_cluster_or_intent_is_told() -> None:
    assert run("review", "accept", listed()[0]["cluster"], "nonsense").exit_code == 2
    assert run("review", "dismiss", "abcdef").exit_code == 2
    assert len(listed()) == 2


def test_nothing_is_in_use_before_it_is_adopted(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trained: list[str] = []

    def train(
        used: Sequence[Intent], learnt: Sequence[Intent], _: Any, folder: Path, tell: Callable[[str], None]
    ) -> Report:
        trained.append(content_hash(learnt))
        report = Report(
            trained[0],
            10,
            2,
            0.9,
            0.92,
            0.5,
            1.0,
            (Flip("冷柜趴窝了找哪个", "ask_for_person", "anger", "ask_for_person"),),
        )
        with (files("prompts") / "intents" / "weights.npz").open("rb") as file:
            weights = Weights.load(file)
        replace(weights, trained_on=trained[0]).save(weights_file(folder, trained[0], "words"))
        report.save(folder / f"report-{trained[0]}.json")
        return report

    monkeypatch.setattr(nlu_retrain, "train", train)
    registry = Registry.installed()
    assert "Nothing was accepted" in run("retrain").stdout
    run("review", "accept", listed()[0]["cluster"], "ask_for_person")

    shown = run("retrain").stdout
    assert "90.0% → 92.0%" in shown
    assert "✓ 冷柜趴窝了找哪个: anger → ask_for_person" in shown
    assert not (data / "adopted.yaml").exists()
    assert in_use(registry, None, data) == shipped_intents(registry)

    assert "Adopted" in run("retrain", "--adopt").stdout
    assert len(trained) == 1
    used = {intent.name: intent for intent in in_use(registry, None, data)}
    assert used["ask_for_person"].examples[-2:] == ("冷柜趴窝了找哪个", "冷柜趴窝了该找哪个")

    weights_file(data, trained[0], "words").unlink()
    assert in_use(registry, None, data) == shipped_intents(registry)

    run("retrain", "--shipped")
    assert not (data / "adopted.yaml").exists()
