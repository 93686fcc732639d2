"""A message read once: its clauses, and in each the things named, quantities, times and order numbers."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from agents.offline.evidence.cues import ASKS, PRICE
from agents.offline.reading.asides import time_meant
from agents.offline.reading.barenumbers import counting_beside, in_the_same_unit
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.linking import CODE, Linker, Mention, ranked
from agents.offline.reading.listed import counted_by_place, one_a_line
from agents.offline.reading.misspelt import mend
from agents.offline.reading.notes import without_notes
from agents.offline.reading.orderday import another_day, days_spelt_out, delivery_day, order_of_day, part_of_today
from agents.offline.reading.orderwho import order_of_person, order_of_sum
from agents.offline.reading.repairs import with_corrections
from agents.offline.reading.sizes import is_a_size, named_with_sizes, without_sizes
from agents.offline.reading.viewed import with_views
from agents.offline.wording.abbreviated import spelt_out
from agents.offline.wording.apostrophes import with_apostrophes
from agents.offline.wording.counted import brought_instead, counts, is_taken_back, signed
from agents.offline.wording.mixedwords import in_chinese
from agents.offline.wording.spelling import Spelling
from agents.offline.wording.withdrawn import without_withdrawn
from agents.offline.wording.wrapping import closed_up, unwrapped
from core.language.cantonese import in_mandarin
from core.language.dates import WantedDate, find_wanted_date
from core.language.mixed import in_one_language
from core.language.normalise import clean, fold
from core.language.quantities import Quantity, find_quantities
from core.language.timeranges import TimeRange

Refer = Callable[[str, Sequence[Mention]], list[Mention]]
ORDER_NUMBER = re.compile(r"(?<![a-z0-9])so[- ]?(\d{8})[- ]?(\d{3,4})(?!\d)")
BARE_DAY = re.compile(  # "no, 28th": the twenty-eighth
    r"(?<![\w/-])(?<!the )(?<!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ber|ary|rch|ril|une|uly|ust) )"
    r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)(?= *(?:$|[,.;!?]|(?:please|pls|instead|then|is|works)(?![a-z])))"
)
BREAK = re.compile(
    r"[。；;!?！？\n]+|(?<!\d)[,，](?!\d{3}(?!\d))|(?<=\D),|\.(?=\s|$)"
    r"|(?:然后|另外|顺便|还有就是|再帮我|再看看|再看下|再看一下|再查|再问)|还有(?=(?:帮我|我|看|查|问|那))"
    r"|\b(?:and then|and also|also|then|plus|as well as)\b"
    r"|\band (?=(?:what|where|how|when|show|check|tell|is|are|do|can)\b)"
)
# 「额度还剩多少 能订500箱水不」: a space where a mark was left out
BEHIND_A_QUESTION = re.compile(r"(?<=[么吗呢价少几谁没样哪了]) +(?=[\u4e00-\u9fff][^ ]{3})")


@dataclass(frozen=True, slots=True)
class Reading:
    """A folded stretch of the message and what was found in it; spans count within ``text``."""

    text: str
    original: str
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    period: TimeRange | None = None
    wanted: WantedDate | None = None
    orders: tuple[str, ...] = ()
    stranger: str | None = None
    loose: tuple[Quantity, ...] = ()
    is_list: bool = False
    files: tuple[str, ...] = ()
    clauses: tuple["Reading", ...] = field(default=())
    mended: str = ""

    @property
    def asked(self) -> str:
        """What documents are asked: as it was written, or without its slips where it had some."""
        return (self.mended or self.original).strip()

    def of_kind(self, kind: str) -> list[Mention]:
        """The things of a kind that are named, in order."""
        return [mention for mention in self.mentions if mention.kind == kind]

    def code(self, kind: str) -> str | None:
        """The first named thing of a kind, where it can be only one."""
        return next((mention.code for mention in self.of_kind(kind) if mention.code), None)

    def with_loose_numbers(self) -> "Reading":
        """The same where a number that nothing counts is a quantity too: "oolong 60" to an order that stands open."""
        if any(quantity.unit for quantity in self.quantities):
            return self
        times = [found.span for found in (self.period, self.wanted) if found]
        counted = {q.span: q for q in (*(q for q in self.loose if _free(q.span, times)), *self.quantities)}
        return replace(self, quantities=tuple(counted[span] for span in sorted(counted)))

    def without(self, spans: Iterable[tuple[int, int]]) -> str:
        """The words with these stretches blanked."""
        blank = {at for start, end in spans for at in range(start, end)}
        return "".join(" " if at in blank else char for at, char in enumerate(self.text))

    @property
    def has_lines(self) -> bool:
        """Whether a product stands with a quantity."""
        return bool(self.of_kind("product") and self.quantities)


def read(message: str, briefing: Briefing, refer: Refer | None = None, spelling: Spelling | None = None) -> Reading:
    """The whole message, with its clauses.

    ``refer`` finds what the words point at in the conversation, ``spelling`` mends slips.
    """
    message = without_withdrawn(message)
    text = unwrapped(closed_up(in_one_language(in_mandarin(fold(one_a_line(clean(message)))))))
    text = in_chinese(with_apostrophes(spelt_out(without_notes(text))))
    meant = spelling.mended(text, briefing.linker.spelt) if spelling is not None else text
    mended, text = "" if meant == text else meant, meant
    text = BARE_DAY.sub(r"the \g<0>", days_spelt_out(text))
    whole = read_clause(text, message, briefing, refer)
    pieces = [piece for piece in _split(text) if piece.strip(" ,，、.")]
    if whole.is_list:
        pieces = _list_and_questions(pieces)
    clauses = tuple(read_clause(piece, piece, briefing, refer) for piece in pieces) if len(pieces) > 1 else (whole,)
    if not whole.orders and (named := next((clause.orders for clause in clauses if clause.orders), ())):
        whole = replace(whole, orders=named)  # 「今天到？那昨天那单…」: a day of another clause hides none
    return replace(whole, clauses=clauses, mended=mended)


def _list_and_questions(pieces: Sequence[str]) -> list[str]:
    """ "50 cola, 30 iced tea, and how much is coconut": the list is one, and what is asked beside it another."""
    asking = [piece for piece in pieces if ASKS.search(piece) and PRICE.search(piece) and not ANY_DIGIT.search(piece)]
    return ["，".join(piece for piece in pieces if piece not in asking), *asking] if asking else []


ANY_DIGIT = re.compile(r"\d")


def _split(text: str) -> Sequence[str]:
    """Clauses: each opens where the last one's break ends; a break word opens its own clause and is dropped."""
    parts = [part for piece in BREAK.split(text) if piece for part in BEHIND_A_QUESTION.split(piece)]
    return with_views(with_corrections([part for part in parts if part]))


