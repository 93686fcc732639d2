"""A time as an argument takes it; 「这个月到今天」 is this month, which isn't over."""

import re

from core.language.days import ONE_DAY
from core.language.timeranges import TimeRange, period

TO_DATE = re.compile(
    r"(?:到|至|截[至止])(?:今天?|现在|目前)|(?<![a-z])(?:so far|to date|until now|up to (?:now|today))(?![a-z])"
)


def span_of(found: TimeRange) -> str:
    """A month up to now as the month, anything else as it is."""
    last = found.end - ONE_DAY
    same = (found.start.year, found.start.month) == (last.year, last.month)
    if found.start.day == 1 and same and TO_DATE.search(found.text.lower()):
        return f"{found.start:%Y-%m}"
    return period(found)
