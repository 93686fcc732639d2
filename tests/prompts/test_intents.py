import re
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from agents.offline.model.examples import Intent, load_intents
from core import plainyaml
from core.language.normalise import fold, is_traditional
from tools.registry import Registry

INTENTS = load_intents()
OTHERS = ("ja", "ko", "vi", "th", "id", "ms", "es", "pt", "fr", "de", "it", "ru", "ar", "tr", "pl", "nl")
LEAST = {"out_of_scope": {"zh": 60, "en": 60}, "search_knowledge": {"zh": 120, "en": 80}}
USUAL = {"zh": 40, "en": 40} | dict.fromkeys(OTHERS, 8)
IN_TRADITIONAL = 2
HAN = re.compile(r"[\u4e00-\u9fff]")


@cache
def _by_language(intent: Intent) -> dict[str, list[str]]:
    file = files("prompts") / "intents" / f"{intent.name}.yaml"
    data: dict[str, Any] = plainyaml.load(file.read_text("utf-8"))
    examples: dict[str, list[str]] = data["examples"]
    return examples


def test_there_are_intents() -> None:
    assert {"propose_order", "quote", "search_knowledge", "out_of_scope"} <= {intent.name for intent in INTENTS}


@pytest.mark.parametrize("intent", INTENTS, ids=lambda intent: intent.name)
class TestIntent:
    def test_has_examples_enough(self, intent: Intent) -> None:
        counts = {language: len(examples) for language, examples in _by_language(intent).items()}
        assert list(counts) == ["zh", "en", *OTHERS]
        for language, least in (USUAL | LEAST.get(intent.name, {})).items():
            assert counts[language] >= least, language

    def test_is_also_asked_in_traditional_characters(self, intent: Intent) -> None:
        assert sum(map(is_traditional, _by_language(intent)["zh"])) >= IN_TRADITIONAL

    def test_loads_every_example_as_it_is_written(self, intent: Intent) -> None:
        written = [example for examples in _by_language(intent).values() for example in examples]
        assert written == [str(example).strip() for example in written]
        assert list(intent.examples) == written

    def test_keeps_the_languages_apart(self, intent: Intent) -> None:
        by_language = _by_language(intent)
        assert not [
            example for language in by_language if language not in {"zh", "ja"} for example in by_language[language]
            if HAN.search(example)
        ]  # fmt: skip

    def test_examples_differ_in_more_than_numbers(self, intent: Intent) -> None:
        shapes = Counter(re.sub(r"\d+", "0", fold(example)) for example in intent.examples)
        assert not [shape for shape, times in shapes.items() if times > 1 and re.search("[^0]", shape)]

    def test_cues_compile(self, intent: Intent) -> None:
        assert all(re.compile(cue) for cue in intent.cues)


def test_no_example_stands_twice() -> None:
    owners: dict[str, list[str]] = {}
    for intent in INTENTS:
        for example in intent.examples:
            owners.setdefault(fold(example), []).append(f"{intent.name}: {example}")
    assert not [both for both in owners.values() if len(both) > 1]


@pytest.fixture(scope="module")
def installed() -> Registry:
    return Registry.installed()


@pytest.mark.parametrize("tool", sorted({intent.tool for intent in INTENTS if intent.tool}))
def test_tool_exists(tool: str, installed: Registry) -> None:
    if tool not in installed.tools:
        pytest.skip(f"{tool} is not installed yet")
