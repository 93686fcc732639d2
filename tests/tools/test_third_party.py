"""A tool package that isn't ours, docs/examples/trucks: found, understood and answered with nothing changed here."""

import logging
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from agents.brains import learn
from agents.offline.intents import IntentClassifier
from agents.offline.model.examples import load_intents
from agents.offline.wording.lexicon import load_lexicon
from bot.app import put_together, shared_parts
from bot.asking import Asked, ask
from bot.desk import Desk
from bot.evaluation.running import Parts
from bot.incoming import Incoming
from core.clock import Clock
from core.db import Database
from core.language.embedder import HashingEmbedder
from core.settings import Settings
from tools.registry import Registry

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "trucks"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("data"), database_url="", embedder="hash")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The package on the path with its entry point, as an installation leaves it."""
    site = tmp_path_factory.mktemp("site")
    shutil.copytree(EXAMPLE / "qudao_trucks", site / "qudao_trucks", ignore=shutil.ignore_patterns("__pycache__"))
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    known_as = site / f"qudao_trucks-{project['version']}.dist-info"
    known_as.mkdir()
    (known_as / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 0.1.0\n", "utf-8")
    [(group, points)] = project["entry-points"].items()
    lines = [f"{name} = {target}" for name, target in points.items()]
    (known_as / "entry_points.txt").write_text("\n".join([f"[{group}]", *lines]), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(site)
        yield
        for name in [name for name in sys.modules if name.split(".")[0] == "qudao_trucks"]:
            patch.delitem(sys.modules, name)


@pytest.fixture(scope="module")
def parts(settings: Settings, installed: None) -> Parts:
    return shared_parts(settings)


@pytest.fixture
def desk(parts: Parts, settings: Settings, demo_database: Database, clock: Clock) -> Desk:
    return put_together(settings, demo_database, parts, clock)


async def say(desk: Desk, words: str, person: str = "D001-buyer") -> Asked:
    return await ask(desk, Incoming("terminal", person, person, words))


def called(asked: Asked) -> list[tuple[str, dict[str, object]]]:
    return [(call.name, dict(call.args)) for call in asked.turn.answer.calls]


def test_the_tool_is_listed_with_its_terms(parts: Parts) -> None:
    [listed] = [tool for tool in parts[0].as_json() if tool["name"] == "truck_days"]
    assert (listed["permission"], listed["effect"]) == ("products.read", "read")
    assert listed["schema"]["required"] == ["city"]


async def test_a_sentence_calls_it_with_its_argument(desk: Desk) -> None:
    asked = await say(desk, "去杭州的班车周几走")
    assert called(asked) == [("truck_days", {"city": "hangzhou"})]
    assert asked.reply.plain() == "杭州: 周二、周五发车"


async def test_what_is_missing_is_asked_for_in_the_package_s_own_words(desk: Desk) -> None:
    first = await say(desk, "班车哪天发车")
    assert called(first) == []
    assert first.reply.plain() == "去哪个城市？杭州还是苏州"
    second = await say(desk, "苏州")
    assert called(second) == [("truck_days", {"city": "suzhou"})]


async def test_english_is_answered_in_english(desk: Desk) -> None:
    asked = await say(desk, "on which days does the truck go to Hangzhou?", "D040-buyer")
    assert asked.reply.plain() == "To Hangzhou: Tuesday, Friday"


async def test_our_own_tools_answer_as_before(desk: Desk) -> None:
    asked = await say(desk, "绿茶多少钱")
    assert [name for name, _ in called(asked)] == ["quote"]


def test_what_was_learnt_is_kept_for_the_next_start(
    parts: Parts, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refit(*_: object) -> None:
        raise AssertionError("learnt again")

    monkeypatch.setattr(IntentClassifier, "fit", refit)
    with caplog.at_level(logging.WARNING):
        _, _, learnt = shared_parts(settings)
    assert "truck_days" in learnt.recogniser.intents
    assert not caplog.records
    kept = sorted(file.name.partition("-")[0] for file in (settings.data_dir / "learnt").iterdir())
    assert kept == ["intents", "vectors"]


def test_a_package_needs_no_folder_that_it_has_nothing_for(tmp_path: Path) -> None:
    assert load_intents([tmp_path / "intents"]) == load_intents()
    assert load_lexicon([tmp_path / "lexicon"]).lists == load_lexicon().lists


def test_an_embedder_that_the_weights_were_not_trained_on_leaves_the_words() -> None:
    own = Registry(package for package in Registry.installed().packages if package.prompts is None)
    assert learn(own, HashingEmbedder()).recogniser.classifier.predict(["绿茶多少钱"])[0].label == "quote"
