"""What the conversation has in view and the words only touch: the order that waits, one looked at, a price not told."""

import re
from collections.abc import Mapping
from dataclasses import replace

from agents.offline.arguments.completing import complete
from agents.offline.arguments.slots import fill
from agents.offline.evidence.cues import (
    ALTERS,
    AS_BEFORE,
    ASKS,
    CHANGES,
    CONFIRMING,
    CREDIT,
    ONTO_IT,
    PAYS,
    USUAL_PLACE,
)
from agents.offline.mind import Mind
from agents.offline.orders import planning
from agents.offline.orders.doubts import ask_again
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import BRIEF, is_brief


def shown_again(reading: Reading, mind: Mind) -> Plan | None:
    """「行，刚才那单确认」 is no word that confirms: what waits is shown again, with its button."""
    draft, asked = mind.state.draft, mind.state.asked
    open_order = draft is None and asked is not None and asked.tool in {"propose_order", "propose_order_change"}
    if open_order and asked is not None and CONFIRMING.search(reading.text) and not _says_more(reading):
        return Plan((ask_again(asked, mind),))  # 「可以了下单」 while a line is unclear
    if draft is None or draft.name not in mind.schemas or not CONFIRMING.search(reading.text):
        return None
    if _says_more(reading):
        return None
    return Plan((Do(draft.name, draft.args),))


def _says_more(reading: Reading) -> bool:
    """Whether the words do more than confirm."""
    named = reading.mentions or reading.quantities or reading.loose or reading.orders or reading.wanted
    return bool(named or ASKS.search(reading.text) or CHANGES.search(reading.text)) or len(reading.text) > BRIEF


def own_price(reading: Reading, mind: Mind) -> Plan | None:
    """ "What do we pay?" after a price that wasn't told: one's own, of the product that was named."""
    sku = mind.state.in_vain
    if (
        sku is None
        or "quote" not in mind.schemas
        or reading.of_kind("product")
        or mind.briefing.actor.dealer_id is None
    ):
        return None
    own = mind.state.asked_in_vain is not None and OWN.search(reading.text)  # "alright, mine then"
    if not (PAYS.search(reading.text) or own) or reading.orders or reading.period or reading.stranger:
        return None
    return Plan((Do("quote", {"sku": sku, **fill(mind.schemas["quote"], reading, mind.briefing, mind.lexicon)}),))


def price_of_the_draft(reading: Reading, mind: Mind) -> Plan | None:
    """「不含税单价多少」 while an order waits: the price of what stands on it."""
    draft = mind.state.attempt or mind.state.draft
    lines = (draft.args.get("lines") or ()) if draft is not None else ()
    if "quote" not in mind.schemas or not 0 < len(lines) <= FEW or reading.orders or reading.quantities:
        return None
    if reading.mentions or not A_CASE.search(reading.text) or CHANGES.search(reading.text):
        return None
    said = fill(mind.schemas["quote"], reading, mind.briefing, mind.lexicon)
    of_whom = {"dealer": draft.args["dealer"]} if draft is not None and draft.args.get("dealer") else {}
    return Plan(tuple(Do("quote", {"sku": line["sku"], **of_whom, **said}) for line in lines))


FEW = 3
A_CASE = re.compile(
    r"单价|(?:看|查|问|报|给)[一个]?[下个]?价|[一每单][箱件瓶].{0,4}(?:多少|几|价)|(?:不含|没|去|除|扣|未)税|税前"
    r"|(?<![a-z])(?:(?:unit|case|bottle|net) price|price (?:a|per|each)|(?:per|a|each) (?:case|bottle)"
    r"|(?:before|without|excluding|excl|ex|net of) (?:tax|vat))(?![a-z])"
)


def own_instead(reading: Reading, mind: Mind) -> Plan | None:
    """ "And us?" after another dealer's account was refused: the same of one's own."""
    intent = mind.recogniser.intents.get(mind.state.asked_in_vain or "")
    tool = intent.tool if intent is not None else None
    tool = OWN_OF.get(str(tool), tool)
    if tool is None or tool not in mind.schemas or mind.briefing.actor.dealer_id is None or reading.stranger:
        return None
    if not OWN.search(reading.text) or reading.has_lines or len(reading.text) > BRIEF:
        return None
    if tool != "show_account" and CREDIT.search(reading.text):
        return None  # "fine, what do we owe?" behind a ranking that was refused
    return complete(tool, fill(mind.schemas[tool], reading, mind.briefing, mind.lexicon), reading, mind)


OWN_OF: Mapping[str, str] = {"sales_summary": "list_orders"}  # what tells a dealer the same of oneself
OWN = re.compile(
    r"(?:我们?|咱们?|自己|我[家司]|本店|俺们?)(?:自己|家|这边|这里|公司)?的?(?:呢|是?多少|怎么样|有没有|是?什么|[看查])"
    r"|(?<![a-z])(?:and|about|for|what of|just|only) (?:us|me|mine|ours|our own|myself|ourselves)(?![a-z])"
    r"|(?:我们?|咱们?)(?:自己|家|自家)(?:的)?(?:[上本这去今]|\d{1,2}月)[^,，。]{0,6}呢"
    r"|(?:^|[ ,，])(?:ours|mine)(?: then| instead| please| pls)?\W*$|(?:我们?|咱们?)自己的?\W*$"
    r"|(?:我们?|咱们?|自己|我[家司]|俺们?)(?:自己|家|这边|这里|公司)?的(?:吧|就行|好了|也行)?\W*$"
    r"|(?<![a-z])(?:our|my) own(?![a-z])|(?<![a-z])(?:do|are|have) (?:we|i)(?![a-z])"
)


