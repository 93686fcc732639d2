"""What results say of how they count, told in other words: 过了到期日还没付的货款 for 已过到期日的未付货款."""

import re

from core.checks.view import View

HAN = re.compile(r"[\u4e00-\u9fff]+")
FORM = frozenset("的了还已没未有且而又都就是在后之经仍只")
COUNTED_AS, LEAST = "口径", 5


def is_defined(words: str, view: View) -> bool:
    """Whether such a line of a result has every character of them that isn't of form alone."""
    told = set("".join(HAN.findall(words))) - FORM
    defining = (line.text for line in view.lines if line.text.startswith(COUNTED_AS))
    return len(told) >= LEAST and any(told <= set(line) for line in defining)
