"""A tool's arguments from a reading, led by the tool's own schema; a new tool needs nothing here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from agents.offline.arguments import formats
from agents.offline.arguments.amounts import A_UNIT, meant, taken
from agents.offline.arguments.comparing import beside_it, compared, only_measured_against
from agents.offline.arguments.theother import the_other
from agents.offline.arguments.titles import limit_in, title_in
from agents.offline.arguments.todate import span_of
from agents.offline.reading.briefing import Briefing
from agents.offline.reading.understanding import Reading
from agents.offline.state import DialogueState
from agents.offline.wording.lexicon import Lexicon
from core.language.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Schema:
    """What a tool takes: each argument's JSON schema, and which of them it can't do without."""

    tool: str
    properties: Mapping[str, Mapping[str, Any]]
    required: tuple[str, ...]

    @classmethod
    def of(cls, tool: str, schema: Mapping[str, Any]) -> "Schema":
        """From a JSON schema with its references followed one level."""
        definitions = schema.get("$defs", {})
        properties = {name: _followed(value, definitions) for name, value in schema.get("properties", {}).items()}
        return cls(tool, properties, tuple(schema.get("required", ())))

    def allowed(self, argument: str) -> tuple[str, ...]:
        """The values of an enumeration; empty for any other type."""
        return tuple(str(value) for value in self.properties.get(argument, {}).get("enum", ()))

    def of_format(self, *formats_: str) -> tuple[str, ...]:
        """The arguments of these formats."""
        return tuple(name for name, kind in self.properties.items() if kind.get("format") in formats_)


def _followed(value: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    options = value.get("anyOf", (value,))
    chosen = next((option for option in options if option.get("type") != "null"), value)
    if "$ref" in chosen:
        chosen = definitions.get(chosen["$ref"].rsplit("/", 1)[-1], {})
    return {**value, **chosen}


def fill(schema: Schema, reading: Reading, briefing: Briefing, lexicon: Lexicon) -> dict[str, Any]:
    """Every argument that the words give; what they don't give is left out."""
    found: dict[str, Any] = {}
    for name, kind in schema.properties.items():
        value = _value(schema, name, kind, reading, briefing, lexicon)
        if value is not None:
            found[name] = value
    if "sku" in found:
        found.pop("category", None)  # 「冰红茶」 holds 茶
    elif {"sku", "category"} <= schema.properties.keys() and "category" not in found:
        found |= _of_one_category(schema, reading, briefing)
    _say_time_once(schema, found)
    if {"period", "compare"} <= schema.properties.keys():
        if "compare" not in found:
            found |= compared(reading.text, briefing.today, briefing.fiscal_year_start)
        elif reading.period is not None and only_measured_against(reading.period, reading.text):
            found.pop("period", None)
            found |= beside_it(reading.text, briefing.today, briefing.fiscal_year_start)
    return found


def _of_one_category(schema: Schema, reading: Reading, briefing: Briefing) -> dict[str, str]:
    """ "Water" may be any of several products; where all of them are of one category, that is meant."""
    unclear = [mention for mention in reading.of_kind("product") if len(mention.codes) > 1]
    meant = {briefing.categories.get(code, "") for mention in unclear for code in mention.codes}
    category = next(iter(meant), "")
    return {"category": category} if len(meant) == 1 and category in schema.allowed("category") else {}


def _say_time_once(schema: Schema, found: dict[str, Any]) -> None:
    """「未来三个月」 is three months where the tool takes so many, else a period."""
    for name in schema.of_format(formats.COUNT_OF_MONTHS):
        if name in found and found[name] > schema.properties[name].get("maximum", found[name]):
            del found[name]
        if name in found:
            for other in schema.of_format(formats.MONTHS_AHEAD):
                found.pop(other, None)


def _value(
    schema: Schema, name: str, kind: Mapping[str, Any], reading: Reading, briefing: Briefing, lexicon: Lexicon
) -> Any:
    if name in FREE_TEXT:
        return None
    allowed = schema.allowed(name)
    if (read := formats.READERS.get(kind.get("format", ""))) is not None:
        value = read(reading, briefing)
        return value if value is not None else _numbered(kind, lexicon.value(schema.tool, name, reading.text))
    if name in _READERS and (not allowed or name == "unit"):
        value = _READERS[name](reading)
        if not allowed or value in allowed:
            return value
    found = lexicon.value(schema.tool, name, reading.text, allowed)
    if found is not None and kind.get("type") == "boolean":
        return found == "true"
    return found if found is not None else _by_type(kind, reading)


def _numbered(kind: Mapping[str, Any], value: str | None) -> Any:
    return float(value) if value is not None and kind.get("type") in {"integer", "number"} else value


