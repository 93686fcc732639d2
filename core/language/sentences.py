"""Where a sentence ends, in Chinese and in European languages."""

import re

_CLOSING = "”’」』）】》)\"'\\]"
_END = re.compile(
    rf"(?:[。！？!?；…]+[{_CLOSING}]*)"  # these end a sentence wherever they stand
    rf"|(?:(?<!\d)[.](?=[^\W\d_a-z])|[.][{_CLOSING}]*(?=\s|$))"  # a full stop only before a space, the end or a capital
    r"|\n+"
)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[A-Za-z]|(?:[A-Za-z]\.)+[A-Za-z]|[Mm]rs?|[Mm]s|[Dd]r|[Ss]t|[Pp]rof|[Nn]os?|[Vv]s|[Ee]tc|[Ff]ig|[Pp]p?|"
    r"[Ii]nc|[Ll]td|[Cc]o|[Cc]orp|[Jj]r|[Ss]r|[Ee]d|[Aa]rt|[Ss]ec|[Cc]a|[Aa]pprox)\.$"
)
_MONTH = re.compile(r"(?:^|[\s(])(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$")
_NUMBERED = re.compile(r"\s*\d{1,3}\.$")


def sentences(text: str) -> list[str]:
    """The sentences of a text in order, stripped; a line break always ends one."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith(".") and _goes_on(text[start : match.start() + 1], text[match.end() :]):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def _goes_on(so_far: str, after: str) -> bool:
    """Behind a mark of a list or a short form; behind that of a month where its day follows: Oct. 28."""
    if _MONTH.search(so_far[-8:]):
        return after.lstrip()[:1].isdecimal()
    return _NUMBERED.match(so_far) is not None or _ABBREVIATED.search(so_far[-12:]) is not None
