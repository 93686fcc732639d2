"""Names in a message → codes of the database: exact, by code, by part, and by likeness (typos and homophones)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from agents.offline.reading.flavours import in_other_words
from agents.offline.reading.misspelt import Spellings
from agents.offline.reading.named import Known, Mention
from agents.offline.reading.withinwords import is_within_a_word
from agents.offline.wording.spelling import Names
from core.language.normalise import fold
from core.language.pinyin import similarity
from core.language.units import measure_after

__all__ = ["CODE", "Known", "Linker", "Mention"]

CODE = re.compile(r"(?<![a-z0-9])([a-z]{1,4})[- ]?(\d{2,5})([a-z]{0,2})(?![a-z0-9])")
LIKENESS = 0.8
NEAR = 0.91  # so like that no other can be meant, where it is the only one: 一次 isn't, beside 一次性桶装水
NAME_LIMIT = 40
SLIP = 0.88


@dataclass
class Linker:
    """Every name that a message may hold, in a trie; built once a catalogue."""

    known: tuple[Known, ...]
    _trie: dict[str, dict[str, object]] = field(default_factory=dict)
    _codes: dict[str, Known] = field(default_factory=dict)
    _names: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for thing in self.known:
            self._codes[_bare(thing.code)] = thing
            for name in {fold(name) for name in (*thing.names, thing.code)}:
                if name:
                    self._names[name].append(thing)
        for name in self._names:
            node: dict[str, object] = self._trie  # type: ignore[assignment]
            for char in name:
                node = node.setdefault(char, {})  # type: ignore[assignment]
            node["\0"] = name

    def find(self, text: str, habits: Mapping[str, int] | None = None) -> list[Mention]:
        """Names in folded text, none overlapping, longest first; an ambiguous one lists all it may be, habits first."""
        found = [*self._by_code(text), *self._by_name(text)]
        found.sort(key=lambda mention: (mention.start - mention.end, mention.start))
        taken: list[Mention] = []
        for mention in found:
            if all(mention.end <= other.start or mention.start >= other.end for other in taken):
                taken.append(mention)
        widened = [self._widened(mention, text) for mention in taken]
        widened = in_other_words(widened, text, self.product_names)
        likeliest = [ranked(mention, habits or {}) for mention in widened]
        return _said_twice(sorted(likeliest, key=lambda mention: mention.start), text)

    def _widened(self, mention: Mention, text: str) -> Mention:
        """ "minral water" means mineral water: the word before an ambiguous Latin name may be a slip."""
        before = re.search(r"([a-z]{4,}) $", text[: mention.start])
        if len(mention.codes) < 2 or before is None:
            return mention
        wider = f"{before[1]} {mention.text}"
        scores = {name: similarity(wider, name) for name in self._names if name.endswith(mention.text) and " " in name}
        best = max(scores, key=lambda name: scores[name], default="")
        if not best or scores[best] < SLIP:
            return mention
        codes = tuple(dict.fromkeys(thing.code for thing in self._names[best] if thing.kind == mention.kind))
        return Mention(mention.kind, codes, before.start(1), mention.end, wider) if codes else mention

    def guess(
        self,
        words: str,
        kind: str,
        habits: Mapping[str, int] | None = None,
        limit: int = 3,
        least: float = LIKENESS,
    ) -> list[str]:
        """Codes whose names are like ``words`` or hold them, likeliest first; empty where nothing is near."""
        wanted = fold(words).strip()
        if len(wanted) < 2 and not wanted.isascii():
            return []
        scores: dict[str, float] = {}
        for name, things in self._names.items():
            score = _likeness(wanted, name)
            if score < least:
                continue
            for thing in things:
                if thing.kind == kind:
                    bonus = 0.02 * min((habits or {}).get(thing.code, 0), 5)
                    scores[thing.code] = max(scores.get(thing.code, 0.0), score + bonus)
        return sorted(scores, key=lambda code: (-scores[code], code))[:limit]

    @cached_property
    def spellings(self) -> Spellings:
        """The products' names by sound and letters, made when a message first needs them."""
        return Spellings(self.of_kind("product"))

    @cached_property
    def spelt(self) -> Names:
        """All names as they are spelt, for telling slips from them."""
        return Names(tuple(self._names))

    @cached_property
    def product_names(self) -> Mapping[str, Sequence[str]]:
        """What each product is called as messages are matched with it: its code, its own names, then other names."""
        return {thing.code: tuple(fold(name) for name in thing.names) for thing in self.of_kind("product")}

    def of_kind(self, kind: str) -> list[Known]:
        """Everything of a kind."""
        return [thing for thing in self.known if thing.kind == kind]

    def get(self, kind: str, code: str) -> Known | None:
        """By its code."""
        thing = self._codes.get(_bare(code))
        return thing if thing is not None and thing.kind == kind else None

    def _by_code(self, text: str) -> Iterable[Mention]:
        for match in CODE.finditer(text):
            thing = self._codes.get(_bare(match.group()))
            if thing is not None:
                yield Mention(thing.kind, (thing.code,), match.start(), match.end(), match.group())

    def _by_name(self, text: str) -> Iterable[Mention]:
        for start in range(len(text)):
            if start and text[start - 1].isascii() and text[start - 1].isalnum() and text[start].isascii():
                continue
            node: dict[str, object] = self._trie  # type: ignore[assignment]
            best: tuple[int, str] | None = None
            for end in range(start, min(len(text), start + NAME_LIMIT)):
                following = node.get(text[end])
                if following is None:
                    break
                node = following  # type: ignore[assignment]
                name = node.get("\0")
                if isinstance(name, str) and _whole(text, end + 1):
                    best = (end + 1, name)
            if best and not is_within_a_word(text, start, best[0]):
                yield from self._mentions(text, start, *best)

    def _mentions(self, text: str, start: int, end: int, name: str) -> Iterable[Mention]:
        kinds: dict[str, list[str]] = defaultdict(list)
        for thing in self._names[name]:
            kinds[thing.kind].append(thing.code)
        for kind, codes in kinds.items():
            yield Mention(kind, tuple(dict.fromkeys(codes)), start, end, text[start:end])


