"""Where in folded text a number may stand, and the codes, sizes, dates and addresses that only look like one."""

import re
from functools import cache

from core.language.chinese_numbers import D, M

_AMOUNT = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?: \d{3}){0,3} 000(?!\d)|\d+(?:\.\d+)?)"
_PIECE = rf"(?:{_AMOUNT}|[{D}几]{{1,2}})"
_RUN = (
    rf"(?:(?:{_AMOUNT}|[{D}几]{{1,12}}(?:点[{D}]{{1,6}})?|[廿卅][{D}]?|数(?=[{M}]))(?:[{M}][零好]?{_PIECE}?)*"
    rf"|(?:[{M}][零好]?{_PIECE}?)+)"
)
_UNITS_OF_SIZE = "ml|毫升|cl|l|升|cc|oz|克|g(?!o)|mm|cm|度"
_NO_NUMBER = (
    r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.]+",
    r"(?<!\d)(?:19|20)\d\d(?:[-/]\d{1,2}(?:[-/]\d{1,2})?|\.\d{1,2}\.\d{1,2})(?![\d-])",  # 2026-10-15, 2026/10
    r"(?<![\d/])\d{1,2}/\d{1,4}(?:/\d{2,4})?(?![\d/])",  # 10/2026, 11/25
    r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)",
    r"(?<!\d)0\d{2,3}-\d{7,8}|\d+(?:-\d+){2,}|\d+(?:\.\d+){2,}",  # telephones, versions
    (
        rf"(?:{_AMOUNT}) ?(?:{_UNITS_OF_SIZE})(?![a-z])"
        r"(?: ?[x×*/] ?\d+(?: ?(?:瓶|支|罐|听|包|袋|盒|杯|pcs|bottles?|cans?))?(?:装|入|/?[箱件提](?!\d))?)?"
    ),  # 550ml, 550ml×24瓶/箱
    rf"(?:{_AMOUNT}) ?(?:kg|公斤|千克) ?(?:装|[x×*] ?\d+)",
    (
        r"(?<!\d)\d{1,2}(?! (?:瓶|罐|听|桶|盒)装(?!的)[\u4e00-\u9fff]) ?(?:瓶|支|罐|听|包|袋|盒|杯|提|箱)?"
        r"(?:装|入(?!库|仓|账))"
    ),  # 24瓶装, 24入; of 「绿茶30 瓶装可乐15」 and 「绿茶300瓶装可乐」 the number counts tea
    (
        r"\d+ ?(?:(?:瓶|支|罐|听|包|袋|盒|杯)(?:/|每|1|一)[箱件提包托板]|提(?:/|每|1|一)[箱件托板]"
        r"|[箱件](?:/|每|1|一)[托板])(?!\d)"
    ),  # 24瓶/箱; in 300箱每箱 the first counts cases
    r"(?<=[一1每][箱件提包])(?:有|是|装)?(?:\d+|几)(?:瓶|支|罐|听|包|袋|盒|杯)",  # 一箱24瓶, 一箱几瓶
    r"\d+ ?(?:bottles?|cans?|packs?|cases?)? ?(?:per|/) ?(?:case|carton|pack|pallet|box)(?![a-z])",
    r"(?<![\d.])1 ?[x×*] ?\d+(?! ?[箱件托板提])|\d+ ?[x×*] ?\d+",  # 1×15
    r"\d+-?packs?(?![a-z])|(?:pack|case|box) of \d+",
    rf"[双]十[一二]|十一(?=放假|期间|假|长假|黄金周|国庆)|[周拜期][{D}](?![{M}])",
)
_CODE = (
    r"(?<![a-z0-9])(?!x\d+(?![a-z0-9-])|(?:rmb|cny|usd|eur|hkd)\d|no\.\d)"
    r"[a-z]{1,16}[-_.]?\d[a-z0-9]*(?:[-_/][a-z0-9]+)*"
)


@cache
def tokens() -> re.Pattern[str]:
    """One token at a time: ``none`` and ``code`` hide what is inside them, the others may be a number."""
    before = rf"(?=[\d{D}{M}几半¥$€£]|[a-z]{{3}} ?\d)"
    return re.compile(
        r"(?P<fraction>(?<![\d/.])(?:(?P<whole>\d{1,4}) )?(?P<over>1/2|1/4|3/4)(?![\d/]))"
        rf"|(?P<none>{'|'.join(_NO_NUMBER)})|(?P<code>{_CODE})"
        rf"|(?P<sign>(?:(?<![^\s(,;:=、。!?])-|负|(?<![a-z])minus ){before})?"
        r"(?P<currency>(?:[¥$€£₩฿₫]|(?<![a-z])(?:rmb|cny|usd|eur|hkd)) ?(?=\d))?"
        r"(?P<times>(?:(?<![a-z0-9])x|[×*]) ?(?=\d))?(?P<per>[百千]分之)?"
        rf"(?:(?P<half>一半|[大小]?半)|(?P<pair>[俩仨])|(?P<run>{_RUN}))"
    )