def read_clause(text: str, original: str, briefing: Briefing, refer: Refer | None = None) -> Reading:
    """A folded stretch of a message, without looking for clauses in it."""
    mentions = tuple(named_with_sizes(text, briefing.linker.find(text, briefing.weights), briefing))
    mentions = tuple(refer(text, mentions)) if refer is not None else mentions
    timed = _without_codes(text, mentions)
    period = time_meant(timed, briefing.today, briefing.fiscal_year_start)
    wanted = delivery_day(find_wanted_date(timed, briefing.today), timed, briefing.today)
    orders = tuple(f"SO-{match[1]}-{match[2]}" for match in ORDER_NUMBER.finditer(text))
    day = part_of_today(text, briefing.today) or period
    if by_day := order_of_day(text, day, briefing):
        orders, period, wanted = (by_day,), None, another_day(wanted, day, text, briefing.today)
    coded = [match.span() for match in ORDER_NUMBER.finditer(text)]
    if not orders and (known := order_of_sum(text, briefing) or order_of_person(text, briefing)) is not None:
        orders, coded = (known[0],), [known[1]]
    times = [found.span for found in (period, wanted) if found]
    named = [(m.start, m.end) for m in mentions] + coded
    counted = without_sizes(text, mentions, briefing)
    sized = [one if _is_counted(one, text, mentions) else _sized(one, text, briefing.linker) for one in mentions]
    quantities = tuple(
        signed(q, text)
        for q in find_quantities(counted)
        if _free(q.span, named) and (q.unit is not None or _free(q.span, times)) and counts(q, text)
        if not is_a_size(q, text, sized, briefing)
    )
    if not all(is_taken_back(q, text) for q in quantities):
        quantities = tuple(q for q in quantities if not is_taken_back(q, text))
    loose = tuple(
        q
        for q in find_quantities(counted, bare=True)
        if _free(q.span, named) and counts(q, text) and not is_taken_back(q, text)
        if not is_a_size(q, text, sized, briefing)
    )
    instead = {at for q in find_quantities(counted, bare=True) if (at := brought_instead(q, text)) is not None}
    quantities = (*quantities, *(q for q in loose if q.span[0] in instead and _apart(q, quantities)))
    quantities = (*quantities, *(q for q in loose if EACH_BEFORE.search(text[: q.span[0]]) and _apart(q, quantities)))
    with_units = quantities
    bare = [q for q in loose if _free(q.span, times) and _apart(q, quantities)]
    counting = counting_beside(text, [m for m in mentions if m.kind == "product"], bare, quantities)
    quantities = tuple(sorted((*quantities, *counting), key=lambda q: q.span))
    mended = mend(text, mentions, [q.span for q in (*quantities, *loose)], briefing.linker)
    mentions = tuple(
        mention
        if _is_counted(mention, text, mentions)
        else ranked(_sized(mention, text, briefing.linker), briefing.weights)
        for mention in _once(mended, text)
    )
    in_list = counted_by_place(text, mentions, [q for q in loose if _free(q.span, times)], with_units)
    in_list = tuple(q if q.unit else in_the_same_unit(q, text, with_units) for q in in_list)
    stranger = None if any(mention.kind == "dealer" for mention in mentions) else _stranger(text, briefing)
    return Reading(
        text, original, mentions, in_list or quantities, period, wanted, orders, stranger, loose, is_list=bool(in_list)
    )


