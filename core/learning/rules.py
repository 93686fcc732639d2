"""What of a message may be kept as an example, and what tells that an answer missed."""

import re
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum

LONGEST = 200  # characters of an example
AT_ONCE = timedelta(seconds=90)
ALIKE, SAME = 0.35, 0.999


class Kind(StrEnum):
    """Why a message is a candidate."""

    UNSURE = "unsure"
    FOREIGN = "foreign"
    MISSED = "missed"
    CORRECTED = "corrected"
    DISLIKED = "disliked"


_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹喻苏潘葛范彭郎鲁韦马苗方俞任袁柳"
    "唐薛雷贺倪汤罗毕郝邬安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江童颜郭梅林"
    "钟徐邱骆高夏蔡田樊胡凌霍万卢莫房丁邓洪包左石崔龚程陆段侯武刘景龙叶黎白赖乔谭温庄柴阎易廖曾关欧史"
)
_TITLES = "总|经理|主任|老板|老师|师傅|会计|先生|女士|小姐|姐|哥|叔|阿姨|科长|主管|店长|厂长|董"
_NAMED = rf"(?:我叫|我是|联系人|收货人|姓名|找)[:：是]?[{_SURNAMES}][一-鿿]{{1,2}}(?![一-鿿])"
_TITLED = rf"(?:[老小][{_SURNAMES}]|[{_SURNAMES}][一-鿿]{{0,2}}?(?:{_TITLES}))(?![一-鿿]?[价量数])"
_STANDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "⟦phone⟧"),
    (re.compile(r"(?<![a-z])(?:so|ct|inv|po|fp|ht)[- ]?\d{4,}(?:[- ]\d{1,6})*", re.IGNORECASE), "⟦order⟧"),
    (re.compile(r"(?<![\d-])(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d-])"), "⟦phone⟧"),
    (re.compile(r"(?<![\d-])0\d{2,3}[- ]?\d{7,8}(?![\d-])|(?<![\d-])400[- ]?\d{3}[- ]?\d{4}(?![\d-])"), "⟦phone⟧"),
    (re.compile(r"\+\d{1,3}[- ]\d[\d -]{6,14}\d"), "⟦phone⟧"),
    (re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{2}\d{6}[0-9A-Z]{10}(?![0-9A-Za-z])|(?<!\d)\d{7,}(?!\d)"), "⟦number⟧"),
    (re.compile(r"(?<![a-z0-9])d\d{3}(?![0-9])", re.IGNORECASE), "⟦dealer⟧"),
    (re.compile(r"[一-鿿]{2,8}(?:路|大道|街|巷|弄)\d+(?:号|弄)?(?:\d+[室楼号])*"), "⟦address⟧"),
    (re.compile(r"\d+ [A-Z][a-z]+ (?:Road|Rd|Street|St|Avenue|Ave|Lane)\b\.?"), "⟦address⟧"),
    (re.compile(_NAMED), "⟦name⟧"),
    (re.compile(_TITLED), "⟦name⟧"),
    (re.compile(r"\b(?:my name is|this is|i am|i'm|contact|ask for|call)\s+[A-Z][a-z]+(?: [A-Z][a-z]+)?"), "⟦name⟧"),
    (re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z][a-z]+(?: [A-Z][a-z]+)?"), "⟦name⟧"),
)
PLACEHOLDER = re.compile(r"⟦[a-z]+⟧")
_WRONG = re.compile(
    r"^(?:不对|不是这个|不是这意思|我不是问|我问的(?:不)?是|我说的(?:不)?是|答非所问|所答非所问|听不懂|没听懂|你没听懂|错了|搞错了|理解错"
    r"|不是问|牛头不对马嘴|no[,. ]*(?:that'?s|thats) (?:not|wrong)|not what i|that'?s (?:not|wrong)|wrong answer"
    r"|you (?:mis|didn'?t|don'?t) ?(?:understood|understand|get)|i (?:meant|was asking|asked)|i didn'?t ask)",
    re.IGNORECASE,
)


def masked(text: str, names: Iterable[str] = ()) -> str:
    """The words without phones, numbers of orders and papers, addresses, and names; on one line, bounded."""
    text = " ".join(text.split())
    for name in sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name)):
        if name.lower() not in text.lower():
            continue  # a pattern for each of so many names would be compiled again and again
        whole = rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" if name.isascii() else re.escape(name)
        text = re.sub(whole, "⟦name⟧", text, flags=re.IGNORECASE)
    for pattern, stands in _STANDS:
        text = pattern.sub(stands, text)
    return text[:LONGEST].strip()


def is_worth_keeping(text: str) -> bool:
    """Whether anything general is left of a masked text."""
    left = PLACEHOLDER.sub(" ", text)
    letters = sum(char.isalpha() for char in left)
    return letters >= 2 and len(text) < LONGEST


def as_example(text: str) -> str:
    """A candidate as training sees it: an order's number looks like one again, what else was masked is left out."""
    return " ".join(PLACEHOLDER.sub(" ", text.replace("⟦order⟧", "SO-20260101-001")).split())


def says_it_missed(text: str) -> bool:
    """Whether somebody says that the answer before wasn't what they asked for."""
    return _WRONG.search(text.strip()) is not None


def alike(one: str, other: str) -> float:
    """How many of their pairs of letters two texts share, of 1."""
    first, second = _pairs(one), _pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def is_rephrased(before: str, now: str, passed: timedelta) -> bool:
    """Whether the same is asked again at once in other words."""
    return passed <= AT_ONCE and ALIKE <= alike(before, now) < SAME


def _pairs(text: str) -> set[str]:
    bare = "".join(char for char in text.casefold() if char.isalnum())
    return {bare[at : at + 2] for at in range(len(bare) - 1)}
