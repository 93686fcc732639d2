"""How figures are written in running words, put the way they are read: 11月9日产, ¥1.54m, pay-10-get-11, half of it."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from core.language.english_numbers import find_words
from core.language.numerals import Kind, Number

LABELLED_QUARTER = re.compile(r"(?<![a-z\d])(q[1-4]):(?=[\d¥])")
PER_HUNDRED = re.compile(
    r"每(?:100|一?百) ?(?:元|块钱?)(?P<zh>[^,，。;；\d]{0,14}?)(?P<of>\d{1,2}(?:\.\d)?) ?(?:元|块钱?)"
    r"|(?:out )?of every (?:cn)?[¥$]?100(?: yuan)?"
    r"(?P<en>[^.;\d¥$]{0,30}?)(?:cn)?[¥$]?(?P<share>\d{1,2}(?:\.\d)?)(?: yuan)?(?![\d,.]\d)"
)
HYPHEN = re.compile(
    r"(?<=[a-z\d])-(?=quarter|year(?!-))|(?:(?<=from)|(?<=get)|(?<=pay)|(?<=buy)|(?<=top)|(?<=plus))-(?=\d)"
    r"|(?<=\d)-(?=get|for|plus|case|bottle|pallet|free)"
)
ONLY_SO_MUCH = re.compile(r"(?<=[\d万千元块箱%])只(?=[用剩有占够差])")
OR_TWO = re.compile(r"(?<=[a-z]) or two(?![a-z])")
SOME_MORE = re.compile(r"(?<=[十百千万])多(?:一)?点(?!儿?[货钱])")
MADE = re.compile(r"(?<=\d[日号])(?=产(?!品|线))")
DATED = re.compile(r"(?<![\d/.])(\d{1,2}/\d{1,2})\.(?= |$)")
FIRST_DAYS = re.compile(
    r"(?:the )?first (\d{1,2}) days of ((?:january|february|march|april|may|june|july|august|september|"
    r"october|november|"
    r"december|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)(?![a-z]))"
)
DAYS_LISTED = re.compile(
    r"(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2}(?:(?:, | and "
    r"|, and )\d{1,2}(?![\d,.]\d|\d|%| cases| orders)){2,})"
)
FIRST_DAYS_ZH = re.compile(r"((?:\d{1,2}|上个?|本|这个?)月)(?:份)?的?前(\d{1,2})[天日]")
QUARTERS = re.compile(r"(?:(?:第?[一1]|q1) ?[到至~-] ?第?(?:q)?|(?<![目之以])前)([二三四2-4])个?季度?")
MONTH = re.compile(
    r"(?<![a-z])(january|february|march|april|june|july|august|september|october|november|december)(?! \d| ?[–-])"
)
NTH_DAY = re.compile(r"(?<=on )the (\d{1,2})(?:st|nd|rd|th)(?! of)(?![a-z])")
EACH_QUARTER = re.compile(r"(?<![第\d一二三四])(第?[一二三四])(?:、|和|与|,|，)(?=第?[一二三四]季度)")
SHORT = re.compile(r"(?<=[a-z])'(d|ll)(?= )")
FEN = re.compile(r"(?<![\d.])(\d{1,2}) (?:fen|cents)(?![a-z])")
MILLIONS = re.compile(
    r"(?<![\w.])((?:(?:cn|us|hk)?[¥$]|rmb |cny )\d+(?:\.\d+)?|\d+\.\d+|(?<=and )\d{1,2}|(?<=past )\d{1,2}|"
    r"(?<=from )\d{1,2}|(?<=\()\d{1,2}|(?<=at )\d{1,2}|\d{1,2}(?=m ?[=(:→])) ?m(?![a-z0-9])"
)
COINS = re.compile(r" yuan (?:and )?(?P<rest>[a-z-]+|\d{1,2})(?P<cents> (?:cents|fen))?(?![a-z\d])")
RATED = re.compile(r"(?<=[\d万千])(?=\d+(?:\.\d+)?%)(?<=[万千])")
PRICED = re.compile(
    r"(?<![a-z-])((?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?) ((?:ten"
    r"|eleven|twelve|[a-z]+teen"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?))(?= (?:a|per|each|yuan) )"
)
PLACED = re.compile(r"(?<=第[一二三四五六七八九十])(?=[a-z]\d)")
SPACED = re.compile(r"(?<=\d) (?=[万千亿])")
SHORT_DAY = re.compile(r"(?:(?<=^- )|(?<=^• )|(?<=^\d\. )|^)(\d{1,2})-(\d{1,2})(?= )")
DASHED = re.compile(r"(?<=[\w)%]) [–—-] (?=(?:cn|us|hk)?[¥$]?\d[\d,]*(?:\.\d|%|,\d))")
DAYS_OF = re.compile(
    r"(?:between|from) (?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:and|to) (?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?"
    r"(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|"
    r"aug|sep|oct|nov|dec)(?![a-z])"
)
PLACES = re.compile(
    r"第([一二三四五六七八九十]|\d)(?=[名位、,和与到])((?:[名位]?(?:、|,|和|与)第?(?:[一二三四五六七八九十]|\d))+)(?=[名位])"
    r"|(?<![第\d一二三四五六七八九十])([一二三四五六七]{2,4})(?=名(?!字|单|称|义|额))"
)
A_PLACE = re.compile(r"[一二三四五六七八九十]|\d")
NUMBERED = re.compile(r"(?<![a-z])(?<!tier )(?<!page )(?<!order )(?<!invoice )(?<!level )nos?\. ?([2-6])(?![\d.])")
NTHS: Mapping[str, str] = {
    "2": "second place",
    "3": "third place",
    "4": "fourth place",
    "5": "fifth place",
    "6": "sixth place",
}
YEARS = re.compile(r"(?<!\d)(20\d\d) ?(?:vs\.?|versus|against|对比?) ?(20\d\d)(?!\d)")
OF_A_MONTH = re.compile(
    r"(?<![\d,.])(\d{1,2}) ((?:january|february|march|april|may|june|july|august|september|october|november|december)) "
    r"(orders?|invoices?)(?![a-z])"
)
RANKED = re.compile(r"(?<=[\d万千多余元])排(?=第|名|在|首)")
TOP_OF = re.compile(
    r"(?<=前)([二三四五六七八九十]|10)(?:大(?=经销商|客户|家)|(?=都|全|均|合计|加起来|合起来|就?占|一共|总共|共))"
)
MONTHS_LISTED = re.compile(r"(?<![\d.,])(\d{1,2})、(\d{1,2})、(\d{1,2})(?:这|共)?三个月")
TWO_PLACES = re.compile(
    r"(?<=[和与、][\u4e00-\u9fff]{2})两块(?=[,，。;；!]|$)|(?<=[就有是只这由分成])两块(?=有|都|地区|区域|组成|构成|[:,，。;；!]|$)"
)
RUN_OF_MONTHS = re.compile(
    r"([一二三四五六七八九十])、?([一二三四五六七八九十])、?([一二三四五六七八九十])(?:这|共)?三个?月(?:份)?"
)
DAYS_OF_ZH = re.compile(r"(?<![\d.,年月:：])(\d{1,2}(?:[、,和及]\d{1,2}){1,9})(?=[号日](?!线))")
OPPOSED = re.compile(r"(?<=[(（]\d\d\.\d\d)对(?=\d)")
OPENED_BY = re.compile(r"[(（] ?(?:cn)?[¥$]?\d[\d.,]*(?:万|k|元)? ?$")
AT_PRESENT = re.compile(r"目前(?=[一二三四1-4]个?季度)")
MONTHS_ODD = re.compile(r"(?<=[\d一二两三四五六七八九十])个多(月|星期|礼拜)")
PACKED = re.compile(r"(?<![\d.¥/×x*-])(?<!\d,)(6|8|10|12|15|18|20|24|30|36|48)(/箱|(?=一箱))")
PACKED_IN = re.compile(r"(?<![\d.,¥/])(\d{1,2}) ?入(?=一?/?箱|装)")
PER_CASE = re.compile(r"(?<![\d.,¥/])(\d{1,2}) ?(?:/|per |to (?:a|the) )(case)(?![a-z])")
DAYS_LISTED_ZH = re.compile(r"(?<![\d.,])(?:\d{1,2}月)?\d{1,2}(?:(?:、|和|与|及|,)\d{1,2}(?!月))+(?=[号日])")
BARE_DAY = re.compile(r"\d{1,2}(?![\d月])(?=[、和与及,])")
RANKED_BEHIND = re.compile(r"(?<=[\d万千多元])(?=排(?:第|名|在|行|到?首))")
NEARING = re.compile(
    r"(?:[接将]近|(?<=[期有剩放够存是])近)(?=[\d一二两三四五六七八九十半]{1,2}(?:个?半?[年月]|个?星期"
    r"|周|天))"
)
TENTHS = re.compile(r"([一二三四五六七八九])成([一二三四五六七八九半])(?![成万千百点个家笔张项档])")
SHARES: Mapping[str, Decimal] = {
    "一半": Decimal(50), "half": Decimal(50), "a third": Decimal("33.3"), "one third": Decimal("33.3"),
    "two thirds": Decimal("66.7"), "a quarter": Decimal(25), "one quarter": Decimal(25), "three quarters": Decimal(75),
    "a fifth": Decimal(20), "one fifth": Decimal(20), "two fifths": Decimal(40), "three fifths": Decimal(60),
    "four fifths": Decimal(80), "one sixth": Decimal("16.7"), "a sixth": Decimal("16.7"),
    "one seventh": Decimal("14.3"), "a seventh": Decimal("14.3"), "one eighth": Decimal("12.5"),
    "an eighth": Decimal("12.5"), "one tenth": Decimal(10), "a tenth": Decimal(10),
    "过半": Decimal(50), "半数": Decimal(50),
}  # fmt: skip
SHARE = re.compile(
    r"一半|过半(?!年)|半数|([二三四五六七八九十])分之([一二三四五六七八九])"
    r"|(?<![a-z])(?:half|(?:a|one|two)[ -]thirds?|(?:a|one|three)[ -]quarters?|(?:two|three|four)[ -]fifths|"
    r"(?:an?|one)[ -](?:fifth|sixth|seventh|eighth|tenth))"
    r"(?= of (?!\d|an? )| is | at (?=cn|[¥\d])| has | used| gone| on | from | than | below | above | more | less "
    r"| off | versus |[,.;]|$)"
)
DIGITS: Mapping[str, int] = {sign: at for at, sign in enumerate("一二三四五六七八九十", 1)}
LARGEST_COIN = 100


IN_PROVINCES = re.compile(r"(?<=[个两三四五六各几])省(?!钱|了|下|心|事|出|掉|去|[\d¥])|省份")
TWO_NTHS = re.compile(r"(?<![a-z])(first|second|third|fourth|fifth)( and (?:second|third|fourth|fifth|sixth) place)")
TOP_RUN = re.compile(r"(?<![a-z])top-?(\d{1,2})(?![\d.%]) ?")
PLUS_UNTIL = re.compile(r"(?<![\d.])\d{1,2} ?\+ ?\d{1,2}(?= (?:until|till|through|to|valid)(?![a-z]))")


def _in_percent(found: re.Match[str]) -> str:
    """每100元逾期里63元 is 逾期里63%."""
    return f"{found['zh'] or found['en'] or ''}{found['of'] or found['share']}%"


def reworded(folded: str) -> str:
    """Folded text with what only this trade or chats write so in the usual form."""
    text = TOP_RUN.sub(r"top \1 ", PLUS_UNTIL.sub(r"\g<0>,", folded) if "+" in folded else folded)
    text = IN_PROVINCES.sub("地区", text) if "省" in text else text
    text = TWO_NTHS.sub(r"\1 place\2", text) if " and " in text else text
    text = LABELLED_QUARTER.sub(r"\1: ", text) if "q" in text else text
    text = PER_HUNDRED.sub(_in_percent, text) if "100" in text or "百" in text else text
    text = ONLY_SO_MUCH.sub("仅", SOME_MORE.sub("多", text)) if "只" in text or "多点" in text else text
    text = FIRST_DAYS.sub(r"\2 1 to \1", FIRST_DAYS_ZH.sub(r"\g<1>1日至\2日", text))
    text = DAYS_LISTED.sub(_with_months, text)
    text = DATED.sub(r"\1 ", MADE.sub(" ", HYPHEN.sub(" ", text)))
    text = DAYS_OF.sub(r"\3 \1 to \2", RATED.sub(" ", SPACED.sub("", text)))
    text = SHORT_DAY.sub(r"\1月\2日", text) if "-" in text[:8] else text
    text = PLACED.sub("名", text)
    text = DASHED.sub(_dash, text) if "=" not in text else text
    text = RANKED.sub(",排", text) if "排" in text else text
    text = TOP_OF.sub(r"\1家", text) if "前" in text else text
    text = TWO_PLACES.sub("两处", text) if "两块" in text else text
    text = MONTHS_LISTED.sub(r"\1月、\2月、\3月", text) if "三个月" in text else text
    text = RUN_OF_MONTHS.sub(_run_of_months, text) if "月" in text else text
    text = DAYS_OF_ZH.sub(_each_day, text) if "号" in text or "日" in text else text
    text = OPPOSED.sub("、", text) if "对" in text else text
    text = SHORT.sub(lambda found: " would" if found[1] == "d" else " will", text) if "'" in text else text
    text = PLACES.sub(_places, text) if "名" in text or "位" in text else text
    text = NUMBERED.sub(lambda found: NTHS[found[1]], text) if "no" in text else text
    text = YEARS.sub(r"\1 and \2", text) if "20" in text else text
    text = OF_A_MONTH.sub(r"\1 \3 in \2", OR_TWO.sub("", text)) if "order" in text or "invoice" in text else text
    text = EACH_QUARTER.sub(r"\1季度、", text) if "季度" in text else text
    text = _of_the_month(text) if "on the " in text else text
    if "箱" in text or "case" in text:
        text = PACKED.sub(r"\1瓶\2", PACKED_IN.sub(r"\1瓶", PER_CASE.sub(r"\1 bottles a \2", text)))
    text = RANKED_BEHIND.sub(",", text) if "排" in text else text
    text = (
        DAYS_LISTED_ZH.sub(lambda found: BARE_DAY.sub(r"\g<0>号", found.group()), text)
        if "、" in text or "和" in text
        else text
    )
    text = AT_PRESENT.sub("目前 ", text)
    text = NEARING.sub("不到", text) if "近" in text else text
    text = MONTHS_ODD.sub(r"个\1多", text) if "个多" in text else text
    text = QUARTERS.sub(lambda found: "全年" if found[1] in "四4" else f"前{found[1]}季度", text)
    text = PRICED.sub(_price, text) if "-" in text else text
    text = MILLIONS.sub(r"\1mn", text) if "m" in text else text
    text = _with_coins(text) if " yuan " in text else text
    text = TENTHS.sub(lambda found: f"{DIGITS[found[1]]}{5 if found[2] == '半' else DIGITS[found[2]]}%", text)
    return FEN.sub(lambda found: f"{int(found[1]) / 100:.2f} yuan", text)


def _dash(found: re.Match[str]) -> str:
    """A dash between a name and an amount is a colon; between two numbers in brackets it is a minus."""
    return found.group() if OPENED_BY.search(found.string[: found.start()]) else ": "


def _run_of_months(found: re.Match[str]) -> str:
    """七八九三个月 is 7-9月."""
    first, *others = (DIGITS[one] for one in found.groups())
    return f"{first}-{first + 2}月" if others == [first + 1, first + 2] else found.group()


def _each_day(found: re.Match[str]) -> str:
    """13、19、26号: each is a day."""
    return re.sub(r"(?<=\d)(?=[、,和及])", "号", found.group())


def _places(found: re.Match[str]) -> str:
    """第二、三名 is 第二名、第三名, and 二三四名 each of them."""
    return "名、".join(f"第{one}" for one in A_PLACE.findall(found.group()))


def _with_months(found: re.Match[str]) -> str:
    """Oct 8, 13 and 26: each is a day of October."""
    return found[1] + " " + re.sub(r"(?<!\d)(\d{1,2})(?!\d)", rf"{found[1]} \1", found[2])[len(found[1]) + 1 :]


def _of_the_month(text: str) -> str:
    """In October, on the 8th: of the one month that is named before."""
    months = {found[1] for found in MONTH.finditer(text)}
    if len(months) != 1:
        return text
    (month,) = months
    at = text.index(month)
    return text[:at] + NTH_DAY.sub(rf"{month} \1", text[at:])


def _price(found: re.Match[str]) -> str:
    """Forty-one fifty-seven a case is 41.57."""
    whole, cents = _value(found[1]), _value(found[2])
    return f"{whole}.{int(cents):02d} yuan" if whole and cents and cents >= 10 else found.group()


def _with_coins(text: str) -> str:
    """Forty-one yuan fifty-seven, and 41 yuan and 57 cents, as 41.57 yuan."""
    for found in reversed(list(COINS.finditer(text))):
        whole = _ends_with(text[: found.start()])
        rest = _value(found["rest"])
        if whole is None or rest is None or not 0 < rest < LARGEST_COIN:
            continue
        coins = rest / 100 if found["cents"] or rest >= 10 else rest / 10
        start, value = whole
        text = f"{text[:start]}{value + coins:.2f} yuan{text[found.end() :]}"
    return text


def _ends_with(text: str) -> tuple[int, Decimal] | None:
    """Where the number begins that a text ends with, and the number."""
    if digits := re.search(r"(?<![\d.])\d[\d,]*$", text):
        return digits.start(), Decimal(digits.group().replace(",", ""))
    return next(((one.start, one.value) for one in find_words(text) if one.end == len(text)), None)


def _value(text: str) -> Decimal | None:
    if text.isdecimal():
        return Decimal(text)
    return next((one.value for one in find_words(text) if one.end - one.start == len(text)), None)


def shares_in(text: str) -> Iterator[Number]:
    """Halves, thirds and quarters of something, as percentages."""
    for found in SHARE.finditer(text):
        value = (
            Decimal(100 * DIGITS[found[2]]) / DIGITS[found[1]] if found[1] else SHARES[found.group().replace("-", " ")]
        )
        yield Number(value, found.span(), approximate=True, unit_like="share", kind=Kind.PERCENT)
