"""「罐装的」, "the big one", 玻璃瓶那款: an attribute names the one product in view that has it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from agents.offline.mind import Mind
from agents.offline.orders.doubts import restored
from agents.offline.reading.dearness import by_price
from agents.offline.reading.families import Families
from agents.offline.reading.named import Mention
from agents.offline.reading.understanding import Refer
from agents.offline.wording.filler import FILLER
from agents.offline.wording.lexicon import stands_in

Pointed = tuple[int, int, str]
CALLED = re.compile(
    r"(?P<zh>[\u4e00-\u9fff]{1,6}?)(?:口?味)?(?:的(?=$|[^\u4e00-\u9fff]|[那这来要改换给加减多少各也吗呢吧呀再有没]|什么|怎么|保质|单?价|库存|规格|箱规|日期|批号?|数量?|活动|促销|一?共)|[那这][个款种瓶只支样])"
    r"|(?<!\d)(?P<size>\d{3,4})(?: ?ml|毫升)?(?:的|[那这][个款种瓶只支样])"
    r"|(?<![a-z])(?:(?:the|those|that|your) |^)(?P<en>[a-z]+(?: [a-z]+)?) (?:ones?|kind|version|type|flavou?r)(?![a-z])"
)
SO_MANY_OF = re.compile(  # "10 of the lime", "50 walnut + 20 of the coconut"
    r"(?<=\d )(?:cases? |cs |boxes |bottles? |packs? )?(?:of (?:the |that |those |your )?)?"
    r"(?!(?:ones?|kinds?|sizes?|versions?|ml)(?![a-z]))([a-z]+)"
    r"(?= *(?:$|[,.;!?+&]|(?:please|pls|and|plus|then|to|for|with)(?![a-z])))"
)
ANNOUNCES = re.compile(
    r"(?:[a-z]+,? ){0,3}?(?:big|large|huge|massive|small|little|quick|long|bumper) (?:one|order)"
    r"(?= (?:for|today|this (?:time|week|month)|coming|again|here|from)(?![a-z])| ?[:,!.-]|$)"
)
TAIL = re.compile(r"(?: ?(?:ones?|sizes?|kind|version|type|bottles?))(?![a-z])|装?的?[那这][个款种瓶只支样]|装?的")
NEXT_WORD = re.compile(r" ?([a-z]+)")
LITRES = re.compile(
    r"(\d(?:\.\d{1,2})?|[一两二半]) ?(?:升|公升|l|litres?|liters?)"
    r"|(?<![a-z])(half |one |two |)(?:litre|liter)s?(?= (?:ones?|bottles?|size|cartons?|packs?)(?![a-z])|$)"
)
SAID: Mapping[str, Decimal] = {
    "half": Decimal("0.5"),
    "one": Decimal(1),
    "": Decimal(1),
    "two": Decimal(2),
    "一": Decimal(1),
    "两": Decimal(2),
    "二": Decimal(2),
    "半": Decimal("0.5"),
}
SWAPPED_IN = re.compile(r"换成?|改成|改为|替|instead of|(?:swap|replace|change)[a-z ]* (?:for|with|to|by)")
FOLLOWING = frozenset(
    "is are was be at how what which instead too please for from to and or but then by with on in as well cost costs "
    "case cases pack packs pallet pallets price stock has have available not only also".split()
)
HOW_MANY = re.compile(r"[几\d一二三四五六七八九十百两多少每]$")  # 「几瓶装」
GAP = re.compile(r"[ ,，的]{0,2}(?:[那这]个|里面?)?(?:in |of )?(?:the )?")


def refer_for(mind: Mind) -> Refer:
    """How the words of this conversation point at products: at those on the draft, those shown, and their families."""
    drafted, shown = [*_offered(mind), *_drafted(mind)], _shown(mind)
    listed = mind.state.listed or mind.state.shown.get("product", ())
    families = Families(
        mind.briefing.linker.product_names,
        mind.briefing.sizes,
        mind.lexicon.values.get("product", {}).get("attribute", {}),
    )

    plain = mind.lexicon.lists.get("plain_english", ())

    def refer(text: str, mentions: Sequence[Mention]) -> list[Mention]:
        mentions = [*mentions, *by_price(text, mind.state.priced)]
        found, used = _narrowed(text, [_of_those_listed(one, text, listed, families) for one in mentions], families)
        announced = ANNOUNCES.match(text) if any(one.kind == "product" and one.sure for one in found) else None
        for start, end, word in _pointed(text, [*((m.start, m.end) for m in found), *used], families):
            if any(one.kind == "product" and 0 <= start - one.end <= 1 and one.sure for one in found):
                continue  # 「纯净水 小瓶那款」: it tells more of the product before it
            if announced is not None and end <= announced.end():
                continue  # "big one for the new year: …" is the order
            named = [mention.codes[0] for mention in found if mention.kind == "product"]
            near = [] if SWAPPED_IN.search(text[:start]) else drafted
            sku = _only(word, (near, listed, shown), [*named, *drafted, *shown], families)
            if sku is None and not named:
                sku = _of_the_catalogue(word, families)
            if sku is not None:
                found.append(Mention("product", (sku,), start, end, text[start:end], sure=False))
        found += _by_what_tells_apart(text, [*found, *(_at(*span) for span in used)], drafted, families, plain)
        return sorted(found, key=lambda mention: mention.start)

    return refer


def _of_those_listed(mention: Mention, text: str, listed: Sequence[str], families: Families) -> Mention:
    """ "The oolong one" of a list: the one listed that is called so, and not the product of that name."""
    pointed = TAIL.match(text, mention.end) is not None
    if mention.kind != "product" or not pointed or len(listed) < 2 or set(mention.codes) & set(listed):
        return mention
    held = families.holding(mention.text, listed)
    return replace(mention, codes=(held[0],)) if len(held) == 1 else mention


def _size(word: str) -> Decimal | None:
    """「一升」, "1.5l": how much it holds, in millilitres."""
    if word.isdigit():
        return Decimal(word)
    found = LITRES.fullmatch(word)
    if found is None:
        return None
    said = (found[1] or found[2] or "").strip()
    number = SAID.get(said) or Decimal(said)
    return number * 1000


def _drafted(mind: Mind) -> list[str]:
    """What is on the order that is being made, the line in question first."""
    skus: list[str] = []
    if mind.state.asked is not None and mind.state.asked.tool.startswith("propose_order"):
        lines, _, _ = restored(mind.state.asked.args)
        skus += [sku for line in lines for sku in ((line.sku,) if line.sku else line.candidates)]
    for call in (mind.state.attempt, mind.state.draft):
        skus += [line["sku"] for line in (call.args.get("lines") if call else None) or ()]
    return list(dict.fromkeys(skus))


def _offered(mind: Mind) -> list[str]:
    """The products among which an open question lets choose: 「550的」 to 「水有几种」."""
    asked = mind.state.asked
    if asked is None or asked.slot != "sku" or asked.tool.startswith("propose_order"):
        return []
    return [choice for choice in asked.choices if mind.briefing.linker.get("product", choice) is not None]


def _shown(mind: Mind) -> list[str]:
    """What was shown last, and what was asked about before it."""
    asked = [str(call.args["sku"]) for call in reversed(mind.state.recent) if call.args.get("sku")]
    return list(dict.fromkeys([*mind.state.shown.get("product", ()), *asked]))


def _only(word: str, near: Sequence[Sequence[str]], known: Sequence[str], families: Families) -> str | None:
    """The one product that the word fits, of those nearest to the conversation first."""
    if (size := _size(word)) is not None:
        pools = (*near, [*known, *families.relatives(known)])
        return next((held[0] for pool in pools if len(held := families.of_size(size, pool)) == 1), None)
    for pool in near:
        if held := families.holding(word, pool):
            return held[0] if len(held) == 1 else None
    for place in range(len(known)):  # the family of what is spoken of first decides
        if held := families.beside(word, families.namesakes(known[place])):
            return held[0]
        family = [known[place], *families.relatives(known[place : place + 1])]
        if held := families.holding(word, family):
            if (literal := _called_so(word, held, families)) is not None:
                return literal
            own = families.called(word, families.heads([known[place]]), held)
            return next((one[0] for one in (held, own) if len(one) == 1), None)
    return next((held[0] for pool in near if (held := families.beside(word, pool))), None)


def _called_so(word: str, held: Sequence[str], families: Families) -> str | None:
    """ "20 jasmine 10 zero": the one product with that very word in its name, where these only mean the same."""
    of_word = [sku for sku, names in families.names.items() if any(stands_in(word, name) for name in names)]
    return of_word[0] if len(of_word) == 1 and of_word[0] not in held else None


def _pointed(text: str, taken: Sequence[tuple[int, int]], families: Families) -> Iterable[Pointed]:
    """Where words point: an attribute by itself, or what is called 「…的」 or "the … one"."""
    found: list[Pointed] = []
    words = sorted({word for words in families.attributes.values() for word in words if word in text}, key=len)
    for word in reversed(words):
        for match in _pattern(word).finditer(text):
            end = _end(text, match.end())
            if HOW_MANY.search(text[: match.start()]):
                continue
            named_next = any(0 <= start - end <= 1 for start, _ in taken)
            if word.isascii() and not named_next and not _stands_by_itself(text, end, match.end()):
                continue
            found.append((match.start(), end, word))
    found += [(match.start(), _end(text, match.end()), match.group()) for match in LITRES.finditer(text)]
    found += [(match.start(1), match.end(), match[1]) for match in SO_MANY_OF.finditer(text)]
    for match in CALLED.finditer(text):
        group = next(name for name in ("zh", "en", "size") if match[name])
        if group == "size" and _of_another_name(text, match.start(), taken):
            continue
        word = _named_at_the_end(next(iter(FILLER.sub(" ", match[group]).split()[::-1]), ""), families)
        if len(word) > 1:
            found.append((match.start(group) + match[group].rfind(word), match.end(), word))
    kept: list[Pointed] = []
    for one in found:
        spans = [*taken, *((other[0], other[1]) for other in kept)]
        if all(one[1] <= start or one[0] >= end for start, end in spans):
            kept.append(one)
    return sorted(kept)


def _of_another_name(text: str, at: int, taken: Sequence[tuple[int, int]]) -> bool:
    """「雪碧500的」: a size right behind a name that isn't known is that one's, and points at nothing."""
    start = max((end for _, end in taken if end <= at), default=0)
    name = NAME_BEFORE.search(text[start:at])
    return name is not None and len(name.group()) > 1 and len(FILLER.sub("", name.group())) > 1


NAME_BEFORE = re.compile(r"[\u4e00-\u9fff]+$")


def _named_at_the_end(word: str, families: Families) -> str:
    """The longest end of it that stands in a product's name: 蓝瓶 of 「现在蓝瓶那个」."""
    if word.isascii():
        return word
    ends = (word[at:] for at in range(len(word) - 1))
    return next((end for end in ends if families.holding(end, list(families.names))), word)


