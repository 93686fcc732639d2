"""A question's words as contracts and handbooks have them: "min purchase", and a deposit in Hong Kong's words."""

import re
from collections.abc import Mapping

from core.language.days import small_number

MINIMUM = re.compile(
    r"(?<![a-z])min\.? (?=(?:purchases?|orders?|qty|quantity|amount|volume|spend|buy|take)(?![a-z]))", re.IGNORECASE
)
SOUTHERN: Mapping[str, str] = {"按金": "押金", "雪櫃": "冰櫃", "雪柜": "冰柜", "凍櫃": "冰櫃", "冻柜": "冰柜"}
SAID = re.compile("按金(?![额額])|雪[櫃柜]|[凍冻][櫃柜]")  # 「按金额算」 is of an amount
POINTS = re.compile(r"(?<![.\d])(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十]+|半)个(?:百分)?点(?!数)")  # 「让5个点」
EACH = re.compile(  # 「多少一个来着」
    r"(?P<much>多少|几)(?:块?钱|块)?一[个只台张次](?:来着|呀|啊|呢)*(?=$|[,，。?？])|来着(?=$|[,，。?？])"
)
NO_MORE = re.compile(r"不续(?=的话|了|[,，呢要得]|$)")  # 「不续的话最晚哪天通知」
TO_CALL = re.compile(  # "is there a number I can call"
    r"(?<![a-z])(?:hotline|helpline|(?:support|help|service|phone|telephone|contact) (?:phone )?(?:number|line)"
    r"(?! (?:of|for) (?!(?:support|help|service|you))[a-z])(?: (?:of|for) (?:support|help|service|you(?: guys)?))?"
    r"|(?:phone )?number (?:that )?(?:i|we|one) can (?:call|ring|phone)"
    r"|(?:phone )?number to (?:call|ring|phone))(?![a-z])",
    re.IGNORECASE,
)
RAISED = re.compile(r"[升提][级到成为上]{0,2} ?(?P<grade>[ABCabc]) ?[级級]")  # 「怎么升B级」


def in_handbook_words(question: str) -> str:
    """The question with these words replaced."""
    question = EACH.sub(lambda found: "多少" if found["much"] else "", question)
    question = TO_CALL.sub("customer service phone number", question)
    question = NO_MORE.sub("不续约", question)
    question = RAISED.sub(lambda found: f"评上{found['grade'].upper()}级", POINTS.sub(_as_percent, question))
    return SAID.sub(lambda found: SOUTHERN[found.group()], MINIMUM.sub("minimum ", question))


def _as_percent(found: re.Match[str]) -> str:
    number = found["n"] if found["n"][0].isdigit() else small_number(found["n"])
    return f"{number}%" if number is not None else found.group()
