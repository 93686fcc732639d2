"""What a message says of the calendar only in passing: 「快月底了 这个月还有谁没下单」 asks of this month."""

import re
from datetime import date

from core.language.timeranges import TimeRange, find_time_range

NEARLY = re.compile(
    r"(?:快|马上|眼看|就|都|又)(?:就|要|到|是|快){0,2}(?:月底|月末|年底|年末|季度?末|季末|年关)(?:了|啦|咯)?"
    r"|(?<![a-z])(?:nearly |almost |it's |its |close to )?(?:the )?(?:end of (?:the )?(?:month|quarter|year)"
    r"|(?:month|quarter|year)[- ]end)"
    r"(?: is)? (?:soon|near(?:ing)?|coming(?: up)?|approaching|already|around the corner)(?![a-z])"
)


def time_meant(text: str, today: date, fiscal_year_start: int) -> TimeRange | None:
    """The span that is named beside what is said of the calendar; that itself where no other is."""
    bare = NEARLY.sub(lambda found: " " * len(found.group()), text)
    found = find_time_range(bare, today, fiscal_year_start) if bare != text else None
    return found or find_time_range(text, today, fiscal_year_start)
