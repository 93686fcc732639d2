"""One span held against another: "October against September", 十月比九月怎么样."""

import re
from datetime import date

from core.language.timeranges import TimeRange, find_time_ranges, period, previous_period, same_period_last_year

AGAINST = re.compile(r"比|对照|(?<![a-z])(?:compare[ds]?|comparison|against|versus|vs|than)(?![a-z])")
MEASURED_AGAINST = re.compile(r"(?:[比跟和同与较]|(?<![a-z])(?:with|to|than|against|versus|vs\.?|on))(?: the)? *$")
BEFORE = re.compile(
    r"(?<![a-z])(?:the )?(?:month|quarter|year|week|period) before(?! last)|(?<![a-z])(?:previous|prior|preceding) "
    r"(?:month|quarter|period|week)|(?:前|上)一?个?(?:月|季度?|期)"
)


def compared(text: str, today: date, fiscal_year_start: int) -> dict[str, str]:
    """The period and what it is compared with, where the words name two spans and one precedes the other."""
    if not AGAINST.search(text):
        return {}
    spans = find_time_ranges(text, today, fiscal_year_start)
    if len(spans) == 1 and BEFORE.search(text) and not BEFORE.search(spans[0].text):
        return {"compare": "previous"}
    if len(spans) != 2:
        return {}
    earlier, later = sorted(spans, key=lambda span: span.start)
    for name, before in (("previous", previous_period(later)), ("last_year", same_period_last_year(later))):
        if (before.start, before.end) == (earlier.start, earlier.end):
            return {"period": period(later), "compare": name}
    return {}


def only_measured_against(span: TimeRange, text: str) -> bool:
    """Whether the only span named is what is compared with: 「跟去年比」 after this month's figures."""
    return bool(MEASURED_AGAINST.search(text[: span.span[0]]))


def beside_it(text: str, today: date, fiscal_year_start: int) -> dict[str, str]:
    """The span that is held against the other: "grew most vs last year in Q3" is of Q3."""
    spans = find_time_ranges(text, today, fiscal_year_start)
    others = [span for span in spans if not only_measured_against(span, text)]
    return {"period": period(others[0])} if len(spans) > 1 and len(others) == 1 else {}
