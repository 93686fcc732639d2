"""Words for time in Chinese, as the rules share them."""

import re
from collections.abc import Mapping

from core.language.days import year_number
from core.language.timeranges.atoms import Now

NUMBER = r"(?:\d{1,4}|[零一二两三四五六七八九十百]{1,5})"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元正])"
DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九])"
NO_DAY = r"(?![仓楼店门线车机库院地员码单电产样口桥馆铺客位区柜桌元文])"
YEAR = (
    r"(?:(?:(?P<digits>(?<!\d)(?:19|20)?\d{2}|[二一][零〇九][零〇一二三四五六七八九]{2})"
    r"(?:财?年度?|(?= ?[qh][1-4])|(?<=\d{4})(?= ?(?:第|[上下]半|[一二三四]季)))"
    r"|(?P<year>大前年|前年|去年度?|上年度?|上一年度?|上个?财年|今年度?|本年度?|本财年|当年|这一?年|明年|来年|后年"
    r"|下一?年度?))的? ?)"
)
RELATIVE = r"(?P<rel>上上|上|本|这|当|今|下下|下)(?:一)?个?"
PART = r"(?P<part>初|中旬|上旬|下旬|中(?![国秋心])|底|末)"
YEARS: Mapping[str, int] = (
    {"大前年": -3, "前年": -2, "后年": 2}
    | dict.fromkeys(("去年", "上年", "上一年", "上财年", "上个财年"), -1)
    | dict.fromkeys(("明年", "来年", "下年", "下一年"), 1)
)
UNITS_AWAY: Mapping[str, int] = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "今": 0, "下": 1, "下下": 2}
PARTS: Mapping[str, str] = {
    "初": "first", "上旬": "first", "中": "middle", "中旬": "middle", "底": "last", "末": "last", "下旬": "last",
}  # fmt: skip
UNITS: Mapping[str, str] = {
    "天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month", "季": "quarter",
    "季度": "quarter", "半年": "half", "年": "year",
}  # fmt: skip
UNIT = r"(?P<unit>天|日(?!元)|周(?![转年边])|星期|礼拜|(?:自然)?月|季度?|年)"
COUNTED = r"(?:个?(?P<unit>天|周(?![转年边])|星期|礼拜|季度|年|(?<=个)月))"  # 25日前 and 3月前 are dates
DAYS = rf"(?:(?P<day>{DAY})(?:(?:号|日)?(?:-|~|到|至)(?P<until>{DAY}))?[号日]{NO_DAY})"
NOW = r"(?:至今|到现在|到今天|到今日|到目前(?:为止)?|迄今|以来|累计)"


def said_year(match: re.Match[str], now: Now, current: int) -> int | None:
    """The year that was said, counted from ``current``; None where none was."""
    if match["digits"]:
        return year_number(match["digits"], now.today)
    if not match["year"]:
        return None
    word = match["year"].removesuffix("度")
    return current + YEARS.get(word, 0)
