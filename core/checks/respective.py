"""Lists that are told one for one, put pair by pair: 100箱、300箱分别为41.16、40.74元, 3 and 4 respectively."""

import re
from collections.abc import Sequence

VALUE = r"(?:cn|us|rmb ?)?¥?\d[\d,]*(?:\.\d+)?(?:%|万元?|千|k(?![a-z]))?"
UNIT = r" ?(?:元|块钱?|箱|件|瓶|天|cases?|yuan|bottles?|days?)?"
COMMA = r"(?:,(?!\d{3}(?!\d))|、|和|与|及|以及)"
ITEM = r"(?:(?!分别|依次|各自)[^,、。;:!?()\s和与及]){1,16}"
CHINESE = re.compile(
    rf"(?<![^,、。;:!?()\s])(?<!\d,)(?P<items>{ITEM}(?:(?:{COMMA}){ITEM})+?)(?P<between>(?:,[^,、。;:\d]{{0,8}})?)"
    rf" ?(?:分别"
    rf"|依次|各自)"
    rf"(?P<verb>[^\d¥、,。;:]{{0,6}}?:?)(?P<values>{VALUE}{UNIT}(?:(?:{COMMA}){VALUE}{UNIT})+)"
)
AGAIN = re.compile(
    rf"(?P<lead>[,;] ?)(?P<what>[^,、。;:\d]{{0,8}})(?:分别|依次)(?P<verb>[^\d¥、,。;:]{{0,6}}?)"
    rf"(?P<values>{VALUE}{UNIT}(?:(?:{COMMA}){VALUE}{UNIT})+)"
)
AND = r"(?:, and |, | and )"
ENGLISH = re.compile(
    rf"(?P<lead>^|[;.] |(?<![a-z])(?:at|from|for|on|of) )(?P<items>[^,;.]{{1,40}}?(?:{AND}[^,;.]{{1,40}}?)+?)"
    rf"(?P<verb>:"
    rf"|,? (?:[a-z']+ ){{1,6}}?)(?P<values> ?{VALUE}{UNIT}(?:{AND}{VALUE}{UNIT})+)(?P<per> (?:a|per"
    rf"|each) [a-z]+)?,? respectively"
)
LISTED = re.compile(
    rf"(?P<lead>^|[,;.] |(?<![a-z])(?:at|from|for) )(?P<items>[^,;.:]{{1,40}}?(?:{AND}[^,;.:]{{1,40}}?)+)"
    rf"(?P<verb>:)(?P<values> {VALUE}{UNIT}(?:{AND}{VALUE}{UNIT})+)(?P<per> (?:a|per|each) [a-z]+)?(?=[.;]|$)"
)
NUMBERED = re.compile(rf"(?P<before>.*?){VALUE}(?P<unit>{UNIT})(?P<tail>\D*)")
GROUPED = re.compile(
    r"的?(?:这|那)?(?:[两二三四五2345]|几)(?:档|者|家|张|单|笔|项|种|款|个(?:档位|区域|产品|大区"
    r"|季度)?)的?$"
)
TAIL = re.compile(r"的.*$|(?:箱价|单价|价格|金额|返利|占比|份额|门槛|进货额?|逾期|数量)$")


def respectively(text: str) -> str:
    """Folded text with what two lists say one for one told pair by pair; lists of different lengths stay."""
    if "respectively" in text:
        return ENGLISH.sub(_english, text)
    if ": " in text and " and " in text:
        return LISTED.sub(_english, text)
    if "分别" not in text and "依次" not in text and "各自" not in text:
        return text
    names: list[str] = []

    def first(found: re.Match[str]) -> str:
        items, values, lead = _split(found["items"], COMMA), _split(found["values"], COMMA), ""
        if len(items) > len(values):  # what the clause before ended with
            before, comma, rest = found["items"].rpartition(",")
            items, lead = _split(rest, COMMA), before + comma
        if len(items) != len(values):
            return found.group()
        names[:] = items
        return lead + _told(items, f"{found['between'].lstrip(',')}{found['verb']}", values)

    def again(found: re.Match[str]) -> str:
        values = _split(found["values"], COMMA)
        if len(names) != len(values):
            return found.group()
        return found["lead"] + _told(names, found["what"] + found["verb"], values)

    return AGAIN.sub(again, CHINESE.sub(first, text, count=1))


def _english(found: re.Match[str]) -> str:
    items, values = _split(found["items"], AND), _split(found["values"], AND)
    if len(items) != len(values):
        return found.group()
    heads, _ = _same_form(items)
    lead = found["lead"] if found["lead"].strip(" ,;.") else ""
    verb, per = found["verb"].rstrip(), found["per"] or ""
    told = [f"{lead}{item}{verb} {value.strip()}{per}" for item, value in zip(heads, values, strict=True)]
    return ("" if lead else found["lead"]) + ", ".join(told)


def _split(words: str, between: str) -> list[str]:
    return [one for one in re.split(between, words) if one]


def _told(items: Sequence[str], verb: str, values: Sequence[str]) -> str:
    """Each with its value; of quantities the unit and what follows the last is that of all, of values the unit."""
    heads, tail = _same_form(items)
    unit = NUMBERED.fullmatch(values[-1])
    shared = unit["unit"] if unit else ""
    told = [
        f"{GROUPED.sub('', item)}{tail}{GROUPED.sub('', verb)}{value}{shared if _is_bare(value) else ''}"
        for item, value in zip(heads, values, strict=True)
    ]
    return "、".join(told)


def _is_bare(value: str) -> bool:
    found = NUMBERED.fullmatch(value)
    return bool(found) and not found["unit"] and "%" not in value  # type: ignore[index]


def _same_form(items: Sequence[str]) -> tuple[list[str], str]:
    """The items without what only the last one says for all: its unit and the words behind it."""
    forms = [NUMBERED.fullmatch(one) for one in items]
    if all(forms):
        tails = [f"{form['unit']}{form['tail']}" for form in forms]  # type: ignore[index]
        told = [one + tails[-1].removeprefix(tail) for one, tail in zip(items, tails, strict=True)]
        return told if all(tails[-1].startswith(tail) for tail in tails) else list(items), ""
    of = TAIL.search(items[-1])
    tail = of.group() if of else ""
    return [one.removesuffix(tail) for one in items], tail
