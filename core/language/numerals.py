"""Numbers in a message, in Chinese, English and digits, and what kind of thing each counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from core.language.chinese_numbers import MAGNITUDES, read
from core.language.english_numbers import find_words
from core.language.normalise import Folded, folded
from core.language.number_tails import Kind, Tail, tail_after
from core.language.number_tokens import tokens
from core.language.units import Measure, Unit, measure_after

__all__ = ["Kind", "Number", "Scanned", "find_numbers", "scan"]

_LARGEST = Decimal(10) ** 13
_CODE_LENGTH = 8  # bare digits as long as this are an order, a telephone or a bar code
_CLOSE_TO = re.compile(
    r"(?:大概|大约|大致|差不多|将近|接近|约|(?<![最附远])近|估计|不到|不足|超过|至少|最少|起码|最多|至多|不超过|"
    r"(?<![a-z])(?:about|around|approx(?:imately)?\.?|roughly|nearly|almost|circa|maybe|"
    r"at least|at most|up to|over|under|more than|less than|fewer than))(?:是|有|要|来|为)? ?$|~ ?$"
)
_MORE_OR_LESS = re.compile(
    r" ?(?:左右|上下|的样子|出头|以上|以下|以内|多(?![少大久远谢加要送给订来])|"
    r"or so(?![a-z])|or more|ish(?![a-z])|\+(?! ?\w))"
)
_CUE = frozenset("要来订拿加减成到共买下补留发做改")
_SAID_AFTER = frozenset("吧呢啊了哦呀的哈")
_NOT_A_COUNT = frozenset("每这那上下哪同某单另统唯任逐第一")
_RANGE = re.compile(r" ?(?:-|~|到|至|或者?|or|to) ?")
_CHANGED_FROM = re.compile(r"(?:(?<![a-z])from|从|由) ?$")
_REST_OF_CODE = re.compile(r"[a-z0-9_-]*")
_CODE_TIMES = re.compile(r"(?P<code>.*\d)x(?P<times>\d{1,5})")
_WORD_AND_NUMBER = re.compile(r"[a-z]{3,}-?(?P<run>\d{1,5})")
_ARTICLE = re.compile(r"(?<![a-z])(?<!in )(?<!in such )an? (?=[a-z])")
_RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINALS = re.compile(rf"(?<![a-z-])(?:{'|'.join(_RANKS)})(?! (?:half|quarter|week|day|month))(?![a-z])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its place in the original text.

    ``value`` of a percentage is in points (3.5 % is 3.5), of a vague number (十几, 三五百) the least it may mean, with
    ``upper`` the most where that is known. ``unit_like`` is the folded word it counts in; x10 and 10x have "x".
    """

    value: Decimal
    span: tuple[int, int]
    approximate: bool = False
    unit_like: str | None = None
    kind: Kind = Kind.COUNT
    upper: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Scanned:
    """A number in folded text, with its measure word; ``end`` is behind that word."""

    number: Number
    measure: Measure | None
    end: int


def find_numbers(text: str) -> list[Number]:
    """Every number in the text; those inside codes, sizes (550ml), pack specs (1×15) and dates are none."""
    original = folded(text)
    numbers: list[Number] = []
    for found in scan(original):
        start, end = original.span(*found.number.span)
        if not numbers or start >= numbers[-1].span[1]:  # one character may fold to several: ¼
            numbers.append(replace(found.number, span=(start, end)))
    return numbers


def scan(original: Folded) -> list[Scanned]:
    """The numbers of a folded text in order, with spans in the folded text."""
    text = _with_full_stops(original)
    found = [*_numerals(text), *_words(text)]
    found.sort(key=lambda one: (one.number.span[0], -one.number.span[1]))
    apart: list[Scanned] = []
    for one in found:
        if not apart or one.number.span[0] >= apart[-1].number.span[1]:
            apart.append(one)
    return _ranges(text, apart)


def _with_full_stops(original: Folded) -> str:
    """A Chinese comma between half-width digits ends a number: 200，300 are two."""
    if "，" not in original.original:
        return original.text
    chars = list(original.text)
    for at, char in enumerate(chars):
        if char == "," and original.original[original.starts[at]] == "，":
            before = original.original[original.starts[at] - 1 : original.starts[at]]
            chars[at] = "," if before and not before.isascii() else "，"
    return "".join(chars)


def _numerals(text: str) -> Iterator[Scanned]:
    at = 0
    while match := tokens().search(text, at):
        found = _in_code(text, match) if match["code"] else None if match["none"] else _numeral(text, match)
        at = match.end()
        if found is None:
            at = max(at, _end_of_code(text, match))
            continue
        yield found
        at = max(at, found.number.span[1])


