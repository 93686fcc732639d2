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
    for mention in sorted(mentions, key=lambda one: one.start):
        kind = _kind_before(mention, text)
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


def _alike(kind: str, ahead: str) -> bool:
    if kind.isascii():
        return ahead.startswith(kind) or kind.startswith(ahead)
    return not set(kind).isdisjoint(set(ahead) - NO_KIND)
