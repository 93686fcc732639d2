"""The trade's synonyms: a dealer says 冰箱 and 打钱 where the handbook says 冰柜 and 现金."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import yaml

from core.language.normalise import fold
from core.language.tokens import search_tokens
from knowledge.intervals import amounts_in

SYNONYM = 0.6  # worth of a term that is the trade's other word for one of the question's


def terms_asked(question: str) -> Mapping[str, float]:
    """The question's terms, those of its synonyms, and its numbers in figures: 三十万 stands as 300,000."""
    figures = [str(int(one.value)) for one in amounts_in(question) if one.value == one.value.to_integral_value()]
    worth = dict.fromkeys(search_tokens(other_words(question)), SYNONYM)
    return worth | dict.fromkeys([*search_tokens(question), *figures], 1.0)


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
    return not word.isascii() or re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


@cache
def _groups() -> Mapping[str, Sequence[str]]:
    data = yaml.safe_load((files("prompts") / "lexicon" / "synonyms.yaml").read_text("utf-8"))
    found: dict[str, list[str]] = {}
    for group in data["same"]:
        folded = [fold(str(word)) for word in group]
        for word in folded:
            found.setdefault(word, []).extend(other for other in folded if other != word)
    return found
