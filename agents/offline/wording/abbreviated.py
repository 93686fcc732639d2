"""Words as they are typed in a hurry: "last q", "this mth", "20 cola n 10 oolong"."""

import re
from collections.abc import Mapping

SHORT = re.compile(
    r"(?<![a-z])(last|this|next|prev|previous|prior|past|that|per|a|each) (q|qtr|qrtr|mth|mo|wk|yr)(?![a-z0-9])"
)
AND = re.compile(r"(?<=[a-z]) (?:n|'n'|n') (?=\d|[a-z])")
SAME = re.compile(  # "same thing for quanzhou"
    r"(?<![a-z])(?:the )?same (?:thing|question|check|again|info|numbers|figures|here|deal)?,? ?(?:for|with)(?![a-z])"
)
DAYS: Mapping[str, str] = {
    **dict.fromkeys(("mon",), "monday"),
    **dict.fromkeys(("tue", "tues"), "tuesday"),
    **dict.fromkeys(("wed", "weds"), "wednesday"),
    **dict.fromkeys(("thu", "thur", "thurs"), "thursday"),
    **dict.fromkeys(("fri",), "friday"),
    **dict.fromkeys(("sat",), "saturday"),
    **dict.fromkeys(("sun",), "sunday"),
}
WEEKDAY = re.compile(  # "push it to tues"
    rf"(?<![a-z])((?:to|by|on|till?|until|for|this|next|last|from) )({'|'.join(DAYS)})(?=(?:'s)?(?:$|[ ,.;!?]))"
)
LONG: Mapping[str, str] = {
    "q": "quarter",
    "qtr": "quarter",
    "qrtr": "quarter",
    "mth": "month",
    "mo": "month",
    "wk": "week",
    "yr": "year",
}


NOT_SO_MANY = re.compile(  # 「不用了 改一板」: what comes after it says how many
    r"^ *不用了?(?:那么|这么)?(?:多|些)?[ ,，。]+(?=(?:那?就|先|给我)?(?:改|换|减|只要|要))"
)


def spelt_out(text: str) -> str:
    """The same with the span in full, "prev" as "previous"."""
    text = NOT_SO_MANY.sub("", text)
    text = WEEKDAY.sub(lambda found: found[1] + DAYS[found[2]], text)
    text = SAME.sub("same for", AND.sub(" and ", text))
    return SHORT.sub(lambda found: f"{BEFORE.get(found[1], found[1])} {LONG[found[2]]}", text)


BEFORE: Mapping[str, str] = {"prev": "last", "previous": "last", "prior": "last"}