def _of_the_catalogue(word: str, families: Families) -> str | None:
    """「蓝瓶那个」 before anything was spoken of: the one product of all that is called so."""
    held = families.holding(word, list(families.names)) if _size(word) is None else []
    return held[0] if len(held) == 1 else None


def _at(start: int, end: int) -> Mention:
    return Mention("used", (), start, end, "")


TOO = re.compile(r"也|一样多|同样|(?<![a-z])(?:same|as many|too|also|as well)(?![a-z])")


def _by_what_tells_apart(
    text: str, taken: Sequence[Mention], drafted: Sequence[str], families: Families, plain: Collection[str]
) -> list[Mention]:
    """「青柠还有货吗」 beside an order of 青柠气泡水: what its name has and no other on the order."""
    found: list[Mention] = []
    pool = [*drafted, *(families.relatives(drafted) if TOO.search(text) else ())]  # 「青柠也一样多」
    for sku in pool:
        for word in families.telling(sku, pool):
            at = text.find(word) if stands_in(word, text) else -1
            end = at + len(word)
            if word in plain and not _is_pointed_at(word, text):
                continue
            if at >= 0 and all(end <= one.start or at >= one.end for one in (*taken, *found)):
                found.append(Mention("product", (sku,), at, end, word, sure=False))
                break
    return found


