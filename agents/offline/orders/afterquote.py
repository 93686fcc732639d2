"""What follows a price that was told: the price of so many, or the order of it."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from agents.offline.arguments.slots import placed_product
from agents.offline.evidence.comesto import COMES_TO
from agents.offline.evidence.cues import ASKS, EACH, PRICE, WANTS
from agents.offline.mind import Mind
from agents.offline.orders.bothquoted import both_quoted
from agents.offline.orders.doubts import TOOL, asks_something, details_in, lines_in, pointed_at, proposed_or_asked
from agents.offline.orders.lines import Line, settle
from agents.offline.orders.revising import revise
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.filler import FILLER
from agents.turns import Call
from core.proposals.rules import confirms


def _priced_last(mind: Mind) -> Call | None:
    """The last call, where it was for a price, or one of the last turn that lacked the dealer."""
    last = mind.state.refused if mind.state.refused is not None else mind.state.last
    return last if last is not None and last.name == "quote" and last.args.get("sku") else None


ASIDES = frozenset({"search_knowledge", "show_account", "list_promotions"})


def _priced_before(reading: Reading, mind: Mind) -> Call | None:
    """ "Ok 100 then" behind a question that came in between: what was quoted before it, where so much is wanted."""
    recent = [call for call in mind.state.recent if call.ok][-3:]
    aside = bool(recent) and recent[-1].name in ASIDES and mind.state.asked is None
    named = reading.mentions or reading.orders or reading.period
    if not aside or named or ASKS.search(reading.text) or len(reading.with_loose_numbers().quantities) != 1:
        return None
    if not (_agreed(reading) or WANTS.search(reading.text)):
        return None
    before = next((call for call in reversed(recent) if call.name not in ASIDES), None)
    return before if before is not None and before.name == "quote" and before.args.get("sku") else None


def after_a_quote(reading: Reading, mind: Mind) -> Plan | None:
    """「要是拿100箱呢」, 「行，下单」, "make it 60 and add 10 of the water"; None for anything else."""
    last = _priced_last(mind)
    if last is None:
        before = _priced_before(reading, mind) if TOOL in mind.schemas and mind.state.draft is None else None
        return _ordered(_as_line(before, mind), reading, mind) if before is not None else None
    if (supposed := _supposing(reading, mind)) is not None:
        return _supposed(supposed, mind)
    with_draft = mind.state.draft is not None  # then an addition is to the draft
    if TOOL not in mind.schemas or not mind.state.fresh_quote or with_draft or PRICE.search(reading.text):
        return None
    if _for_another(reading, last):
        return None
    return _ordered(_quoted(mind), reading, mind)


def _for_another(reading: Reading, last: Call) -> bool:
    """Other goods for another dealer than the price was for: an order of its own."""
    dealer, named = reading.code("dealer"), {code for one in reading.of_kind("product") for code in one.codes}
    other = dealer is not None and last.args.get("dealer") not in {None, dealer}
    return other and bool(named) and last.args["sku"] not in named


def _ordered(quoted: Line, reading: Reading, mind: Mind) -> Plan | None:
    """What was quoted, as an order, where the words want that."""
    if confirms(reading.text) or mind.lexicon.is_one("order it", reading.text):
        return proposed_or_asked([quoted], {}, mind)
    both = both_quoted(reading, mind)
    if both and not asks_something(reading, mind):
        return proposed_or_asked(both, details_in(reading, mind), mind)
    if quoted.quantity is None and OF_THOSE.search(reading.text) and not ASKS.search(reading.text):
        return _so_many(quoted, reading.with_loose_numbers(), mind)
    each = pointed_at(reading, mind) if EACH.search(reading.text) and not reading.mentions else []
    if len(each) > 1 and not asks_something(reading, mind):
        return proposed_or_asked(each, details_in(reading, mind), mind)
    wants = any(said.search(reading.text) for said in (WANTS, OF_THOSE, WRITES)) or _agreed(reading)
    if not wants or asks_something(reading, mind):
        return None
    if quoted.quantity is None:
        return _so_many(quoted, reading.with_loose_numbers(), mind)
    counted = reading.with_loose_numbers()
    named = {code for mention in reading.of_kind("product") for code in mention.codes}
    if quoted.sku in named and counted.has_lines and not _more_of(quoted, counted):
        return proposed_or_asked(lines_in(counted, mind), details_in(reading, mind), mind)
    changed = revise([quoted], counted, mind.briefing, mind.lexicon)
    if (
        changed is None
        and not reading.of_kind("product")
        and [one.value for one in counted.quantities] == [quoted.quantity]
    ):
        changed = [quoted]  # "ok 300 please" to the price of 300
    return proposed_or_asked(changed, details_in(reading, mind), mind) if changed else None


def _more_of(quoted: Line, reading: Reading) -> bool:
    """「核桃再来50」, and not 「核桃50，再来20箱椰汁」, which is more of nothing."""
    breaks = [0, *(found.end() for found in PART.finditer(reading.text)), len(reading.text) + 1]
    for start, end in pairwise(breaks):
        named = [one for one in reading.of_kind("product") if start <= one.start < end]
        other = named and all(quoted.sku not in one.codes for one in named)
        if MORE.search(reading.text[start:end]) and not other:
            return True
    return False


PART = re.compile(r"[,，;；。]|(?<![a-z])(?:and|plus)(?![a-z])")
WRITES = re.compile(  # that what was quoted be put on paper
    r"[开写录做拟]个?单|拟一?下|(?:开|写|录|记)(?:上|下来|进去|出来)"
    r"|(?<![a-z])(?:(?:write|draw|ring|type) (?:it|that|them|those|this|me)? ?up|(?:write|draw) up"
    r"|put (?:it|that|them|this|the order) (?:through|in|down))(?![a-z])"
)


def _agreed(reading: Reading) -> bool:
    """ "Ok 60 then": a word of agreement, a number, and nothing else."""
    counted = reading.with_loose_numbers().quantities
    left = "".join(
        " " if any(one.span[0] <= at < one.span[1] for one in counted) else char for at, char in enumerate(reading.text)
    )
    agrees = AGREES.search(reading.text) or TRIAL.search(reading.text)
    return len(counted) == 1 and agrees is not None and not FILLER.sub("", TRIAL.sub(" ", left))


OF_THOSE = re.compile(
    r"\d ?(?:cases? |boxes |packs? |pallets? |bottles? )?of (?:those|these|them|that|it|that one|this one)(?![a-z])"
    r"|(?:这|那|它)个?[来要拿订]\d+ ?[箱件]?(?=[,，和跟加再 ])"
)
AGREES = re.compile(
    r"^(?:好|行|那就?|可以|成)|(?<![a-z])(?:ok|okay|k|kk|cool|great|good|sure|deal|go|fine|alright|right|yes"
    r"|just|then)(?![a-z])"
)


TRIAL = re.compile(
    r"(?:先|就)?(?:试|尝)(?:一?[试尝下]|[试尝]看|看|卖|个?水|点|几天)?(?:看|先|吧)?|探探路"
    r"|(?<![a-z])(?:to (?:try|test|start|begin)(?: with| out| it(?: out)?)?"
    r"|(?:try|test) (?:it|out)|(?:for|as) (?:a |the )?(?:trial|test|try|sample|taster|start|now)|for starters"
    r"|first)(?![a-z])"
)
THIS_ONE = re.compile(r"(?:就|要)?(?:这|那|前面那?|刚才那?|上面那?)[个款种样](?:就|先)?")
OF_THOSE = re.compile(
    r"\d ?(?:cases? |boxes |pallets? |packs? |bottles? |cs )?(?:of )?(?:those|these|them|that one|this one)(?![a-z])"
    r"|(?:这|那|前面那?|刚才那?)[个款种样][^,，。]{0,3}\d|(?:那?就|先|给我|帮我)下[\d一二两三四五六七八九十百半]"
)


def _supposing(reading: Reading, mind: Mind) -> Reading | None:
    """「要是拿100箱呢」, 「300呢」, 「买20箱送几箱」: a number alone counts what was quoted."""
    counted = reading.with_loose_numbers()
    for_another = mind.briefing.actor.dealer_id is None and FOR_SO_MANY.match(reading.text)
    if (AND_SO_MANY.search(reading.text) or for_another) and _only_a_quantity(counted):
        return counted
    last = _priced_last(mind)
    before = last.args.get("quantity") if last is not None and mind.state.draft is None else None
    if before and _says_only(counted) and counted.quantities[0].value != before:
        return counted  # 「三百」 behind the price of a hundred
    asks = COMES_TO.search(reading.text) and ASKS.search(reading.text)
    supposes = mind.lexicon.has("what_if", reading.text) or asks or CHEAPER.search(_not_pointing(reading))
    return counted if supposes and counted.quantities else None


def _not_pointing(reading: Reading) -> str:
    """The words but for "the cheaper one", which names a product."""
    return reading.without((one.start, one.end) for one in reading.of_kind("product"))


def _so_many(quoted: Line, reading: Reading, mind: Mind) -> Plan | None:
    """ "ok put me down for 80", 「要30箱，再配200箱橙汁」: what names no product is of the one quoted."""
    lines = [
        line if line.sku or line.candidates or _is_another(line, mind) else _of_quoted(line, quoted, mind)
        for line in lines_in(reading, mind)
    ]
    if not lines or all(line.sku != quoted.sku for line in lines):
        return None
    return proposed_or_asked(lines, details_in(reading, mind), mind)


def _is_another(line: Line, mind: Mind) -> bool:
    """「大的要10箱」「20箱雪碧」 beside the one quoted: another product, whichever that is."""
    if TRIAL.fullmatch(line.words) or THIS_ONE.fullmatch(line.words):
        return False
    if len(line.words) > 1 and not line.words.isascii():
        return True
    return mind.lexicon.value("product", "attribute", f"{line.words}的 {line.words}") is not None


def _of_quoted(line: Line, quoted: Line, mind: Mind) -> Line:
    return settle(replace(line, sku=quoted.sku, candidates=()), mind.briefing)


CHEAPER = re.compile(
    r"(?:会不会|会|能不能|能|可不可以|可以|有没有|是不是|更)[^,，。]{0,4}(?:便宜|优惠|低|划算|打折|折扣|好价)"
    r"|(?:便宜|优惠|划算)[些点一]?(?:吗|么|不|没|多少)"
    r"|(?<![a-z])(?:cheaper|better (?:price|rate|deal)|(?:price|a|any) break|come down"
    r"|less (?:per|a) case|discount)(?![a-z])"
)
AND_SO_MANY = re.compile(
    r"(?:呢|的话|怎么样|怎样|又?是?多少|几[多钱])[?？]?$|^\D{0,4}\d+ ?(?:箱|件|托|提)?(?:以上|往上|起)[呢?？]*$"
    r"|^\D*\d+ ?(?:箱|件|托|提|板|cases?|cs|pallets?|packs?|boxes)?[?？]$"
    r"|(?<![a-z])(?:(?:what|how) about|versus|vs\.?)(?![a-z])|^(?:so |ok )?(?:and|or|but|at|for|with)(?![a-z])"
)


FOR_SO_MANY = re.compile(r"^(?:那|要是)\D{0,3}\d+ ?(?:箱|件|托|提|瓶)?$")


def _only_a_quantity(reading: Reading) -> bool:
    named = len(reading.mentions) - len(reading.of_kind("product"))
    return len(reading.quantities) == 1 and not named and not reading.orders and len(reading.mentions) < 2


def _says_only(reading: Reading) -> bool:
    """A number without a unit, and no other word in the whole message."""
    left = reading.without(one.span for one in reading.quantities)
    whole = reading.clauses and not left.strip(" ?？。.!！")  # what is left of "too much, let's do 12" has no clauses
    alone = len(reading.quantities) == 1 and reading.quantities[0].unit is None
    return alone and not reading.mentions and bool(whole)


def _quoted(mind: Mind) -> Line:
    last = _priced_last(mind)
    assert last is not None
    return _as_line(last, mind)


def _as_line(priced: Call, mind: Mind) -> Line:
    args = priced.args
    quantity = Decimal(str(args["quantity"])) if args.get("quantity") else None
    return settle(Line(args["sku"], quantity, args.get("unit") if quantity else None), mind.briefing)


def _supposed(reading: Reading, mind: Mind) -> Plan:
    last = _priced_last(mind)
    assert last is not None
    quantity = reading.quantities[0]
    before, value = last.args.get("quantity"), quantity.value
    if before and MORE.search(reading.text) and not reading.mentions:
        value += Decimal(str(before))  # 「多拿一箱呢」
    placed = placed_product(reading.text, mind.state)
    args = {"sku": reading.code("product") or placed or last.args["sku"], "quantity": number(value)}
    args |= {name: last.args[name] for name in ("dealer",) if last.args.get(name)}
    args |= {"dealer": reading.code("dealer")} if reading.code("dealer") else {}
    args |= {"before_tax": True} if mind.lexicon.value("quote", "before_tax", reading.text) == "true" else {}
    return Plan((Do("quote", args | ({"unit": str(quantity.unit)} if quantity.unit else {})),))


MORE = re.compile(
    r"(?:多|再加?|加)[拿要来订进买加]?[\d一两二三四五六七八九十百]|(?<![a-z])(?:more|extra|on top)(?![a-z])"
)


def number(value: Decimal) -> int | float:
    """As JSON writes it."""
    return int(value) if value == value.to_integral_value() else float(value)
