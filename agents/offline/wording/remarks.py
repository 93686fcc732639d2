"""What is said of a price or an amount and names no goods: 「太多了，我们小店要不了，先来12箱」, "bit steep but ok"."""

import re

PART = re.compile(r"(?:[^,，、。；;!！?？…\n ]|(?<![\u4e00-\u9fff]) | (?![\u4e00-\u9fff]))+")
REMARK = re.compile(
    r"太[多贵高大]|[贵多高少][了些一]?点|[贵高][了啊呀哦]|是贵|有[点些](?:小)?[贵多高]|(?:不|挺|蛮|还|好|真|也)(?:算|是)?(?:太|很)?(?:贵|便宜)"
    r"|趁[^,，。]{0,8}?(?:没|还|早|便宜|活动|现在|涨)[涨有]?|不算多|差一?点|就?差[这那]么?点|刚[刚好]|正好|可惜|便宜|划算|合适|还行|还可以|可以的"
    r"|[要吃卖用放装压销走消]不[了下完掉动起]|化不了|[那这]么多|没那么|小店|店小|仓库?小|地方小|嫌"
    r"|(?:快|马上就?|就)要?到?(?:过年|过节|春节|中秋|国庆|元旦|端午|放假|开学|年底)了?|(?:过年|过节|中秋|国庆|元旦|端午)(?:快?要?到?了|要用)"
    r"|(?<![a-z])(?:too (?:much|many|dear|expensive|pricey|high|big)|not (?:too )?bad|small shop|fair enough"
    r"|(?:bit|little|rather|quite|pretty) (?:steep|much|pricey|dear|high|expensive|a lot)|steep|pricey|expensive"
    r"|(?:good|great|fair|decent|ok) price|that'?s (?:a lot|cheap|high|fine)"
    r"|(?:never|can'?t|cannot|won'?t) (?:sell|shift|use|move|store))(?![a-z])"
)


SHORT_OF = re.compile(  # beside an amount: that there is not enough for more, or that so much is enough
    r"(?:额度|授信|钱|款|预算|仓位?|货|库存|地方)[^,，、。；;!！?？…\d]{0,3}不[太大是]{0,2}够|超(?:了|出了?|过了?)?(?:额度|授信|限额|预算|上限)"
    r"|(?:不用|用不[着了]|不要|要不了)[那这]?么多|足够|绰绰有余"
    r"|(?<![a-z])(?:(?:is |are |'s )?(?:plenty|enough|sufficient)|will (?:do|be fine|be enough)|suffices?)(?![a-z])"
)


def remarks_in(text: str) -> list[tuple[int, int]]:
    """Where the parts of a message stand that only judge, and count nothing."""
    found = (part for part in PART.finditer(text) if REMARK.search(part.group()) or SHORT_OF.search(part.group()))
    return [part.span() for part in found if not COUNTED.search(part.group())]


def without_remarks(words: str) -> str:
    """The words but for what judges: 「差一点」 names no goods."""
    return words if COUNTED.search(words) else REMARK.sub(" ", SHORT_OF.sub(" ", words)).strip()


def is_remark(text: str) -> bool:
    """Whether all of it only judges."""
    parts = [part.group() for part in PART.finditer(text) if part.group().strip()]
    return bool(parts) and all(REMARK.search(part) and not COUNTED.search(part) for part in parts)


COUNTED = re.compile(r"\d|[一二两三四五六七八九十百]+ ?[箱件提瓶托打]")