def order_in_view(reading: Reading, mind: Mind) -> str | None:
    """ "Add 20 cases of cola to it", and a change after a cancellation was shown: the order that is spoken of."""
    draft = mind.state.draft
    if "propose_order_change" not in mind.schemas or not CHANGES.search(reading.text) or reading.orders:
        return None
    if draft is not None and draft.name == "propose_cancellation" and reading.of_kind("product"):
        return draft.args.get("order")
    state, seen = mind.state, mind.state.only("order")
    looked_at = draft is None and any(call.name in IN_VIEW for call in state.recent[-3:])
    onto_it = ONTO_IT.search(reading.text) or (
        state.last is not None and state.last.name == "order_status" and ADDS.match(reading.text)
    )
    return seen if looked_at and seen in mind.briefing.changeable and onto_it else None


ADDS = re.compile(
    r" *(?:那|再|还想?|能不能|可不可以|可以|帮我|给我|想|麻烦|请)*[加添]"
    r"|(?:(?:can|could) (?:i|we|you) |please |pls )*add(?![a-z])"
)


def change_of_the_order_in_view(reading: Reading, mind: Mind) -> Plan | None:
    """「还是留着吧，改成25号送」 after an order was looked at, placed, or kept: a change of that one."""
    state = mind.state
    number, last = state.only("order"), state.last
    in_view = last is not None and any(call.name in IN_VIEW for call in state.recent[-3:])
    seen = in_view and state.draft is None and state.attempt is None
    if not seen or number is None or state.asked is not None or reading.orders:
        return None
    if number not in mind.briefing.changeable:
        return None
    asks = ASKS.search(reading.text) and not MAY_I.search(reading.text)
    if "propose_order_change" not in mind.schemas or not ALTERS.search(reading.text) or asks:
        return None
    held = {line["sku"] for line in mind.briefing.changeable[number]}
    named = {code for mention in reading.of_kind("product") for code in mention.codes}
    named |= {code for mention in reading.of_kind("product") for code in mention.codes if code in held}
    moved = reading.wanted is not None or reading.of_kind("ship_to")
    amount = not reading.mentions and len(reading.with_loose_numbers().quantities) == 1 and len(held) == 1
    if (named and not named & held) or not (named or moved or amount):
        return None
    return planning.change_order(replace(reading, orders=(number,)), mind)


def called_off_after_all(reading: Reading, mind: Mind) -> Plan | None:
    """「还是取消好了」, "no, cancel it after all" to the one order in view, whose cancellation was put off before."""
    state = mind.state
    number, last = state.only("order"), state.last
    aside = last is not None and last.name in ASIDES and any(call.name in IN_VIEW for call in state.recent[-3:])
    in_view = last is not None and (last.name in IN_VIEW or aside)
    seen = in_view and state.draft is None and state.attempt is None
    if not seen or number not in mind.briefing.changeable or "propose_cancellation" not in mind.schemas:
        return None
    timed = (reading.period or reading.wanted) and not ORDERED_LATER.search(reading.text)
    named = reading.mentions or reading.quantities or reading.orders or timed
    if named or not AFTER_ALL.search(reading.text) or ASKS.search(reading.text) or not is_brief(reading.text):
        return None
    return Plan((Do("propose_cancellation", {"order": number, "reason": reading.original.strip()}),))


ASIDES = frozenset({"search_knowledge", "show_account"})
ORDERED_LATER = re.compile(
    r"(?:下|过|改)(?:个?周|个?礼拜|个?星期|个?月|几天|两天|次|回)[^,，。]{0,4}(?:重|再|另)?(?:新)?(?:下|订|来|要|拿)|(?:重新|再|重)(?:下|订|拿)"
    r"|(?<![a-z])(?:re-?order|order (?:it )?again|order (?:it )?(?:later|next)|(?:i'?ll|we'?ll|will) order)(?![a-z])"
)
AFTER_ALL = re.compile(
    r"(?:还是|算了|那就?|帮我|给我|直接|确定|干脆|最后|决定)[^,，不别]{0,4}(?:取消|不要了|退[掉了]|撤[掉了销]|作废)"
    r"|(?<![a-z])(?:cancel|call off|scrap|bin|drop) (?:it|that|this|the order|that order|this one)(?![a-z])"
    r"|(?<![a-z])(?:call it off|kill it|scrub it|bin it|pull it|ditch it)(?![a-z])"
)
MAY_I = re.compile(
    r"能不能|可不可以|能否|可否|[能可].{0,24}[吗么不没][?？]?$|(?<![a-z])(?:can|could|may|would) (?:we|you|i)(?![a-z])"
)
IN_VIEW = frozenset({"order_status", "list_orders", "propose_order", "propose_order_change", "propose_cancellation"})


def as_before(reading: Reading) -> bool:
    """Whether it is the order that is to be as before, and not only where it goes."""
    return AS_BEFORE.search(USUAL_PLACE.sub("", reading.text)) is not None


def of_a_span(reading: Reading) -> bool:
    """Orders of a week or a month, of which none is named."""
    return reading.period is not None and reading.period.grain != "day" and not reading.orders
