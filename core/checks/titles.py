"""Documents that are called by a part of their title: 2026年季度返利政策 of 2026 年季度全量返利, the rebate scheme."""

import re
from collections.abc import Iterator

FILED = re.compile(r"^(.*?) ?[\w-]+\.(?:pdf|docx?|xlsx?|md)(?![a-z])", re.MULTILINE)
YEAR = re.compile(r"(?<!\d)(20\d\d)(?: ?年度?)?(?!\d)")
GENERAL = re.compile(
    r"政策|方案|办法|规则|制度|文件|规定|细则|计划|说明|(?<![a-z])(?:the|your|our|polic(?:y|ies)"
    r"|programmes?|programs?|schemes?"
    r"|documents?|rules|terms|plan|for|of|in)(?![a-z])"
)
WORD = re.compile(r"[a-z]{3,}")
HAN = re.compile(r"[\u4e00-\u9fff]+")
IN_TITLE_BEFORE = re.compile(r"(?<![a-z])[a-z]+ly (?:[a-z]+ )?rebates? $")
IN_TITLE_AFTER = re.compile(
    r" ?年?度?[\u4e00-\u9fff]{0,8}?(?:政策|方案|办法|规则|细则)"
    r"| (?:[a-z]+ ){0,3}(?:policy|programme|program|scheme|rules|terms)(?![a-z])"
)
LEAST = 2


def in_title(text: str, start: int, end: int) -> bool:
    """Whether a year is part of what a document is called, and says nothing of when a figure was."""
    return bool(IN_TITLE_BEFORE.search(text[:start]) or IN_TITLE_AFTER.match(text, end))


def titled(name: str, words: str) -> bool:
    """Whether the words of a name are those of one title in results, in its order, and its year is the title's."""
    years = set(YEAR.findall(name))
    bare = GENERAL.sub(" ", YEAR.sub(" ", name))
    latin, runs = WORD.findall(bare), HAN.findall(bare)
    if sum(map(len, runs)) < LEAST * 2 and len(latin) < LEAST:  # 2026年度返利 may be an annual one
        return False
    return any(
        years <= set(YEAR.findall(title))
        and set(latin) <= set(WORD.findall(title))
        and all(_pieced(run, "".join(title.split())) for run in runs)
        for title in _titles(words)
    )


def _titles(words: str) -> Iterator[str]:
    """What stands before a file's name in the words of results."""
    yield from (found[1] for found in FILED.finditer(words) if found[1].strip())


def _pieced(run: str, title: str) -> bool:
    """Whether it is made of pieces of two characters or more that stand in the title one after the other."""
    at = place = 0
    while place < len(run):
        size = next((n for n in range(len(run) - place, LEAST - 1, -1) if run[place : place + n] in title[at:]), 0)
        if not size:
            return False
        at = title.index(run[place : place + size], at) + size
        place += size
    return True
