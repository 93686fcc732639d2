"""Words for the place that something has in an order: 第一名, the top dealer, the second."""

import re
from collections.abc import Iterator

from core.checks.around import PHRASE
from core.checks.small_numbers import small_number

FIRST = re.compile(
    r"排第一|第一名|居首|最多|最高|最大|领先|"
    r"(?<![a-z])(?:leads|leading|on top|tops|top dealer|"
    r"largest|biggest|highest|ranks first)(?![a-z])"
)
NTH = re.compile(
    r"第([一二三四五六1-6])(?![\d十]|季|档|批|页|周|箱|条|款)|"
    r"(?<![a-z])(second|third|fourth|fifth|sixth)(?! (?:quarter|half|tier))(?![a-z])"
)
RANK = re.compile(
    r"(?:排名?(?:在|到)?第?|位列第?|位居第?|名列第?|第(?=\d{1,2} ?[名位]))"
    r"(\d{1,2}|[一二三四五六七八九十])(?![\d一二三四五六七八九十]|,\d{3}(?!\d)|\.\d|[万千%]|-|到)"
    r"|(?<![a-z])(?:ranks?|ranked|ranking|placed|comes|is)(?: in)?(?: at)? (?:no\. ?|number "
    r"|#)?(\d{1,2})(?:st|nd|rd|th)(?![a-z])"
)
NAMED = re.compile(
    r"(?<=between )(?:the )?first(?: place)?(?= and)|第一(?=[和与跟])|"
    r"(?<![a-z])the leader(?![a-z])|(?<![a-z])number one(?! dealer)(?![a-z])|第一名|第一位"
    r"|头名|榜首|排第一的?|(?:最大|最高|最多)的?(?:一家|那家|经销商|客户)"
    r"|(?<![a-z])(?:the |our )?(?:top|biggest|largest|best|leading|number one) (?:dealer|customer|account)(?![a-z])"
)
NTH_NAMED = re.compile(
    r"第([二三四五六2-6])(?:名|位)|(?<![a-z])(second|third|fourth|fifth|sixth)(?:-placed?)? (?:dealer|place)(?![a-z])"
    r"|(?<![a-z])number (two|three|four|five|six)(?![a-z])|(?<=behind )(second|third|fourth|fifth)(?= ?(?:[,.;]|$))"
    r"|(?<=ahead of )(second|third|fourth|fifth)(?= ?(?:[,.;]|$))"
)


def claims_in(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """What folded text says of a place, and which it is."""
    for found in FIRST.finditer(text):
        yield found, 1
    yield from _nth(NTH, text)
    yield from _nth(RANK, text)


def places_in(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Where it names something by its place alone."""
    for found in NAMED.finditer(text):
        yield found, 1
    yield from _nth(NTH_NAMED, text)


def _nth(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], int]]:
    for found in pattern.finditer(text):
        said = next(one for one in found.groups() if one)
        yield found, small_number(said)


def phrase_around(text: str, found: re.Match[str]) -> tuple[int, int]:
    """From the comma before to the comma behind."""
    start = max([0, *(match.end() for match in PHRASE.finditer(text, 0, found.start()))])
    return start, next((match.start() for match in PHRASE.finditer(text, found.end())), len(text))