def _end_of_code(text: str, match: re.Match[str]) -> int:
    if match["run"] and match["run"][-1].isdecimal() and (rest := _REST_OF_CODE.match(text, match.end())):
        return rest.end()
    return match.end()


def _in_code(text: str, match: re.Match[str]) -> Scanned | None:
    """W-550x10 orders ten; water-10 箱 is a word, a dash and ten cases."""
    if times := _CODE_TIMES.fullmatch(match["code"]):
        start = match.start() + times.start("times")
        return _finished(text, start, tail_after(text, start, match.end(), Decimal(times["times"])), times=True)
    if word := _WORD_AND_NUMBER.fullmatch(match["code"]):
        start = match.start() + word.start("run")
        tail = tail_after(text, start, match.end(), Decimal(word["run"]))
        return _finished(text, start, tail) if tail.measure else None
    return None


def _numeral(text: str, match: re.Match[str]) -> Scanned | None:
    value, upper, approximate = _value(text, match)
    if value is None or value > _LARGEST:
        return None
    start, end = match.span("fraction" if match["fraction"] else _group(match))
    if match["run"] in MAGNITUDES and text[end : end + 1] in {"来", "把"}:
        end += 1
    tail = tail_after(text, start, end, value)
    if not _meant(text, match, tail):
        return None
    scale = tail.value / value if value else Decimal(1)
    tail = replace(tail, approximate=tail.approximate or approximate)
    first = start if match["times"] else match.start()
    if match["per"]:
        per_mille = match["per"] == "千分之"
        tail = replace(tail, kind=Kind.PERCENT, value=value / 10 if per_mille else value, unit_like=match["per"])
    elif match["currency"]:
        tail = replace(tail, kind=Kind.MONEY, unit_like=match["currency"].strip(), measure=None)
    elif _is_year(match, tail):
        tail = replace(tail, kind=Kind.TIME)
    if match["sign"]:
        tail = replace(tail, value=-tail.value)
    return _finished(text, first, tail, upper=upper * scale if upper else None, times=bool(match["times"]))


def _group(match: re.Match[str]) -> str:
    return next(name for name in ("half", "pair", "run") if match[name])


def _value(text: str, match: re.Match[str]) -> tuple[Decimal | None, Decimal | None, bool]:
    """What stands there, the most it may mean, and whether it is vague."""
    if match["fraction"]:
        over = {"1/2": Decimal("0.5"), "1/4": Decimal("0.25"), "3/4": Decimal("0.75")}[match["over"]]
        return over + int(match["whole"] or 0), None, False
    if match["half"]:
        return Decimal("0.5"), None, match["half"][0] in "大小"
    if match["pair"]:
        return Decimal(2 if match["pair"] == "俩" else 3), None, False
    run = match["run"].replace(" ", "").replace("好", "")
    if "几" in run or run[0] == "数":
        least = run.replace("几", "二" if run[0] == "几" else "一").replace("数", "二")
        low, high = read(least), read(run.replace("几", "九").replace("数", "九"))
        return (low.value, high.value, True) if low and high else (None, None, True)
    if run in MAGNITUDES and (run != "十" or text[match.end() : match.end() + 1] in {"来", "把"}):
        vague = text[match.end() : match.end() + 1] in {"来", "把"} or text[match.start() - 1 : match.start()] in {
            "上",
            "成",
        }
        return (Decimal(MAGNITUDES[run]) if vague else None), None, True
    if run in {"百十", "百八十", "千八百"}:
        return Decimal(MAGNITUDES[run[0]]), None, True
    reading = read(run)
    return (reading.value, reading.upper, reading.upper is not None) if reading else (None, None, False)


def _meant(text: str, match: re.Match[str], tail: Tail) -> bool:
    if match["per"] or match["currency"] or tail.kind is Kind.ORDINAL:
        return True
    counted = tail.kind is not Kind.COUNT or tail.measure is not None
    run = match["run"]
    if match["fraction"] or match["half"]:
        return counted or match["half"] == "一半"
    if run and any(char.isdecimal() for char in run):
        return counted or _is_amount(text, run, tail, bool(match["times"]))
    return _is_chinese_number(text, match, tail, counted)


def _is_amount(text: str, run: str, tail: Tail, times: bool) -> bool:
    """Bare digits that aren't part of a code, and are no code themselves."""
    if run[-1].isdecimal() and tail.unit_end == tail.end and re.match(r"-?[a-z]", text[tail.end : tail.end + 2]):
        return False
    return times or not (run.isdecimal() and (len(run) >= _CODE_LENGTH or (len(run) > 1 and run[0] == "0")))


