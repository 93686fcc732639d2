"""What a clause with a count says of rows, and how many rows it may then mean."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from core.checks.around import BREAK, Span
from core.checks.beside import COUNTED
from core.checks.listing import LOST, Listing
from core.checks.matching import LISTED
from core.checks.said import Said, Spoken
from core.checks.series import families_in
from core.checks.stretches import readings
from core.checks.vocabulary import Vocabulary
from core.language.numerals import Kind

UNCOUNTED = re.compile(
    r" ?(?:箱|瓶|盒|罐|听|支|袋|桶|提|托|天|日|月|年|号|元|块|万|千|%|折|倍|档|级|点|页|成|周|星期)|[\d.:：/%-]"
)
BOUNDED: Mapping[bool, tuple[re.Pattern[str], re.Pattern[str]]] = {
    True: (
        re.compile(
            r"(?:超过|超|高于|大于|多于|破|过了?|(?:站上|迈过|跨过|越过|冲破|突破)了?|不止|(?<![a-z])(?:over|above"
            r"|more than|beyond|exceed(?:s|ed|ing)?|past"
            r"|at least|topp?(?:ed|ing)?|clear(?:s|ed|ing)?|pass(?:ed|es|ing)?|cross(?:ed|es|ing)?|br(?:oke|oken"
            r"|eaks?)(?: through)?"
            r"|surpass(?:ed|es|ing)?|crack(?:ed|s)?|beat(?:en|s)?))(?: the)? ?(?:cn|us)?$"
        ),
        re.compile(r" ?元?(?:以上|\+)| (?:or more|and up)"),
    ),
    False: (
        re.compile(
            r"(?:低于|少于|不到|不足|不满|没到|(?<![a-z])(?:under|below|less than|fewer than|"
            r"(?:nobody|no one|none) else (?:gets|comes|is) (?:to|above|over))) ?(?:cn|us)?$"
        ),
        re.compile(r" ?元?以[下内]| or less"),
    ),
}
WENT: Mapping[bool, re.Pattern[str]] = {
    True: re.compile(
        r"跌|降|下滑|减|下跌|比[^,，。]{0,8}少|(?<![a-z])(?:(?:bought|ordered|took|sold|buying"
        r"|taking) less|less than|fewer|down|fell|fallen|declin\w+|dropp\w+|shr[aiu]nk|shrinking|lost|"
        r"losing|lower|slipped|below|behind|worse)(?![a-z])"
    ),
    False: re.compile(
        r"涨|增|升|比[^,，。]{0,8}多|(?<![a-z])(?:(?:bought|ordered|took|sold|buying|taking) more"
        r"|more than last|up|rose|risen|grew|grown|growing|gain\w*|increas\w+|higher|improv\w+"
        r"|ahead|above)(?![a-z])"
    ),
}
SIZE = re.compile(r"(?<![a-z0-9.])(\d+(?:\.\d+)?) ?(ml|l|毫升|升)(?![a-z]|[高档级到])")
PACK = re.compile(
    r"(?:1×|箱规|[每一单]箱装?|/箱)(?:是|为|有)? ?(\d{1,2})(?!\d)|(?<!\d)(\d{1,2}) ?(?:瓶|盒|罐|听"
    r"|bottles?|packs?)(?!\d)"
)
DUE = re.compile(r"到期|应付|要付|要还|未付|(?<![a-z])(?:due|payable|pay)(?![a-z])")
BEGUN = re.compile(r"系列|开头|开始的|打头|(?<![a-z])(?:start\w*|begin\w*|prefix\w*)(?![a-z])")
CODE = re.compile(r"(?<![a-z0-9-])[a-z]-\d{2,4}(?![a-z0-9])")
OTHERS = re.compile(
    r"其余|其他|其它|另外|剩|余下|除|后面|(?<![a-z])(?:other|others|rest|else|remaining|more|besides|apart"
    r"|another|further)"
    r"(?![a-z])"
)
VALID = re.compile(
    r"(?<![不未没])计入|(?<![不未没])算进|成交|完成|有效|算数|成功|(?<![a-z])(?:valid|successful"
    r"|that count|went through)(?![a-z])"
)
TOP = re.compile(r"(?:前|头|(?<![a-z])(?:top|first|biggest|largest)) ?$")
CHARTED = re.compile(r"(?:图|表|榜)(?:表|单)?[里中上]?(?:列出|显示|画出)?的?(?:这|那)?$")
CHARTED_AFTER = re.compile(
    r" (?:dealers |customers |names |rows )?(?:(?:that|which) are )?(?:in the (?:chart"
    r"|table|list)|charted|shown|listed)(?![a-z])"
)
AFTER_TOP = re.compile(r" (?:biggest|largest|top)| ?[家张个笔款]?(?:头部|最大)")
PER = re.compile(r"[一每单]箱(?:装)?(?:有|是)? ?$")
EVERY = re.compile(r"都|全|均|(?<![a-z])(?:all|each|every)(?![a-z])")
HAN = re.compile(r"[\u4e00-\u9fff]+")
OF_ALL = re.compile(
    r"(?<![a-z])(?:out )?of (?:your |the |our |all )*(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)(?![a-z])"
)
NEAR = 3
LARGEST = 500
UNIT: Mapping[str, str] = {"毫升": "ml", "升": "l"}


def is_count(one: Spoken, text: str) -> bool:
    """A small whole number without a unit, of papers, dealers, quarters or nothing that is named."""
    number = one.number
    if PER.search(text[: number.span[0]]):
        return False
    timely = number.kind is Kind.TIME
    if (
        one.kind != "quantity"
        or (one.unit and not timely)
        or number.value % 1
        or not 0 < number.value <= LARGEST
        or number.upper
    ):
        return False
    if timely:
        return any(word in (number.unit_like or "") for word in ("季", "月", "quarter", "month"))
    return number.kind is Kind.COUNT and not UNCOUNTED.match(text, number.span[1]) and one.shown not in {"a", "an"}


class Telling:
    """A clause with a count, held against the rows of one table."""

    def __init__(self, listing: Listing, clause: Span, said: Said, place: int, vocabulary: Vocabulary) -> None:
        self.listing, self.said, self.place, self.vocabulary = listing, said, place, vocabulary
        self.start, self.end = clause
        self.text = said.text[self.start : self.end]
        self.conditions = list(self._conditions())
        self.telling = any(sure for sure, _ in self.conditions)

    def allowed(self) -> set[Decimal]:
        """All that the count may be."""
        rows = frozenset(range(len(self.listing.rows)))
        meant = [
            rows.intersection(*(alike for _, alike in self.conditions)),
            rows.intersection(*(alike for sure, alike in self.conditions if sure)),
        ]
        subsets = list(self._subsets())
        counts = {len(alike & some) for alike in meant for some in subsets}
        if OTHERS.search(self.text):
            counts |= {len(some - alike) for alike in meant for some in subsets if self.conditions}
        if not self.telling:
            named = {at for at in rows if self.listing.rows[at].things & self._named()}
            if OTHERS.search(self.text):
                counts |= {len(some - named) for some in subsets} if named else set()
                counts |= {len(some) - 1 for some in subsets} if len(named) < 2 else set()
                counts |= {len(some) - told for some in subsets for told in (*self._counts(), sum(self._counts()))}
        return {Decimal(count) for count in counts}

    def _named(self) -> frozenset[str]:
        """The rows that are named before the count."""
        kinds = ("dealer:", "product:", "code:", "region:")
        return frozenset(name for name, at, _ in self.said.things if at < self.start and name.startswith(kinds))

    def _counts(self) -> set[int]:
        return {
            int(one.number.value)
            for at, one in enumerate(self.said.numbers)
            if at != self.place and is_count(one, self.said.text)
        }

    def _subsets(self) -> Iterator[frozenset[int]]:
        """All rows, those that are seen, those that wait, the first so many."""
        whole, shown = len(self.listing.rows), self.listing.shown
        yield frozenset(range(whole))
        if shown == whole or LISTED.search(OF_ALL.sub(" ", self.said.text)):
            yield frozenset(range(shown))
        if shown < whole and OTHERS.search(self.said.text):
            yield frozenset(range(shown, whole))
        for one in self.said.numbers:
            start, end = one.number.span
            top = TOP.search(self.said.text[:start]) or AFTER_TOP.match(self.said.text, end) or self._charted(one)
            if top and one.number.value <= whole:
                yield frozenset(range(int(one.number.value)))

    def _charted(self, one: Spoken) -> bool:
        """The ten of a chart: the first so many rows, as a reply draws or lists them."""
        start, end = one.number.span
        return bool(CHARTED.search(self.said.text[:start]) or CHARTED_AFTER.match(self.said.text, end))

    def _conditions(self) -> Iterator[tuple[bool, frozenset[int]]]:
        """What the clause says of a row: whether it is sure to be meant so, and the rows of which it holds."""
        yield from self._states()
        ways = [fell for fell, pattern in WENT.items() if pattern.search(self.text)]
        each = any(row.fell is not None for row in self.listing.rows)
        if len(ways) == 1 and (each or (self.listing.kind == "dealer" and EVERY.search(self.text))):
            yield True, self._rows(lambda row: row.fell is ways[0])
        yield from self._bounds()
        for size, unit in SIZE.findall(self.text):
            word = re.compile(rf"(?<![a-z0-9.]){re.escape(size)}{UNIT.get(unit, unit)}(?![a-z0-9])")
            yield True, self._rows(lambda row, word=word: bool(word.search(row.words)))
        if self.listing.kind == "product":
            for found in PACK.finditer(self.text):
                pack = found[1] or found[2]
                yield True, self._rows(lambda row, pack=pack: row.words.endswith(f"1×{pack}"))
        yield from self._times()
        yield from self._begun()
        yield from self._words()

    def _states(self) -> Iterator[tuple[bool, frozenset[int]]]:
        stated = frozenset().union(*(row.states for row in self.listing.rows))
        if not stated:
            return
        for name in sorted(stated):
            if found := self.vocabulary.states[name].search(self.text):
                denied = self.vocabulary.not_yet.search(self.text[: found.start()])
                yield True, self._rows(lambda row, name=name, denied=denied: (name in row.states) is not bool(denied))
        if VALID.search(self.text):
            yield True, self._rows(lambda row: not row.states & LOST)

    def _bounds(self) -> Iterator[tuple[bool, frozenset[int]]]:
        for one in self.said.numbers:
            start, end = one.number.span
            if one.number.value < LARGEST or not self._beside(start):
                continue
            for more, (before, after) in BOUNDED.items():
                if before.search(self.said.text[:start]) or after.match(self.said.text, end):
                    bound = one.number.value
                    yield (
                        True,
                        self._rows(
                            lambda row, bound=bound, more=more: any((cell > bound) is more for cell in row.amounts)
                        ),
                    )

    def _beside(self, at: int) -> bool:
        """Within the clause, or in the one before it."""
        if at >= self.start:
            return at < self.end
        return BREAK.search(self.said.text, at, max(at, self.start - NEAR)) is None

    def _times(self) -> Iterator[tuple[bool, frozenset[int]]]:
        due = bool(DUE.search(self.text)) and any(row.due for row in self.listing.rows)
        dated = any(row.days for row in self.listing.rows)
        papers = self.listing.kind in {"order", "invoice"}
        told: list[tuple[date, date]] = []
        for time in self.said.times:
            if not self.start <= time.span[0] < self.end or not (papers or self.listing.kind == "period"):
                continue
            told += readings(time)
        if told:
            alike = self._rows(
                lambda row: any(
                    start <= begun < end
                    for begun, _ in (row.due if due or not dated else row.days)
                    for start, end in told
                )
            )
            if alike or due:
                yield due or papers, alike

    def _begun(self) -> Iterator[tuple[bool, frozenset[int]]]:
        """Codes that begin so."""
        codes = CODE.findall(self.text) if BEGUN.search(self.text) else ()
        for code in dict.fromkeys([*codes, *(code for code, _ in families_in(self.text))]):
            yield True, self._rows(lambda row, code=code: row.head.startswith(code))

    def _words(self) -> Iterator[tuple[bool, frozenset[int]]]:
        """Words right beside the count that some rows have and others haven't: 无糖的三款."""
        begin, end = self.said.numbers[self.place].number.span
        before = re.sub(r"[”’」'\"的类味款中里有共一都只就是总占为]+$", "", self.said.text[self.start : begin].rstrip())
        after = COUNTED.sub("", self.said.text[end : self.end], count=1).removeprefix("的").removeprefix("是")
        for run in (HAN.findall(before)[-1:] if before[-1:] > "\u2e7f" else []) + HAN.findall(after)[:1]:
            tail = run in before
            for size in range(min(len(run), 8), 1, -1):
                word = run[-size:] if tail else run[:size]
                alike = self._rows(lambda row, word=word: word in row.words)
                if 0 < len(alike) < len(self.listing.rows):
                    yield True, alike
                    break

    def _rows(self, holds: "object") -> frozenset[int]:
        return frozenset(at for at, row in enumerate(self.listing.rows) if holds(row))  # type: ignore[operator]
