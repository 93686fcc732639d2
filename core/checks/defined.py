"""What results say of how they count, told in other words: 过了到期日还没付的货款 for 已过到期日的未付货款."""

import re

from core.checks.view import View

HAN = re.compile(r"[\u4e00-\u9fff]+")
DENIED = re.compile(r"[没未不](?:有|曾)?([\u4e00-\u9fff])")
FORM = frozenset("的了还已没未有且而又都就是在后之经仍只")
COUNTED_AS, LEAST = "口径", 5
ONLY_END = re.compile(r" only$")
LAST_WORDS = re.compile(r"[a-z]+ [a-z]+$")


def is_defined(words: str, view: View) -> bool:
    """Whether such a line of a result has every character of them that isn't of form alone, and denies the same."""
    told = set("".join(HAN.findall(words))) - FORM
    denied = set(DENIED.findall(words))
    return len(told) >= LEAST and any(
        told <= set(line.text) and denied == set(DENIED.findall(line.text)) & told
        for line in view.lines
        if line.text.startswith(COUNTED_AS)
    )


def denied_otherwise(words: str, view: View) -> bool:
    """Whether such a line says most of them, and what they deny it doesn't, or the other way round."""
    told, denied = set("".join(HAN.findall(words))) - FORM, set(DENIED.findall(words))
    for line in view.lines:
        shared = told & set(line.text)
        if line.text.startswith(COUNTED_AS) and len(shared) >= LEAST:
            return denied & shared != set(DENIED.findall(line.text)) & told
    return False


def defined_only(text: str, found: re.Match[str], view: View) -> bool:
    """Confirmed orders only, where results count confirmed orders: all of the phrase stands in what they define."""
    words = ONLY_END.sub("", text[: found.end()])
    phrase = LAST_WORDS.search(words) if words != text[: found.end()] else None
    return phrase is not None and view.holds(phrase.group())
