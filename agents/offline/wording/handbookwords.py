"""A question's words as contracts and handbooks have them: "min purchase", and a deposit in Hong Kong's words."""

import re
from collections.abc import Mapping

MINIMUM = re.compile(
    r"(?<![a-z])min\.? (?=(?:purchases?|orders?|qty|quantity|amount|volume|spend|buy|take)(?![a-z]))", re.IGNORECASE
)
SOUTHERN: Mapping[str, str] = {"按金": "押金", "雪櫃": "冰櫃", "雪柜": "冰柜", "凍櫃": "冰櫃", "冻柜": "冰柜"}
SAID = re.compile("按金(?![额額])|雪[櫃柜]|[凍冻][櫃柜]")  # 「按金额算」 is of an amount


def in_handbook_words(question: str) -> str:
    """The question with these words replaced."""
    return SAID.sub(lambda found: SOUTHERN[found.group()], MINIMUM.sub("minimum ", question))