FREE_TEXT = frozenset({"question", "query", "reason", "topic", "remark"})
_READERS: Mapping[str, Callable[[Reading], Any]] = {
    "sku": lambda reading: reading.code("product"),
    "dealer": lambda reading: reading.code("dealer") or reading.stranger,
    "region": lambda reading: reading.code("region"),
    "ship_to": lambda reading: reading.code("ship_to"),
    "order": lambda reading: reading.orders[0] if reading.orders else None,
    "period": lambda reading: span_of(reading.period) if reading.period else None,
    "wanted_date": lambda reading: reading.wanted.day.isoformat() if reading.wanted else None,
    "title": lambda reading: title_in(reading.original),
    "valid_from": lambda reading: reading.wanted.day.isoformat() if reading.wanted else None,
    "limit": lambda reading: limit_in(reading.text),
    "unit": lambda reading: _unit(meant(reading.quantities)) if reading.quantities else None,
}


def _unit(quantity: Quantity) -> str | None:
    return str(quantity.unit) if quantity.unit else None


def _by_type(kind: Mapping[str, Any], reading: Reading) -> Any:
    """For arguments that we have no own word for: what their type says."""
    if kind.get("format") == "date":
        return reading.wanted.day.isoformat() if reading.wanted else None
    if kind.get("type") in {"integer", "number"} and (reading.quantities or taken(reading)):
        counted = [*reading.quantities, *taken(reading)]
        quantity = meant([one for one in counted if not one.approximate] or counted)  # 「买100送几箱」
        if quantity.value == 1 and A_UNIT.match(quantity.source_text.lower()):
            return None  # 「多少钱一箱」 asks for the price of a case, not of one case
        number = quantity.value
        return int(number) if kind["type"] == "integer" and number == number.to_integral_value() else float(number)
    return None


SUBJECT = frozenset({"region", "dealer", "sku", "category"})
INSTEAD = (("sku", "category"), ("category", "sku"), ("dealer", "region"), ("region", "dealer"))
SEEN_BY_ANY = frozenset({"dealer", "region"})
TIMELESS = frozenset({"overdue", "stock_days", "credit_used"})
LEFT_OUT: Mapping[str, frozenset[str]] = {  # money has no product, and what is overdue is so today
    "collections": frozenset({"sku", "category"}),
    "invoiced": frozenset({"sku", "category"}),
    "overdue": frozenset({"sku", "category", "period"}),
    "stock_days": frozenset({"period"}),
    "credit_used": frozenset({"sku", "category", "period"}),
}
KEPT_FOR_ANOTHER_MEASURE = frozenset({"period", "region", "dealer", "sku", "category"})


def carry_over(schema: Schema, before: Mapping[str, Any], fresh: Mapping[str, Any]) -> dict[str, Any]:
    """The last call's arguments with what the new words replace; 「那上个月呢」 keeps all but the period."""
    kept = {name: value for name, value in before.items() if name in schema.properties and value is not None}
    measured = kept.get("measure", "sell_in" if fresh.get("measure") == "sell_in" else None)  # what is left out
    if fresh.get("measure", measured) != measured:
        kept = {
            name: value
            for name, value in kept.items()
            if name in KEPT_FOR_ANOTHER_MEASURE or (name == "by" and value in SEEN_BY_ANY)
        }
    without = LEFT_OUT.get(str(fresh.get("measure")), frozenset())
    kept = {name: value for name, value in kept.items() if name not in without}
    for said_once in (formats.TIME, formats.PRICE):
        ways = schema.of_format(*said_once)
        if not fresh.keys().isdisjoint(ways):
            kept = {name: value for name, value in kept.items() if name not in ways}
    for one, other in INSTEAD:
        if one in fresh and other not in fresh:
            kept.pop(other, None)
    kept.pop("product", None)  # how much of one product an order holds was asked of that order, and once
    if fresh.get("dealer") not in {None, kept.get("dealer")} and "order" not in fresh:
        kept.pop("order", None)  # an order is one dealer's
    if fresh.get("dealer"):
        kept = {name: value for name, value in kept.items() if name != "filter" and (name, value) != ("by", "dealer")}
    ranked = "limit" in fresh and {fresh.get("by"), kept.get("by")} <= {None, "dealer"}  # the first three
    if fresh.get("by") == "dealer" or fresh.get("filter") or ranked:
        kept.pop("dealer", None)  # who has none, who leads: of all of them again
    kept = _of_those_meant(kept, fresh)
    return {**kept, **fresh}


def _of_those_meant(kept: dict[str, Any], fresh: Mapping[str, Any]) -> dict[str, Any]:
    """Without who was left out: a filter is of all dealers, to rank or compare is of those who did order."""
    if fresh.get("filter"):
        return {name: value for name, value in kept.items() if name in {"period", "region"}}
    if fresh.keys() & {"by", "order", "compare"}:
        kept = {name: value for name, value in kept.items() if name != "filter"}
    of_days = "filter" in kept and "period" not in fresh
    return {name: value for name, value in kept.items() if of_days or name != "quiet_days"}