@lru_cache(maxsize=64)
def linker_of(known: tuple[Known, ...]) -> Linker:
    """The linker of these names, made once while they stay as they are: whoever may name the same shares it."""
    return Linker(known)


def _said_twice(mentions: list[Mention], text: str) -> list[Mention]:
    """ "mineral water W-550" names one thing: neighbours that may mean the same become one mention."""
    kept: list[Mention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        if before is not None and before.kind == mention.kind and not text[before.end : mention.start].strip(" (（"):
            shared = tuple(code for code in before.codes if code in mention.codes)
            if shared:
                words = text[before.start : mention.end]
                kept[-1] = Mention(mention.kind, shared, before.start, mention.end, words)
                continue
        kept.append(mention)
    return kept


def _bare(code: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(code))


def _whole(text: str, end: int) -> bool:
    """A Latin name ends at a word's end, a plural s allowed, and a size isn't part of an amount: 「绿茶500箱」."""
    if text[end - 1].isdigit():
        return not (NUMBER_GOES_ON.match(text, end) or _is_counted(text, end))
    if end >= len(text) or not (text[end - 1].isascii() and text[end - 1].isalpha()):
        return True
    rest = text[end:]
    return not (rest[0].isascii() and rest[0].isalnum()) or bool(re.match(r"e?s(?![a-z0-9])", rest))


NUMBER_GOES_ON = re.compile(r"\d|[.,]\d|[百千万]")


def _is_counted(text: str, end: int) -> bool:
    """Whether the number that ends there is so many of something; 「550瓶的」 says how much one holds."""
    measure = measure_after(text, end)
    return measure is not None and measure.unit is not None and not text.startswith("的", measure.end)


def _likeness(wanted: str, name: str) -> float:
    if wanted in name and len(wanted) >= 2:
        return 0.86 + 0.1 * len(wanted) / len(name)
    if name in wanted and len(name) >= 2:
        return 0.82 + 0.1 * len(name) / len(wanted)
    return similarity(wanted, name)


def ranked(mention: Mention, habits: Mapping[str, int]) -> Mention:
    """What it may be, with what this dealer orders most often first."""
    if len(mention.codes) < 2:
        return mention
    order: Sequence[str] = sorted(mention.codes, key=lambda code: (-habits.get(code, 0), mention.codes.index(code)))
    return Mention(mention.kind, tuple(order), mention.start, mention.end, mention.text, mention.sure)
