"""An order that is named by its day: 「昨天那张」, "this morning's order", "the one on the 9th"."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from agents.offline.reading.briefing import Briefing
from agents.offline.reading.orderwho import placed_by_whom
from core.language.dates import WantedDate, find_wanted_date
from core.language.days import ONE_DAY
from core.language.periods import Grain
from core.language.timeranges import TimeRange
from core.orders.rules import series_of

PLACED = r"(?:[下订报提交落录开]|被?(?:拒|驳|取消|作废|退)[绝回掉了]{0,2})"
ONE = r"(?:张(?!发票|票|对账|回单|签收|海报|合同|券|表|图|卡)|笔(?!款|钱|货款|账|转账|打款|汇款|付款|回款)|订?单)"
BY = r"(?:(?:that )?(?:i|we|you|u|you guys|u guys|they|he|she|[a-z]{2,12})(?: (?:have|had|guys))?)"
DID = r"(?:placed|made|put in|put through|sent in|ordered|rejected|refused|cancell?ed|turned down)"
GOODS = r"(?:stuff|goods|things|items|cases|pallets?|load|batch|lot|everything|whatever)"
ORDER_OF = re.compile(
    r"(?<![a-z])(?:truck|lorry|load|delivery|shipment|drop|batch),? (?:from|of) (?:the )?$"
    r"|(?<![a-z])(?:put|sent|placed|made) (?:something|an order|one|some stuff)(?: in| through)?(?: on)? ?$"
    r"|(?<![a-z])(?:orders?|ones?),? (?:from|of|on|for|placed(?: on)?|i placed(?: on)?|we placed(?: on)?) ?$"
    rf"|(?<![a-z])(?:orders?|ones?)(?: {BY})? {DID}(?: on)? ?$"
    rf"|(?<![a-z])(?:what|{GOODS})(?: that| which)? {BY} (?:{DID}|bought|took|got|asked for)(?: on)? ?$"
)
THE_ONE = re.compile(r"(?<![a-z])(?:the|my|our|that|your)(?: [a-z]+){0,2} (?:orders?|one) ?$")
PART_OF_TODAY = re.compile(
    r"(?:今[天日早晨]?|(?<!昨天)(?<!\d[日号])(?<![后前]天)(?<!明天))(?:一?早[上晨]?|上午|中午|下午)"
    rf"(?=[下订]?的?[那这]?[一1]?[张个笔]?(?:订单|单)|[那这]?一?{ONE}"
    rf"|[^,，。;；!！?？\d]{{0,6}}?{PLACED}的[那这]?一?{ONE})"
    r"|(?<![a-z])(?:this (?:morning|afternoon|evening)|earlier today|tonight)(?![a-z])"
)
OF_DAY = re.compile(
    r" ?(?:的|[下订要拿买进定提报]的|我们?|咱们?|那|这)*(?:一?[张个笔批车些点])? ?(?:订单|单子?|货(?! ?:)"
    r"|(?<=的)东西|orders?(?![a-z]))"
    r"| ?[下订]的(?=[呢吗]?[?？]?$)"
    r"| ?的(?=[咋怎呢]|还没|什么时候|啥时候|发[没了]|到[没哪])"
    rf"| ?[^,，。;；!！?？\d]{{0,6}}?{PLACED}(?:的[那这]?|[那这])一?{ONE}"
    rf"| ?的?[那这]一?{ONE}"
    r"| ?[下订要拿买进定]?的?[那这][个批些](?=$|[ ,，。?？!！呢吧吗啊怎咋到发为有是少还没送改取能可多])"
    r"|(?:'s| s)? (?:last )?(?:orders?|one)(?![a-z])"
)
VOIDED = re.compile(
    r"被[拒驳退]|被取消|怎么(?:就)?(?:没|不见|取消|拒)|(?:为什么|为啥|咋|凭什么)[^,，。]{0,6}[拒驳取]"
    r"|[拒驳][绝回]?了?的"
    r"|(?<![a-z])(?:reject|refus|turn(?:ed)? down|(?:why|how come)\W.{0,24}cancel|was cancel)"
)
DAYS: Mapping[str, str] = {
    "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday", "weds": "wednesday",
    "thu": "thursday", "thur": "thursday", "thurs": "thursday", "fri": "friday", "sat": "saturday", "sun": "sunday",
}  # fmt: skip
DAY_OF_ORDER = re.compile(
    r"(?<![a-z])((?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today)s(?= (?:last )?(?:orders?|one|delivery"
    r"|drop)(?![a-z]))"
    rf"|(?<![a-z])({'|'.join(sorted(DAYS, key=len, reverse=True))})(?:'?s)?(?= (?:orders?|one)(?![a-z]))"
)


def days_spelt_out(text: str) -> str:
    """ "Mondays order", "weds one": the day with its apostrophe, in full."""
    return DAY_OF_ORDER.sub(lambda found: f"{found[1] or DAYS[found[2]]}'s", text)


def part_of_today(text: str, today: date) -> TimeRange | None:
    """ "This morning's order", 「今早那单」: today, as a day in the past."""
    found = PART_OF_TODAY.search(text)
    return TimeRange(today, today + ONE_DAY, Grain.DAY, found.group(), found.span()) if found else None


NEW_ONE = re.compile(r"(?:单|货|orders?) ?[:：]")


def span_of_day(text: str, period: TimeRange | None) -> tuple[int, int] | None:
    """Where the words stand that name an order by the day on which it was placed."""
    if period is None or period.grain != "day":
        return None
    before = text[: period.span[0]]
    behind = OF_DAY.match(text, period.span[1])
    ahead = ORDER_OF.search(before) or (THE_ONE.search(before) if period.text.startswith(("on ", "from ")) else None)
    if behind is None and ahead is None:
        return None
    return (ahead.start() if ahead else period.span[0], behind.end() if behind else period.span[1])


def order_of_day(text: str, period: TimeRange | None, briefing: Briefing) -> str | None:
    """「昨天那张单」: the number of the one order of a day, of several the one that can still be changed."""
    if period is None or span_of_day(text, period) is None:
        return None
    series = series_of(period.start)
    standing = [number for number in briefing.changeable if number.startswith(f"{series}-")]
    recent, void = _of_series(series, briefing.recent_orders), _of_series(series, briefing.void_orders)
    placed = (void if VOIDED.search(text) else []) or standing or recent or void
    by_whom = placed_by_whom(text, placed, briefing) if len(placed) > 1 else []
    placed = by_whom or placed
    if not placed and period.start == briefing.today and NEW_ONE.search(text):
        return None  # "today's order: 30 cola" is yet to be placed
    if not placed and briefing.recent_orders and series > briefing.recent_orders[-1]:
        return series  # there is none of that day, and no other is meant
    return placed[0] if len(placed) == 1 else None


ORDERS_NOW = re.compile(
    r" ?(?:的|我们?|就|先|再|来|想|要|得|该|给我)*(?:点货|下[个一]?单|订货|报单|报货|进货|叫货|要货|拿货|补货"
    r"|订单|货单)|'?s order(?! status)"
)


IS_SO = re.compile(  # 「今天有点乱」: what kind of a day it is
    r" ?(?:有点|有些|真是?|好(?=[忙乱热冷累])|太|挺|比较|特别|一直|忙|乱|[天好]?热|冷|下[雨雪]|天气|生意"
    r"|店里|心情|人[多少手])"
    r"|(?: is|'s| was| has been) (?:a |an |so |very |really |quite |pretty |bit )*(?:mess|busy|crazy|hectic"
    r"|hot|cold|slow"
    r"|quiet|mad|chaos)(?![a-z])"
)


SHORTEST_MONTH = 28
OWN_WORDS = re.compile(
    r"(?![那呢吧吗的个呀啊])[\u3400-\u9fff]|(?<![a-z])(?!(?:and|what|how|about|in|for|then)(?![a-z]))[a-z]+"
)


def delivery_day(wanted: WantedDate | None, text: str, today: date) -> WantedDate | None:
    """「今天点货：…」 says when it is ordered; the day on which it is wanted is another, if any is said.

    A month by itself, 「一月份呢」, is no day to deliver on.
    """
    if wanted is None or (_is_a_month(wanted) and not OWN_WORDS.search(_without(text, wanted.span))):
        return None
    if wanted.day != today:
        return wanted
    if not (ORDERS_NOW.match(text, wanted.span[1]) or IS_SO.match(text, wanted.span[1])):
        return wanted
    return find_wanted_date(_without(text, wanted.span), today)


def _is_a_month(wanted: WantedDate) -> bool:
    return wanted.until is not None and (wanted.until - wanted.day).days >= SHORTEST_MONTH - 1


def _without(text: str, span: tuple[int, int]) -> str:
    return f"{text[: span[0]]}{' ' * (span[1] - span[0])}{text[span[1] :]}"


def _of_series(series: str, numbers: Sequence[str]) -> list[str]:
    return [number for number in numbers if number.startswith(f"{series}-")]


def another_day(wanted: WantedDate | None, placed: TimeRange | None, text: str, today: date) -> WantedDate | None:
    """The day of delivery beside the day on which the order was placed: 「今早那单改到26号送」."""
    if wanted is None or placed is None:
        return wanted
    same = wanted.span[0] < placed.span[1] and placed.span[0] < wanted.span[1]  # 「19号那单」 is no 19th to come
    if not same and wanted.day != placed.start:
        return wanted
    start, end = min(wanted.span[0], placed.span[0]), max(wanted.span[1], placed.span[1])
    return find_wanted_date(f"{text[:start]}{' ' * (end - start)}{text[end:]}", today)