def _is_chinese_number(text: str, match: re.Match[str], tail: Tail, counted: bool) -> bool:
    start = match.start(_group(match))
    before, after = text[start - 1 : start], text[tail.end : tail.end + 1]
    run = match["run"] or ""
    if (run == "一" and before in _NOT_A_COUNT) or (match["pair"] and before in set("他她你我咱们哥姐")):
        return False
    if counted:
        return not (run == "一" and tail.unit_like == "点" and tail.kind is Kind.TIME)
    if len(run) > 1 and set(run) & MAGNITUDES.keys():
        return True
    if _RANGE.match(text, tail.end) and _range_ahead(text, tail.end):
        return True
    alone = not after or not after.isalnum()
    return (alone or after in _SAID_AFTER) and (not before or not before.isalnum() or before in _CUE)


def _range_ahead(text: str, at: int) -> bool:
    """三到五箱: the first end of a range has no measure word of its own."""
    match = tokens().match(text, at + 1)
    return bool(match and match["run"] and measure_after(text, match.end()))


def _is_year(match: re.Match[str], tail: Tail) -> bool:
    run = match["run"] or ""
    bare = tail.kind is Kind.COUNT and tail.unit_like is None and not match["times"]
    return bare and len(run) == 4 and run.isdecimal() and 2015 <= int(run) < 2040


def _finished(text: str, start: int, tail: Tail, *, upper: Decimal | None = None, times: bool = False) -> Scanned:
    approximate = tail.approximate or upper is not None
    approximate = approximate or bool(_CLOSE_TO.search(text[max(0, start - 16) : start]))
    approximate = approximate or bool(_MORE_OR_LESS.match(text, tail.unit_end))
    unit_like = tail.unit_like or ("x" if times else None)
    number = Number(_plain(tail.value), (start, tail.end), approximate, unit_like, tail.kind, upper and _plain(upper))
    return Scanned(number, tail.measure, max(tail.end, tail.unit_end))


def _plain(value: Decimal) -> Decimal:
    """12000 rather than 1.2000E+4, and as many decimals as matter."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _words(text: str) -> Iterator[Scanned]:
    """Numbers spelled in English."""
    for words in find_words(text):
        end = words.end + 3 if text.startswith(" of ", words.end) else words.end
        tail = tail_after(text, words.start, end, words.value)
        if end > words.end and tail.measure is None:
            tail = tail_after(text, words.start, words.end, words.value)
        counted = tail.kind is not Kind.COUNT or tail.measure is not None
        spelled = text[words.start : words.end]
        if tail.measure is None and tail.kind is Kind.COUNT and "dozen" in spelled:
            tail = replace(tail, measure=Measure("dozen", Unit.BOTTLE, tail.end), unit_like="dozen")
        if counted or spelled not in {"one", "half", "half of"} or spelled == text:
            yield _finished(text, words.start, replace(tail, approximate=words.approximate))
    for article in _ARTICLE.finditer(text):
        tail = tail_after(text, article.start(), article.end() - 1, Decimal(1))
        if tail.measure is not None and tail.measure.unit is not None:
            yield _finished(text, article.start(), tail)
    for match in _ORDINALS.finditer(text):
        rank = Decimal(_RANKS.index(match.group()) + 1)
        yield Scanned(Number(rank, match.span(), kind=Kind.ORDINAL), None, match.end())


def _ranges(text: str, found: list[Scanned]) -> list[Scanned]:
    """10到15箱 and 5 or 6 cases as one vague number."""
    merged: list[Scanned] = []
    for one in found:
        if merged and _is_range(text, merged[-1], one):
            low = merged.pop().number
            scale = _shared_scale(text, low, one.number)
            span = (low.span[0], one.number.span[1])
            number = replace(one.number, value=low.value * scale, upper=one.number.value, span=span, approximate=True)
            merged.append(replace(one, number=number))
        else:
            merged.append(one)
    return merged


def _is_range(text: str, low: Scanned, high: Scanned) -> bool:
    bare = low.number.kind is Kind.COUNT and low.number.unit_like is None and low.number.upper is None
    if not bare or high.number.kind is Kind.ORDINAL or not 0 < low.number.value < high.number.value:
        return False
    start, end = low.number.span[1], high.number.span[0]
    return _RANGE.fullmatch(text, start, end) is not None and not _CHANGED_FROM.search(text, 0, low.number.span[0])


def _shared_scale(text: str, low: Number, high: Number) -> int:
    """In 5到10万 both are counted in 万."""
    magnitude = text[high.span[1] - 1]
    if magnitude in MAGNITUDES and not set(text[slice(*low.span)]) & MAGNITUDES.keys():
        scale = MAGNITUDES[magnitude]
        return scale if low.value * scale < high.value else 1
    return 1