def _is_pointed_at(word: str, text: str) -> bool:
    """ "The still one", and not "is the price still the same": whether a plain English word names goods."""
    before = rf"(?<![a-z])(?:the|of|and|cases?|\d+) {word}(?= *(?:$|[,.;!?+&]))"
    return re.search(rf"{before}|(?<![a-z]){word} (?:water|tea|juice|ones?)(?![a-z])", text) is not None


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """Where one of the lexicon's attributes stands; there are a hundred or so."""
    return re.compile(rf"(?<![a-z0-9-]){re.escape(word)}(?![a-z0-9])" if word.isascii() else re.escape(word))


def _end(text: str, at: int) -> int:
    tail = TAIL.match(text, at)
    return tail.end() if tail else at


def _stands_by_itself(text: str, end: int, word_end: int) -> bool:
    """ "The big one" and "30 of the big, please" point; "a big order" doesn't."""
    following = NEXT_WORD.match(text, end)
    return end > word_end or following is None or following[1] in FOLLOWING


def _narrowed(
    text: str, mentions: Sequence[Mention], families: Families
) -> tuple[list[Mention], list[tuple[int, int]]]:
    """Products whose attribute stands right beside their name: 大瓶的可乐, "Shanyu water in glass bottles"."""
    spans = [(mention.start, mention.end) for mention in mentions]
    found, used = list(mentions), []
    for start, end, word in _pointed(f"{text}", spans, families):
        for place, mention in enumerate(found):
            gaps = (text[end : mention.start], text[mention.end : start])
            if mention.kind != "product" or not any(
                GAP.fullmatch(gap)
                for gap, apart in zip(gaps, (mention.start - end, start - mention.end), strict=True)
                if apart >= 0
            ):
                continue
            sku = _beside(mention, word, families)
            if sku is not None:
                found[place] = replace(mention, codes=(sku,))
                used.append((start, end))
                break
    return found, used


def _beside(mention: Mention, word: str, families: Families) -> str | None:
    if len(mention.codes) == 1 and families.holding(word, mention.codes):
        return mention.codes[0]
    if (size := _size(word)) is not None and (held := families.of_size(size, mention.codes)):
        return held[0] if len(held) == 1 else None  # 「450的桃汁」 is one, whatever else is called 450
    relatives = families.relatives(mention.codes)
    for pool in (mention.codes, relatives):
        for held in (families.called(word, [mention.text], pool), families.holding(word, pool)):
            if len(held) == 1:
                return held[0]
    return None
