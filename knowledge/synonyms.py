"""The trade's synonyms: a dealer says 冰箱 and 打钱 where the handbook says 冰柜 and 现金."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from core import plainyaml
from core.language.normalise import fold
from core.language.tokens import search_tokens
from knowledge.intervals import amounts_in

TRANSLATED = 0.8  # worth of a term of another language
SYNONYM = 0.6  # worth of a term that is the trade's other word for one of the question's


def terms_asked(question: str) -> Mapping[str, float]:
    """The question's terms, those of its synonyms, and its numbers in figures: 三十万 stands as 300,000."""
    figures = [str(int(one.value)) for one in amounts_in(question) if one.value == one.value.to_integral_value()]
    worth = dict.fromkeys(search_tokens(other_words(question)), SYNONYM)
    return worth | dict.fromkeys([*search_tokens(question), *figures], 1.0)


@dataclass(frozen=True, slots=True)
class InChinese:
    """An English question in the trade's words: for each of its words the ways to say it, each as terms."""

    ways: tuple[tuple[tuple[str, ...], ...], ...]
    own: tuple[str, ...]

    @classmethod
    def of(cls, question: str) -> "InChinese":
        """Its words by the glossary; codes and numbers as they stand."""
        ways = tuple(tuple(tuple(_pairs(word)) for word in words) for words in translated(question))
        return cls(ways, tuple(term for term in search_tokens(question) if any(char.isdigit() for char in term)))

    @property
    def worth(self) -> dict[str, float]:
        """Every term with its worth."""
        terms = (term for words in self.ways for word in words for term in word)
        return dict.fromkeys(terms, TRANSLATED) | dict.fromkeys(self.own, 1.0)

    def lexical(self, score: Callable[[Mapping[str, float]], Mapping[int, float]]) -> dict[int, float]:
        """Each passage's score: of one word only the best way to say it counts."""
        total: dict[int, float] = dict(score(dict.fromkeys(self.own, 1.0)))
        for words in self.ways:
            best: dict[int, float] = {}
            for word in words:
                for passage, value in score(dict.fromkeys(word, TRANSLATED)).items():
                    best[passage] = max(best.get(passage, 0.0), value / len(word))
            for passage, value in best.items():
                total[passage] = total.get(passage, 0.0) + value
        return total


def _pairs(word: str) -> list[str]:
    """A Chinese word's terms without its single characters, which stand everywhere."""
    terms = search_tokens(word)
    return [term for term in terms if len(term) > 1] or terms


def wholly_chinese(question: str) -> str:
    """「cut-off time 几点」: a Chinese question with the trade's English words as Chinese documents write them."""
    if not (HAN.search(question) and LATIN.search(question)):
        return question
    folded = fold(question)
    for phrase, words in _glossary():
        folded = phrase.sub(words[0], folded)
    return folded if folded != fold(question) else question


HAN, LATIN = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[a-z]{3}", re.IGNORECASE)


def translated(question: str) -> list[Sequence[str]]:
    """For each word or phrase of the trade in an English question, longest first, its words in Chinese."""
    folded = fold(question)
    found: list[Sequence[str]] = []
    for phrase, words in _glossary():
        match = phrase.search(folded)
        if match is not None:
            found.append(words)
            folded = f"{folded[: match.start()]} | {folded[match.end() :]}"
    return found


@cache
def _glossary() -> Sequence[tuple[re.Pattern[str], Sequence[str]]]:
    data = plainyaml.load((files("prompts") / "lexicon" / "glossary.yaml").read_text("utf-8"))["english"]
    longest = sorted(((str(phrase), words) for phrase, words in data.items()), key=lambda pair: -len(pair[0]))
    return [
        (re.compile(rf"(?<![a-z]){re.escape(fold(phrase)).removesuffix('e')}e?(?:s|es|d|ed|ing|ings)?(?![a-z])"), words)
        for phrase, words in longest
    ]


def other_words(question: str) -> str:
    """What the question's words are also called, most specific first; empty where it holds none that we know."""
    folded = fold(question)
    held = sorted((word for word in _groups() if _stands_in(word, folded)), key=len, reverse=True)
    whole = [word for place, word in enumerate(held) if not any(word in longer for longer in held[:place])]
    others = [other for word in whole for other in _groups()[word] if other not in held]
    return " ".join(dict.fromkeys(others))


def _stands_in(word: str, text: str) -> bool:
    if word not in text:
        return False
    return not word.isascii() or _whole(word).search(text) is not None


@cache
def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])")


@cache
def _groups() -> Mapping[str, Sequence[str]]:
    data = plainyaml.load((files("prompts") / "lexicon" / "synonyms.yaml").read_text("utf-8"))
    found: dict[str, list[str]] = {}
    for group in data["same"]:
        folded = [fold(str(word)) for word in group]
        for word in folded:
            found.setdefault(word, []).extend(other for other in folded if other != word)
    return found
