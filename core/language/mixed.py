"""「这个quarter」「last季度」: a time said half in one language and half in the other, in Chinese."""

import re
from collections.abc import Mapping

_CHINESE: Mapping[str, str] = {"this": "这", "last": "上", "previous": "上", "next": "下"}
_UNITS: Mapping[str, str] = {
    "quarter": "季度", "qtr": "季度", "q": "季度", "month": "月", "mth": "月", "week": "周", "wk": "周", "year": "年"
}  # fmt: skip
_YEARS: Mapping[str, str] = {"这": "今年", "本": "今年", "今": "今年", "上": "去年", "下": "明年"}
_UNIT_IN_ENGLISH = re.compile(
    r"(?P<which>上上|[这本今上下])(?P<one>一?个?) ?(?P<unit>quarter|qtr|q|month|mth|week|wk|year)s?(?![a-z0-9])"
)
_WHICH_IN_ENGLISH = re.compile(
    r"(?<![a-z])(?P<which>this|last|previous|next) ?(?P<unit>个?季度?|个?月|周|星期|礼拜|年)"
)


def in_one_language(text: str) -> str:
    """Folded text with such times wholly in Chinese; other text as it is."""
    text = _UNIT_IN_ENGLISH.sub(lambda found: _said(found["which"], _UNITS[found["unit"]]), text)
    return _WHICH_IN_ENGLISH.sub(lambda found: _said(_CHINESE[found["which"]], found["unit"].lstrip("个")), text)


def _said(which: str, unit: str) -> str:
    if unit == "年" and which in _YEARS:
        return _YEARS[which]
    return f"{which}个{unit}"
