"""Where an order is to be sent, as far as the words name one of the dealer's places."""

import re

from agents.offline.mind import Mind
from agents.offline.reading.understanding import Reading
from core.language.normalise import fold

NAME = (
    r"(?![我咱自老原这那哪同你货到至去往给]|[今明后]天|[今明]早|[本这上下]个?(?:周|星期|礼拜|月)|(?:周|星期|礼拜)[一二三四五六日天末]|[上下]午)"
    r"(?:[\u4e00-\u9fff]{1,6}(?:仓库?|门店|分店|库房)|[\u4e00-\u9fff]{2,6}店)"
    r"(?=[^\u4e00-\u9fff]|$|今天|明[天早]|后天|[下本这]个?(?:周|星期|礼拜)|(?:周|星期|礼拜)[一二三四五六日天末])"
)
PLACE = re.compile(
    rf"[送发运]货?[到至去往给]?(?P<zh>{NAME})"
    r"|(?:[送发运寄]货?[到至去往给]?|地址[改换]?[成为到是])(?P<address>[\u4e00-\u9fff]{2,16}?(?:路|街|大道|巷)"
    r"(?:\d+|[一二三四五六七八九十百]+)号?)"
    r"|改[成为]?[送发]到?(?P<zh2>(?![我咱自老原这那同你货到至去往给哪])[\u4e00-\u9fff]{2,6}?)(?:那边|那里|去|吧|啊|了)*$"
    r"|(?<![a-z])to (?:the |our |my )?(?P<en>(?!(?:the|our|my|your|same|usual|this|that) )"
    r"[a-z]+(?: [a-z]+)? (?:warehouse|store|depot|branch))(?![a-z])"
)
INSTEAD = re.compile(rf"(?:改[成为到]|换[成到])(?P<place>{NAME})")  # 「把浦东店改成城北仓」
SHOP = (
    re.compile(
        r"[送发运]货?[到至去往给]?(?:我们?|咱们?|自己)?的?(?:店[里铺]|门店|店(?![\u4e00-\u9fff]))"
        r"|(?<![a-z])(?:my|our) (?:shop|store)\b"
    ),
    re.compile(r"店$| (?:shop|store)$"),
)
WAREHOUSE = (
    re.compile(
        r"[送发运]货?[到至去往给]?(?:我们?|咱们?|自己)?的?仓[里库](?!\S)|(?<![a-z])(?:my|our) warehouse\b(?! \d)"
    ),
    re.compile(r"仓库?$|(?:^| )warehouse(?: \d+)?$"),
)
STEM = re.compile(r"(?:仓库?|门店|分店|店|库房|库)$|(?:^(?:the ))|(?: (?:warehouse|store|shop|depot|branch))$")
TO_A_PLACE = (
    r"(?:[送发运][货]?[到至往去给]?|改[到送发]?|放到?"
    r"|(?<![a-z])(?:to|ship|send|deliver|drop|for)(?: it| that| them)?(?: off)?(?: to| at)?) ?(?:the |our |my )?"
)
NO_PLACE = frozenset({"中心", "总", "主", "main", "central", "new", "old"})


def place_in(reading: Reading, mind: Mind) -> str | None:
    """The code of the place that is named or the only one of its kind; else words that the tool says are none."""
    if named := _place_named(reading, mind) or _only_one(reading, mind):
        return named
    found = PLACE.search(reading.text)
    said = (found[part] for part in ("zh", "address", "zh2", "en")) if found is not None else ()
    return next((words.strip() for words in said if words), None)


def unknown_instead(reading: Reading, mind: Mind) -> str | None:
    """「把浦东店改成城北仓」: what takes a known place's place and is none of the dealer's."""
    found = INSTEAD.search(reading.text)
    if found is None or any(place.start >= found.start() for place in reading.of_kind("ship_to")):
        return None
    return found["place"]


def _place_named(reading: Reading, mind: Mind) -> str | None:
    """ "Ship to Tianhe", 「送天河」: the one place that is called so, but for what kind of place it is."""
    held = []
    for place in mind.briefing.linker.of_kind("ship_to"):
        stems = {STEM.sub("", fold(name)).strip() for name in place.names} - NO_PLACE
        if any(len(one) > 1 and re.search(_way_to(re.escape(one)), reading.text) for one in stems):
            held.append(place.code)
    return held[0] if len(held) == 1 else None


def _only_one(reading: Reading, mind: Mind) -> str | None:
    """「送到店里」, "to my shop": where the dealer has one shop alone."""
    for said, kind in (SHOP, WAREHOUSE):
        if said.search(reading.text):
            places = mind.briefing.linker.of_kind("ship_to")
            held = [one.code for one in places if any(kind.search(fold(name)) for name in one.names)]
            return held[0] if len(held) == 1 else None
    return None


def _way_to(place: str) -> str:
    """ "Ship to PLACE", 「给浦东那个店送」."""
    there = r"(?:[那这]个?|的)?(?:仓库?|门店|分店|店|库)(?:那边|那里)?[送发运]"
    return rf"{TO_A_PLACE}{place}(?![a-z])|(?<![别不要用])[给往到去]{place}{there}"
