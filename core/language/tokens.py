"""Terms for lexical search. Both sides of a search go through the same function, so it takes no language:
the script of each run decides, and a question in one language finds the codes and numbers of another's document."""

import re
import unicodedata

from core.language.normalise import fold

LONGEST = 60  # characters of a term; the postings table holds 64

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|\d+(?:[-/:]\d+)+|\d+(?:\.\d+)*%?"
_RUN = re.compile(
    rf"(?P<code>[a-z]+(?:[-_.][a-z]+)*[-_.]?\d[a-z0-9]*(?:[-_.][a-z0-9]+)*|\d+[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*)"
    rf"|(?P<number>{_NUMBER})"
    r"|(?P<han>[\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|(?P<pairs>[\u3041-\u30ff\uac00-\ud7a3]+)"  # kana, Hangul
    r"|(?P<triples>[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+)"  # Thai, Lao, Burmese, Khmer: no spaces between words
    r"|(?P<word>(?:[^\W\d_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\ud7a3\uf900-\ufaff]"
    r"|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff])+)"
)
_PART = re.compile(r"[a-z]+|\d+")
_MARKS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]")
_NO_TERMS = re.compile(  # what asks, points and links; a formal document lacks it, so it would look rare and telling
    "为什么|是什么|什么时候|什么样|什么|多少|多久|多长时间|怎么办|怎么样|怎么|怎样|如何|为何|哪些|哪个|哪里|哪儿|哪家|几(?=[天点号个家次种])"
    "|是否|能否|可否|能不能|可不可以|可以|要不要|会不会|是不是|有没有|算不算|行不行|一下|的话|时候|请问|帮我|给我|告诉我|麻烦|谢谢|[您你]好"
    "|我们|你们|他们|咱们|[谁哪吗呢吧啊呀嘛啦咋我你您们也很是在]|(?<!为)了(?!解)|(?<!目)的(?!确)"
    "|(?<![大协社开机工展委年宴])会(?![员议计场签展所])|(?<![功性技产节职效电可])能(?![力源量耗])|(?<![重主需必纪摘概紧])要(?![求约素点件])"
)
_NO_WORDS = frozenset(
    "what which who whom whose when where why how many much do does did is are was were be been am has have had "
    "the a an of to in on at by for from with and or if as it its this that these those there "
    "i me my we us our you your can could may might must shall should will would please".split()
)


def search_tokens(text: str) -> list[str]:
    """The terms of a text, repeated as often as they stand there; words that tell nothing are left out.

    Chinese gives characters and pairs (measured better than dictionary words, see benchmarks/README.md), Thai and its
    neighbours triples, kana and Hangul pairs, other words themselves and their 4-grams. Codes and numbers stay whole.
    """
    terms: list[str] = []
    for match in _RUN.finditer(fold(text)):
        terms += _terms(str(match.lastgroup), match.group())
    return terms


def _terms(kind: str, run: str) -> list[str]:
    match kind:
        case "code":
            return _code(run)
        case "number":
            return _number(run)
        case "han":
            return [term for part in _NO_TERMS.split(run) for term in _chinese(part) if part]
        case "pairs":
            return _grams(run, 2)
        case "triples":
            return _grams(run, 3)
        case _:
            return _word(run)


def _chinese(run: str) -> list[str]:
    return [*run, *_grams(run, 2)] if len(run) > 1 else list(run)


def _code(run: str) -> list[str]:
    """As written, without its separators (W-550 is W550), and its parts."""
    compact = re.sub(r"[-_.]", "", run)
    whole = [run] if run == compact else [run, compact]
    return [term[:LONGEST] for term in whole + [part for part in _PART.findall(run) if len(part) > 1]]


def _number(run: str) -> list[str]:
    if run.endswith("%"):
        return [run.replace(",", "")[-LONGEST:], *_number(run[:-1])]
    parts = re.split(r"[-/:]", run)
    return [run[:LONGEST], *(part[:LONGEST] for part in parts)] if len(parts) > 1 else [run.replace(",", "")[:LONGEST]]


def _word(run: str) -> list[str]:
    word = _MARKS.sub("", unicodedata.normalize("NFD", run))
    if not word or word in _NO_WORDS:
        return []
    bounded = f"_{word}_"
    return [word[:LONGEST], *("~" + gram for gram in _grams(bounded, 4))] if len(bounded) > 4 else [word]


def _grams(run: str, size: int) -> list[str]:
    return [run[at : at + size] for at in range(max(1, len(run) - size + 1))]
