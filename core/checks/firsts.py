"""The first so many rows that a sentence tells of: 前五大, 前十名, the top five."""

import re
from collections.abc import Iterator

from core.checks.small_numbers import small_number

FIRSTS = re.compile(
    r"(?:前|头部?|(?<![一-龥])(?=[二三四五]家(?:合计|加起来|一共)))(?P<zh>[二三四五六七八九十]|\d{1,2})(?![\d万千百%.天日月年季周])(?:大|名|家|位|强|个|张|笔|款)?"
    r"|(?<![a-z])(?:top|first|largest|biggest|leading) (?P<en>two|three|four|five|six|seven|eight|nine"
    r"|ten|\d{1,2})(?![a-z\d%]|[.,]\d)"
    r"|(?<![a-z])(?P<of>two|three|four|five|six|seven|eight|nine|ten) (?:largest|biggest|leading|top)(?![a-z])"
)
MOST = 50


def firsts_in(text: str) -> Iterator[int]:
    """How many rows, as often as it is said."""
    for found in FIRSTS.finditer(text):
        count = int(small_number(found["zh"] or found["en"] or found["of"]))
        if 1 < count <= MOST:
            yield count
