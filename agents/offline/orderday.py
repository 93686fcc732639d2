"""An order that is named by the day on which it was placed: 「昨天那张单」, "this morning's order"."""

import re
from collections.abc import Sequence
from datetime import date

from agents.offline.briefing import Briefing
from core.language.dates import WantedDate, find_wanted_date
from core.language.days import ONE_DAY
from core.language.periods import Grain
from core.language.timeranges import TimeRange
from core.orders.rules import series_of

ORDER_OF = re.compile(
    r"(?<![a-z])(?:orders?|ones?),? (?:from|of|on|for|placed(?: on)?|i placed(?: on)?"
    r"|we placed(?: on)?) ?$"
)
PART_OF_TODAY = re.compile(
    r"(?:今[天日早晨]?|(?<!昨天)(?<!\d[日号])(?<![后前]天)(?<!明天))(?:一?早[上晨]?|上午|中午|下午)(?=[下订]?的?[那这]?[一1]?[张个笔]?(?:订单|单))"
    r"|(?<![a-z])(?:this (?:morning|afternoon|evening)|earlier today|tonight)(?![a-z])"
)
OF_DAY = re.compile(
    r" ?(?:的|下的|订的|那|这)*(?:一?[张笔个批车])? ?(?:订单|单子?|货(?! ?:)|orders?(?![a-z]))"
    r"| ?(?:下|订)?的?[那这][个张笔批](?=$|[ ,，。?？!！呢吧吗啊怎咋到发为有是少还没送改取能可多])"
    r"| ?[下订]的(?=[呢吗]?[?？]?$)"
    r"| ?的(?=[咋怎呢]|还没|什么时候|啥时候|发[没了]|到[没哪])"
    r"|(?:'s| s)? (?:last )?(?:orders?|one)(?![a-z])"
)


def part_of_today(text: str, today: date) -> TimeRange | None:
    """ "This morning's order", 「今早那单」: today, as a day in the past."""
    found = PART_OF_TODAY.search(text)
    return TimeRange(today, today + ONE_DAY, Grain.DAY, found.group(), found.span()) if found else None


def order_of_day(text: str, period: TimeRange | None, briefing: Briefing) -> str | None:
    """「昨天那张单」: the number of the one order of a day, of several the one that can still be changed."""
    if period is None or period.grain != "day":
        return None
    if not OF_DAY.match(text, period.span[1]) and not ORDER_OF.search(text[: period.span[0]]):
        return None
    series = series_of(period.start)
    standing = [number for number in briefing.changeable if number.startswith(f"{series}-")]
    placed = standing or _of_series(series, briefing.recent_orders) or _of_series(series, briefing.void_orders)
    if not placed and briefing.recent_orders and series > briefing.recent_orders[-1]:
        return series  # there is none of that day, and no other is meant
    return placed[0] if len(placed) == 1 else None


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
