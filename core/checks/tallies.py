"""Counts of rows: by the noun that is counted and by every condition on a row that their clause tells."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.checks.around import BREAK, PHRASE, Span
from core.checks.beside import COUNTED, PART, by_amount, enumerated, is_whole
from core.checks.listing import LOST, Listing
from core.checks.matching import LISTED, all_told
from core.checks.said import Said, Spoken
from core.checks.stretches import readings
from core.checks.view import View
from core.checks.vocabulary import Vocabulary
from core.language.numerals import Kind

NOUNS: Mapping[str, re.Pattern[str]] = {
    "order": re.compile(r"订单|单子|[张笔几]单|单(?!价|瓶|箱|位)|(?<![a-z])orders?(?![a-z])"),
    "invoice": re.compile(r"发票|(?<![a-z])invoices?(?![a-z])"),
    "dealer": re.compile(r"家|经销商|客户|商行|(?<![a-z])(?:dealers?|customers?|accounts?)(?![a-z])"),
    "product": re.compile(r"[款种]|产品|sku|品(?!类|牌)|茶|饮料|(?<![a-z])(?:products?|teas?|items?|drinks?)(?![a-z])"),
    "region": re.compile(r"区域|大区|地区|个省|省份|(?<![a-z])(?:regions?|provinces?|areas?)(?![a-z])"),
    "period": re.compile(r"季度?|个月|(?<![a-z])(?:quarters?|months?)(?![a-z])"),
}
UNCOUNTED = re.compile(
    r" ?(?:箱|瓶|盒|罐|听|支|袋|桶|提|托|天|日|月|年|号|元|块|万|千|%|折|倍|档|级|点|页|成|周|星期)|[\d.:：/%-]"
)
BOUNDED: Mapping[bool, tuple[re.Pattern[str], re.Pattern[str]]] = {
    True: (
        re.compile(
            r"(?:超过|超|高于|大于|多于|破|过|不止|(?<![a-z])(?:over|above|more than|beyond|exceed(?:s|ed|ing)?|past"
            r"|at least|topp?(?:ed|ing)?)) ?(?:cn|us)?$"
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
BEGUN = re.compile(r"开头|开始的|打头|(?<![a-z])(?:start\w*|begin\w*|prefix\w*)(?![a-z])")
CODE = re.compile(r"(?<![a-z0-9-])[a-z]-\d{2,4}(?![a-z0-9])")
OTHERS = re.compile(
    r"其余|其他|其它|另外|剩|余下|除|后面|(?<![a-z])(?:other|others|rest|else|remaining|more|besides|apart|another|further)"
    r"(?![a-z])"
)
VALID = re.compile(
    r"(?<![不未没])计入|(?<![不未没])算进|成交|完成|有效|算数|成功|(?<![a-z])(?:valid|successful"
    r"|that count|went through)(?![a-z])"
)
LEFT_OUT = re.compile(
    r"不计|未计|没计|没算|不算|剔除|扣除|不参加|(?<![a-z])(?:left out|not count\w*|excluded|earn nothing)"
)
TOP = re.compile(r"(?:前|头|(?<![a-z])(?:top|first|biggest|largest)) ?$")
AFTER_TOP = re.compile(r" (?:biggest|largest|top)| ?[家张个笔款]?(?:头部|最大)")
EXCEPTED = re.compile(r"(?:之|以)?外(?=其|的?都|,|，)")
LATIN = re.compile(r"[a-z]{3}")
PER = re.compile(r"[一每单]箱(?:装)?(?:有|是)? ?$")
EVERY = re.compile(r"都|全|均|(?<![a-z])(?:all|each|every)(?![a-z])")
HAN = re.compile(r"[\u4e00-\u9fff]+")
PARTED = re.compile(r" ?[次批](?:到期|付|还)| (?:due dates|deadlines|instal?lments)(?![a-z])")
NEAR = 3
LARGEST = 500
UNIT: Mapping[str, str] = {"毫升": "ml", "升": "l"}


def tallied(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool | None:
    """Whether a count is one of rows: true, false where its clause says which rows, and nothing where it says none."""
    one = said.numbers[place]
    if not is_count(one, said.text):
        return None
    if is_whole(place, said):
        known = one.number.value in view.headline
        return True if known or any(one.number.value in {len(it.rows), it.shown} for it in view.listings) else None
    due = [len({day for row in listing.rows for day in row.due}) for listing in view.listings]
    if any(due) and PARTED.match(said.text, one.number.span[1]):
        return one.number.value in due
    if enumerated(place, said):
        return True
    if (priced := by_amount(place, said, view)) is not None:
        return priced
    return _of_rows(place, said, view, vocabulary)


def _of_rows(place: int, said: Said, view: View, vocabulary: Vocabulary) -> bool | None:
    one, clause = said.numbers[place], _clause(place, said)
    kinds = _nouns(one, clause, said.text)
    bare = not (COUNTED.match(said.text, one.number.span[1]) or one.shown.isalpha() or one.number.unit_like)
    unsure = OTHERS.search(said.text) or (bare and not LATIN.search(said.text))
    known: bool | None = None
    for listing in map(_without_repeats, view.listings):
        if kinds and listing.kind not in kinds:
            continue
        told = Telling(listing, clause, said, place, vocabulary)
        repeated = any(
            len(it.rows) == one.number.value > len(listing.rows) for it in view.listings if it.kind == listing.kind
        )
        if repeated and kinds == {"product"} and not told.conditions and not OTHERS.search(said.text):
            known = False
            continue
        if not told.conditions and all_told(one, said, view) and not VALID.search(said.text):
            continue
        if one.number.value in told.allowed():
            return True
        if not told.conditions:
            wide = Telling(listing, (0, len(said.text)), said, place, vocabulary)
            if wide.conditions and one.number.value in wide.allowed():
                return True
        if told.telling and not unsure and (kinds or len(view.listings) == 1):
            known = False
    return known


def _without_repeats(listing: Listing) -> Listing:
    """A product with a row of its own for what is free is one product."""
    if listing.kind != "product" or listing.shown != len(listing.rows):
        return listing
    rows = tuple({row.head: row for row in reversed(listing.rows)}.values())[::-1]
    return replace(listing, rows=rows, shown=len(rows)) if len(rows) < len(listing.rows) else listing


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
        if shown == whole or LISTED.search(self.said.text):
            yield frozenset(range(shown))
        if shown < whole and OTHERS.search(self.said.text):
            yield frozenset(range(shown, whole))
        for one in self.said.numbers:
            start, end = one.number.span
            top = TOP.search(self.said.text[:start]) or AFTER_TOP.match(self.said.text, end)
            if top and one.number.value <= whole:
                yield frozenset(range(int(one.number.value)))

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
        for code in CODE.findall(self.text) if BEGUN.search(self.text) else ():
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


def _clause(place: int, said: Said) -> Span:
    """Its own words: up to a break, or to another count."""
    begin, end = said.numbers[place].number.span
    others = [one.number.span for one in said.numbers if is_count(one, said.text) and one.number.span != (begin, end)]
    before = [stop for _, stop in others if stop <= begin and not PART.fullmatch(said.text[stop:begin])]
    after = [at for at, _ in others if at >= end and not PART.fullmatch(said.text[end:at])]
    start, stop = max([0, *before]), min([len(said.text), *after])
    for breaks in (BREAK, PHRASE, EXCEPTED):
        start = max([start, *(found.end() for found in breaks.finditer(said.text, start, begin))])
        found = breaks.search(said.text, end, stop)
        stop = found.start() if found else stop
    return start, stop


def _nouns(one: Spoken, clause: Span, text: str) -> frozenset[str]:
    """The kinds of rows that it may count: by the noun behind it, in its clause, else the last before it."""
    start, end = one.number.span
    for words in (text[end : end + 8], text[start : clause[1]], text[clause[0] : start]):
        found = frozenset(kind for kind, noun in NOUNS.items() if noun.search(words))
        if found:
            return found
    return frozenset()
