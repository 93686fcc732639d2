"""Who bears the carriage: that goods are delivered for nothing must stand in a result."""

import re
from collections.abc import Iterator

from core.checks.view import View
from core.checks.wrong import Wrong

FREE = re.compile(
    r"(?:免|包|不[收要]|无需|零|不用付|承担|(?:由)?我们?出)(?:您的|任何)?(?:运费|邮费|配送费|物流费|运输费|送货费)|包邮"
    r"|(?:运费|邮费|配送费?|物流费?|送货)[^,，。;；]{0,6}(?:免|全免|免费|我们?(?:出|付|承担)|不收)|免费(?:配送|送货|送达|运送)"
    r"|(?<![a-z])(?:deliver(?:y|ies)|shipping|freight|carriage|transport|returns?)(?: \w+){0,3}?"
    r" (?:free|on us|on the house|at no (?:extra )?(?:cost|charge)|included|waived)(?![a-z])"
    r"|(?<![a-z])(?:free|complimentary) (?:home )?"
    r"(?:deliver(?:y|ies)|shipping|freight|carriage|transport|returns?)(?![a-z])"
    r"|(?<![a-z])(?:no|without) (?:delivery|shipping|freight) (?:charge|cost|fee)s?(?![a-z])"
)
TOLD = re.compile(
    r"运费|邮费|配送费|包邮|(?<![a-z])(?:freight|carriage|(?:delivery|shipping) (?:is|charge|cost|fee|free))"
)


def wrong_carriage(text: str, view: View) -> Iterator[Wrong]:
    """That carriage is free, of which results say nothing."""
    found = FREE.search(text)
    if found is not None and not view.matches(TOLD) and not text.rstrip().endswith(("?", "？")):
        yield Wrong(f"{found.group()} is said in no result")
