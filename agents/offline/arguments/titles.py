"""How something is to be called, and how many of a ranking: 「标题叫冬季促销」, "top 5"."""

import re
from collections.abc import Mapping

TITLE = re.compile(
    r"(?:标题|题目|名字|名称)(?:是|为|叫|改成|改为|:)? *[《\"“]?(?P<zh>[^，,。；;《》\"”]{2,60})"
    r"|(?:\btitled?|\bcalled|\bnamed)(?: is| it)? *[\"“:]? *(?P<en>[^,.;\"”]{2,60})",
    re.IGNORECASE,
)


def title_in(words: str) -> str | None:
    """「标题叫冬季促销」, "title Winter promotion": as it was written, not folded."""
    found = TITLE.search(words)
    return (found["zh"] or found["en"]).strip() if found else None


LIMIT = re.compile(
    r"(?:top|best|worst|bottom|first|biggest|smallest)\s*(\d{1,2}|two|three|four|five|six|seven|eight|nine"
    r"|ten)(?![\da-z])(?! ?(?:months?|weeks?|days?|quarters?|years?)(?![a-z]))|(?:前|垫底的?|末尾的?|靠后的?"
    r"|领先的?|最\S{1,3}的|后|倒数|(?:排|列|挑|找|选)(?:出|前)?(?=\S{1,2}[个家名位]))\s*(\d{1,2}|[一二两三四五六七八九十])(?!个?(?:月|季|年|周|天))(?=\D|$)"
)
IN_WORDS: Mapping[str, int] = {
    **{char: place for place, char in enumerate("一二三四五六七八九十", start=1)},
    **{word: place for place, word in enumerate("two three four five six seven eight nine ten".split(), start=2)},
    "两": 2,
}


def limit_in(text: str) -> int | None:
    """「前五名」, "top 5"."""
    found = LIMIT.search(text)
    if found is None:
        return None
    digits = found[1] or found[2]
    return IN_WORDS[digits] if digits in IN_WORDS else int(digits)