def from_memory(schema: Schema, args: Mapping[str, Any], state: DialogueState, words: str) -> dict[str, Any]:
    """Arguments that "it" and "the second one" point to, from what was shown last."""
    filled = dict(args)
    if (
        state.refused is not None and state.refused.name == schema.tool and not schema.allowed("order")
    ):  # "yes, cancel it" of what can't be cancelled
        filled |= {"order": state.refused.args["order"]} if state.refused.args.get("order") else {}
        filled |= {"order": args["order"]} if args.get("order") else {}
    for name, kind in (("sku", "product"), ("order", "order"), ("dealer", "dealer")):
        shown = state.shown.get(kind, ())
        elsewhere = name == "order" and args.get("dealer") not in {None, state.arg("dealer")}
        if elsewhere or name not in schema.properties or name in filled or not shown or schema.allowed(name):
            continue  # an enumeration of that name, such as a ranking's order, takes no code
        place = ordinal(words)
        if name == "sku" and (placed := placed_product(words, state)) is not None:
            filled[name] = placed
        elif place is not None and -len(shown) <= place < len(shown):
            filled[name] = shown[place]
        elif (other := the_other(words, kind, state)) is not None:
            filled[name] = other
        elif points_back(words) and len(shown) == 1:
            filled[name] = shown[0]
    if "period" in schema.properties and "period" not in filled and THAT_TIME.search(words) and state.arg("period"):
        filled["period"] = state.arg("period")
    if "dealer" in schema.properties and "dealer" not in filled:
        dealer = _theirs(state) if THEIRS.search(words) else _of_the_ranking(words, state)
        filled |= {"dealer": dealer} if dealer else {}
    return filled


def placed_product(words: str, state: DialogueState) -> str | None:
    """「前面那个呢」 behind the second of a list that was quoted: of that list."""
    place, shown = ordinal(words), state.shown.get("product", ())
    listed = state.listed if len(shown) < 2 and set(shown) <= set(state.listed) else shown
    return listed[place] if place is not None and -len(listed) <= place < len(listed) else None


THAT_TIME = re.compile(
    r"那个?(?:月|季度?|年|段时间|时候的?)|同一?(?:期|时期|个月|季度)|当[月季年](?!度目标)"
    r"|(?<![a-z])(?:that|the same) (?:quarter|month|year|week|period|time)(?![a-z])"
)


def _of_the_ranking(words: str, state: DialogueState) -> str | None:
    """ "The worst one" of who is overdue, 「最多那家」 of a ranking from the most down: the first that was shown."""
    last, shown = state.last, state.shown.get("dealer", ())
    if last is None or last.name != "sales_summary" or last.args.get("order") == "least" or not shown:
        return None
    late = last.args.get("measure") == "overdue"
    return shown[0] if MOST_OF_ALL.search(words) or (late and WORST.search(words)) else None


def of_a_ranking(words: str) -> bool:
    """Whether the words point at one of a ranking: "the worst one", 「最多那家」."""
    return bool(MOST_OF_ALL.search(words) or WORST.search(words))


MOST_OF_ALL = re.compile(r"最多的?那?[家个户]|(?<![a-z])(?:the )?(?:biggest|top|largest) one(?![a-z])")
WORST = re.compile(r"最(?:严重|差|久|长)的?那?[家个户]|(?<![a-z])(?:the )?worst one(?![a-z])")


def _theirs(state: DialogueState) -> str | None:
    """Whose "they" are: the one dealer shown, the first of a ranking, else whom the latest call was about."""
    shown, last = state.shown.get("dealer", ()), state.last
    ranked = last is not None and last.name == "sales_summary" and not last.args.get("dealer") and bool(shown)
    return state.only("dealer") or (shown[0] if ranked else None) or state.arg("dealer")


ORDINALS: Mapping[int, tuple[str, ...]] = {
    0: ("第一个", "第一", "头一个", "前面那个", "前者", "first", "1st"),
    1: ("第二个", "第二", "后面那个", "后者", "second", "2nd"),
    2: ("第三个", "第三", "third", "3rd"),
    3: ("第四个", "第四", "fourth", "4th"),
    4: ("第五个", "第五", "fifth", "5th"),
    -1: ("最后一个", "最后那个", "last one", "the last"),
}
THEIRS = re.compile(
    r"他们|(?<![其吉了除])[他她](?!人)|它(?=上[次回个一]|[这那]边|的|现在|还|欠|订|进|拿|要|最近)|它家|人家|这家|那家|这户"
    r"|那户|这个客户|那个客户|这个经销商|那个经销商"
    r"|(?<![a-z])(?:their|theirs|them|they|they'?(?:ve|re|d)|him|his|he|he'?s|her|she|she'?s)(?![a-z])"
)
BACK = re.compile(
    r"它|[这那](?:个(?!月|季|星期|礼拜|周)|款|单|家)|该(?:产品|单|订单|品|款|家|客户|经销商)|上面|刚才|刚刚"
    r"|(?<![a-z])(?:its?|that|this(?! (?:month|quarter|week|year|season|summer|winter))|those)(?![a-z])"
)


def ordinal(words: str) -> int | None:
    """Which of the things shown: 0 for the first, -1 for the last."""
    return next((place for place, names in ORDINALS.items() if any(name in words for name in names)), None)


def points_back(words: str) -> bool:
    """Whether the words point at something shown before."""
    return BACK.search(words) is not None
