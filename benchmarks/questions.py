"""Question sets in SQuAD's format (SQuAD, XQuAD, MLQA, CMRC, DRCD …): paragraphs, each with its questions."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_SCRIPTS: Mapping[str, str] = {
    "ja": "[\u3041-\u30ff]",
    "ko": "[\uac00-\ud7a3]",
    "th": "[\u0e00-\u0e7f]",
    "ar": "[\u0600-\u06ff]",
    "ru": "[\u0400-\u04ff]",
    "zh": "[\u4e00-\u9fff]",
}


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    passage: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """``articles``: for each passage the article that it comes from, so that splits can keep articles together."""

    name: str
    language: str
    passages: tuple[str, ...]
    articles: tuple[int, ...]
    questions: tuple[Question, ...]


def load(folder: Path, languages: frozenset[str], limit: int) -> list[Collection]:
    """Every set below the folder in one of the languages, each cut to about ``limit`` passages."""
    found = []
    for path in sorted(folder.rglob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict) or "data" not in content:
            continue
        name = "-".join(path.relative_to(folder).with_suffix("").parts)
        collection = _collection(name, path.stem, content["data"], limit)
        if collection.questions and (not languages or collection.language in languages):
            found.append(collection)
    return found


def _collection(name: str, stem: str, articles: list[dict[str, list[dict[str, object]]]], limit: int) -> Collection:
    places: dict[str, int] = {}
    homes: list[int] = []
    questions: list[Question] = []
    for number, article in enumerate(articles):
        for paragraph in article["paragraphs"]:
            context = str(paragraph["context"])
            if context not in places and len(places) >= limit:
                continue
            if context not in places:
                places[context] = len(places)
                homes.append(number)
            questions += _questions(paragraph, places[context])
    code = re.search(r"(?:^|[^a-z])([a-z]{2})$", stem)
    language = code.group(1) if code else _language(" ".join(places))
    return Collection(name, language, tuple(places), tuple(homes), tuple(questions))


def _questions(paragraph: dict[str, object], passage: int) -> list[Question]:
    asked = paragraph["qas"]
    assert isinstance(asked, list)
    return [
        Question(str(each["question"]), passage, tuple(str(answer["text"]) for answer in each["answers"]))
        for each in asked
        if each.get("answers")
    ]


def _language(text: str) -> str:
    letters = sum(char.isalpha() for char in text) or 1
    shares = {language: len(re.findall(script, text)) / letters for language, script in _SCRIPTS.items()}
    return next((language for language, share in shares.items() if share > 0.25), "en")
