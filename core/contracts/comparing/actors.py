"""Who does what in a sentence: the party that a figure or a duty belongs to."""

import re
from dataclasses import dataclass
from enum import StrEnum

_RECIPIENT = re.compile(
    r"(?:向|对|给|与|和|予|为|被|经|因|按|根据|依|按照|以|由于|收到|通知|告知|提示|催告|授权|许可|要求|未经|交付|退还|返还|支付|赔偿"
    r"|\b(?:to|from|of|by giving|giving|gives?|notif\w+|inform\w*|pays?|paying|with|against|upon|after|for|grant\w*)"
    r"(?: the)? ?)\s*$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(
    r"\s*(?:的|书面同意|同意|发票|产品|商标|货物|指定|规定|公布|名义|所在地|账户|仓库|品牌|[’']s?\b)", re.IGNORECASE
)
_BEFORE = 24  # characters in which a word shows what a name is there for


class Actor(StrEnum):
    """From the view of the side that reads."""

    US = "us"
    THEM = "them"
    BOTH = "both"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Cast:
    """The names that a contract gives to either side, and to both."""

    us: re.Pattern[str]
    them: re.Pattern[str]
    both: re.Pattern[str]

    def actor(self, text: str, at: int) -> Actor:
        """Who is named last as the one who acts before ``at``; else first behind it."""
        mentions = sorted(
            (found.start(), actor)
            for actor, pattern in ((Actor.US, self.us), (Actor.THEM, self.them), (Actor.BOTH, self.both))
            for found in pattern.finditer(text)
            if found.group() and self._acts(text, found)
        )
        earlier = [actor for start, actor in mentions if start < at]
        later = [actor for start, actor in mentions if start >= at]
        return earlier[-1] if earlier else later[0] if later else Actor.NOBODY

    @staticmethod
    def _acts(text: str, found: re.Match[str]) -> bool:
        if _POSSESSIVE.match(text, found.end()):
            return False
        return _RECIPIENT.search(text[max(0, found.start() - _BEFORE) : found.start()]) is None