def _without_codes(text: str, mentions: Sequence[Mention]) -> str:
    """「d047十月份」: a code's digits are no part of a date."""
    for mention in mentions:
        if CODE.fullmatch(mention.text):
            text = f"{text[: mention.start]}{' ' * (mention.end - mention.start)}{text[mention.end :]}"
    return text


BESIDE = re.compile(r"s?(?: ?(?:cans?|bottles?|tins?|packs?|cartons?))?[ (（\[,，]{1,3}")


def _once(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """ "Energy drink cans (E-250E)": a product named twice in one breath is one, and the one that both can be."""
    kept: list[Mention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        again = before is not None and mention.kind == before.kind == "product" and mention.code in before.codes
        if before is not None and again and BESIDE.fullmatch(text[before.end : mention.start]):
            kept[-1] = replace(before, codes=mention.codes, end=mention.end)
        else:
            kept.append(mention)
    return kept


def _sized(mention: Mention, text: str, linker: Linker) -> Mention:
    """「水550」, "900 ml electrolyte water": of the products that are called so, the one whose code has that size."""
    beside = SIZE_BEHIND.match(text[mention.end :]) or SIZE_BEFORE.search(text[: mention.start])
    if mention.kind != "product" or beside is None:
        return mention
    has_size = re.compile(rf"\D{beside[1]}[A-Z]*$").search
    for codes in (mention.codes, _called(mention.text, linker)):
        of_size = [code for code in codes if has_size(code)]
        if of_size:
            return replace(mention, codes=tuple(of_size)) if len(of_size) == 1 else mention
    return mention


def _is_counted(mention: Mention, text: str, mentions: Sequence[Mention]) -> bool:
    """「小绿2000 冰红1000」: in a row of names and bare numbers the last number counts too, whatever size it may be."""
    others = [one for one in mentions if one.kind == "product" and one.start != mention.start]
    sizes = [re.sub(r"\D", "", code) for one in others for code in one.codes]
    counted = [found[1] for one in others if (found := NUMBER_ALONE.match(text, one.end))]
    return NUMBER_ALONE.match(text, mention.end) is not None and any(number not in sizes for number in counted)


NUMBER_ALONE = re.compile(r" ?(\d{2,5})(?= *(?:$|[,，;；、。]| [^\d ]))")


def _called(words: str, linker: Linker) -> list[str]:
    return [thing.code for thing in linker.of_kind("product") if any(words in fold(name) for name in thing.names)]


SIZE_BEHIND = re.compile(r" ?(\d{3,4})(?:ml|毫升)?(?![\d箱件提瓶托包])")
SIZE_BEFORE = re.compile(r"(?<!\d)(\d{3,4}) ?(?:ml|毫升)?的? ?$")
COMPANY = re.compile(
    r"[\u4e00-\u9fff]{2,14}?(?:有限公司|商贸|贸易|商行|批发部|经营部|食品公司|饮品公司)(?:有限公司|公司)?"
    r"|\b(?!(?:does|did|do|what|which|has|have|how|is|are|the|for|from|and|about|with|at|of) )"
    r"(?:[a-z]{3,} ){1,3}(?:trading|foods?|beverages?|group|wholesale)(?![a-z])"
)


def _stranger(text: str, briefing: Briefing) -> str | None:
    """A dealer is named whom this actor doesn't know: the tool must say that there is none, as for any other."""
    shapes = {re.sub(r"\d", "0", thing.code.lower()) for thing in briefing.linker.of_kind("dealer")}
    for match in CODE.finditer(text):
        if re.sub(r"\d", "0", match.group()) in shapes:
            return match.group().upper()
    company = COMPANY.search(text)
    return company.group() if company else None


EACH_BEFORE = re.compile(r"(?:各|每样|每种)(?:来|要|拿|订)? ?$")  # 「小绿小红各五十」


def _apart(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    return _free(quantity.span, [other.span for other in others])


def _free(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return all(span[1] <= start or span[0] >= end for start, end in taken)
