"""A kind said in other words before a name that several share: 「椰香拿铁」 is the coconut one, no plain latte."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from agents.offline.reading.named import Mention

Names = Mapping[str, Sequence[str]]
LATIN_BEFORE = re.compile(
    r"(?<![a-z])(?P<kind>[a-z]{4,})[- ](?:(?:flavou?red|flavou?r|milk|cream|style|one|type)[- ])?$"
)
LATIN_BEFORE_HAN = re.compile(r"(?<![a-z0-9])(?P<kind>[a-z]{3,})(?:牌|款|味)?的 ?$")  # 「nfc的橙汁」
NO_KIND = frozenset(
    "大小中瓶罐装桶箱件提包托个只的要来拿订加给和跟再还有无低原味香型一二三四五六七八九十百新老款号水茶汁饮"
)
HAN_BEFORE = re.compile(
    rf"(?P<kind>(?:(?![{''.join(sorted(NO_KIND))}])[\u4e00-\u9fff]){{1,2}}?)(?:口味|风味|味|香)?(?:型|的)?$"
)


def in_other_words(mentions: Sequence[Mention], text: str, names: Names) -> list[Mention]:
    """The mentions, each of a plain product as the one of its kind that the words before it mean."""
    found: list[Mention] = []
    for named in sorted(mentions, key=lambda one: one.start):
        mention = as_sweet_as_said(named, text, names)
        kind = _kind_before(mention, text) if mention is named else None
        meant = list(_of_kind(kind[0], mention, names)) if kind is not None else []
        if kind is None or len(meant) != 1:
            found.append(mention)
            continue
        while found and found[-1].end > kind[1]:
            found.pop()  # 「椰奶拿铁」 names no coconut milk
        whole = text[kind[1] : mention.end]
        found.append(replace(mention, codes=(meant[0],), start=kind[1], text=whole, sure=False))
    return found


def _kind_before(mention: Mention, text: str) -> tuple[str, int] | None:
    if mention.kind != "product":
        return None
    pattern = LATIN_BEFORE if mention.text.isascii() else HAN_BEFORE
    before = pattern.search(text[: mention.start]) or LATIN_BEFORE_HAN.search(text[: mention.start])
    return (before["kind"], before.start("kind")) if before is not None else None


def _of_kind(kind: str, mention: Mention, names: Names) -> Iterator[str]:
    """The other products whose name is this one's with something of that kind before it."""
    for code, called in names.items():
        several = len(mention.codes) > 1
        if (code in mention.codes) != several or (not several and mention.text in called):
            continue
        ahead = [name.removesuffix(mention.text).strip() for name in called if name.endswith(mention.text)]
        if any(_alike(kind, one) for one in ahead if one):
            yield code


NO_SUGAR = "[无零0不没]糖|(?<![a-z])(?:sugar[- ]free|no[- ]sugar|zero[- ]sugar|unsweetened|sugarless)"
LESS_SUGAR = "[低少减微半]糖|(?<![a-z])(?:low|less|reduced)[- ]sugar"
SUGAR_AHEAD = re.compile(rf"(?:{NO_SUGAR}|{LESS_SUGAR})")
SUGAR_BEFORE = re.compile(rf"(?:(?P<none>{NO_SUGAR})|(?P<less>{LESS_SUGAR}))的? ?$")


def as_sweet_as_said(mention: Mention, text: str, names: Names) -> Mention:
    """「无糖绿茶」 where a plain one and a 低糖 one are sold: which of these is asked, and neither is taken for it."""
    said = SUGAR_BEFORE.search(text[: mention.start]) if mention.kind == "product" else None
    if said is None:
        return mention
    of_its_name = {code: [name for name in called if name.endswith(mention.text)] for code, called in names.items()}
    wanted = re.compile(NO_SUGAR if said["none"] else LESS_SUGAR, re.IGNORECASE)
    fits = [code for code, called in of_its_name.items() if any(wanted.search(name) for name in called)]
    sweet = re.compile(f"{NO_SUGAR}|{LESS_SUGAR}", re.IGNORECASE)
    near = [code for code, called in of_its_name.items() if any(sweet.search(name) for name in called)]
    if any(code in fits for code in mention.codes) or not (fits or near):
        return mention
    codes = tuple(fits) or tuple(dict.fromkeys((*mention.codes, *near)))
    return replace(mention, codes=codes, start=said.start(), text=text[said.start() : mention.end], sure=False)


def _alike(kind: str, ahead: str) -> bool:
    if kind.isascii():
        return ahead.startswith(kind) or kind.startswith(ahead)
    return not set(kind).isdisjoint(set(ahead) - NO_KIND)
