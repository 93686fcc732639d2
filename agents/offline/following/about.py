"""Short questions about what was just shown: the draft that waits, an order, an account, a price."""

import re
from typing import Any

from agents.offline.arguments.slots import of_a_ranking, ordinal
from agents.offline.arguments.theother import the_other
from agents.offline.evidence.cues import ASKS, OUTCOME, REMEDY
from agents.offline.evidence.money import WHERE_TO_PAY
from agents.offline.evidence.telling import EVERYONE
from agents.offline.mind import Mind
from agents.offline.orders.doubts import ask_again
from agents.offline.plans import Do, Plan
from agents.offline.reading.understanding import Reading
from agents.offline.wording.length import length
from agents.turns import Call

SHORT = 14  # characters, a Latin letter counting a third
CANCELLABLE = re.compile(
    r"(?:能|可以?|可不可以?|能不能|行)[^,，]{0,4}(?:取消|退掉|撤)|(?<![a-z])(?:can|could|may) .{0,14}cancel"
)
SETTLING = frozenset({"propose_order", "propose_order_change", "propose_cancellation"})
DRAFTS = frozenset({"propose_order", "propose_order_change", "propose_replenishment"})


def about_what_was_shown(reading: Reading, mind: Mind) -> Plan | None:
    """「一共多少钱」「送哪」「谁送的」「什么时候要付」: the last call again, which says it; None for anything else."""
    if length(reading.text) > SHORT or _names_something(reading):
        return None
    if REMEDY.search(reading.text) or OUTCOME.search(reading.text) or WHERE_TO_PAY.search(reading.text):
        return None
    at_once = (_one_before, _other_order, _until_when, _of_the_overdue)
    if (shown := next((plan for way in at_once if (plan := way(reading, mind))), None)) is not None:
        return shown
    if mind.recogniser.asks_of_rules(reading, mind.briefing.actor.role):
        return None
    asked, draft = mind.state.asked, mind.state.draft
    if asked is not None and _is_draft_asked_of(asked.tool, reading, mind):
        return Plan((ask_again(asked, mind),))
    if draft is not None and _is_draft_asked_of(draft.name, reading, mind):
        return Plan((Do(draft.name, draft.args),))
    if draft is not None and draft.name == "propose_cancellation" and _asked_of("order_status", reading, mind):
        return Plan((Do("order_status", {"order": draft.args["order"]}),)) if draft.args.get("order") else None
    ways = (_why_of_an_order, _bare_question, _just_placed, _cancellable, _only_listed, _again)
    elsewhere = last_of(mind) in ORDERS and ACCOUNT.search(reading.text)  # 「那他额度一共多少」 behind an order
    elsewhere = elsewhere or (last_of(mind) in ORDERS | PROPOSING and MONEY_DUE.search(reading.text))
    rule = last_of(mind) == "show_account" and AT_MOST.search(reading.text)  # 「最长能用多久」
    found = (way(reading, mind) for way in ways if not (elsewhere or rule))
    return next((plan for plan in found if plan is not None), None)


WHY = re.compile(
    r"为什么|为啥|为何|咋回事|怎么回事|什么原因|(?<![a-z])(?:why|how come|what happened|what for)(?![a-z])"
)
BARE = re.compile(
    r"(?:那|and|so|ok|but| |,)*(?:什么时候|啥时候|几时|几号|哪天|多少|几个|哪[个些张几]?|谁|哪里|哪儿|在哪|到哪"
    r"|when(?: is that| exactly)?|where|how (?:much|many|long)|which(?: ones?)?|who|by when|until when)"
    r"(?:呢|啊|呀|了|的| |[?？.。])*"
)
ACCOUNT = re.compile(
    r"额度|授信|账期|欠[了着]?多少|还欠|逾期|(?<![a-z])(?:credit|limit|balance|owes?|owing|overdue|terms)(?![a-z])"
)
ORDERS = frozenset({"order_status", "list_orders"})
PROPOSING = frozenset({"propose_order", "propose_order_change"})
MONEY_DUE = re.compile(  # 「最近一笔货款啥时候到期」 behind an order: of the account
    r"(?:货款|欠款|账单|一笔款)[^,，。]{0,8}(?:到期|要付|该付|要还|要打)|(?<![a-z])(?:payment|invoice|bill)s?(?![a-z]).{0,12}"
    r"(?<![a-z])due(?![a-z])"
)


def last_of(mind: Mind) -> str:
    """The tool of the last call."""
    return mind.state.last.name if mind.state.last is not None else ""


def _why_of_an_order(reading: Reading, mind: Mind) -> Plan | None:
    """「为啥取消的」, "why" behind one order that was shown or listed: that order, which says the reason."""
    last, shown = mind.state.last, mind.state.shown.get("order", ())
    if last is None or last.name not in ORDERS or len(shown) != 1 or "order_status" not in mind.schemas:
        return None
    return Plan((Do("order_status", {"order": shown[0]}),)) if WHY.search(reading.text) else None


def _bare_question(reading: Reading, mind: Mind) -> Plan | None:
    """「几号？」, "when": a question word and no more, of what was told last."""
    last = mind.state.last
    if last is None or last.name not in TOLD & mind.schemas.keys() or not BARE.fullmatch(reading.text.strip()):
        return None
    return Plan((Do(last.name, _same_again(last, reading, mind)),))


TOLD = frozenset({"order_status", "show_account", "explain_rebate", "quote", "list_contract_dates", "list_promotions"})
TELL_ME = re.compile(
    r"发给?我|给我|告诉我|(?<![a-z])(?:(?:send|give|tell|show) (?:me|us)|please|pls|plz|no\.?|nr|num(?:ber)?)(?![a-z])"
)


def _until_when(reading: Reading, mind: Mind) -> Plan | None:
    """ "Until when is the temporary bit" behind an account that tells of one: the account, and no rule."""
    last = mind.state.last
    if last is None or last.name != "show_account" or last.name not in mind.schemas or AT_MOST.search(reading.text):
        return None
    said = UNTIL.search(reading.text) and TEMPORARY.search(reading.text)
    return Plan((Do(last.name, _same_again(last, reading, mind)),)) if said else None


UNTIL = re.compile(
    r"到几[号时]|到什么时候|到啥时候|到哪[天日]|几号(?:到期|结束|没|失效)|什么时候(?:到期|结束|没|失效|收回)|还有几天|有效期"
    r"|(?<![a-z])(?:'?till?|until|til) when(?![a-z])|(?<![a-z])when (?:does|will|is) .{0,24}"
    r"(?:end|expire|up|over|run out|gone)"
    r"|(?<![a-z])(?:good|valid) (?:until|till|for)|(?<![a-z])how long (?:is|does|will)(?![a-z])"
)
TEMPORARY = re.compile(r"临时|临额|加的?那|(?<![a-z])(?:temp(?:orary)?|extra|additional)(?![a-z])")
AT_MOST = re.compile(r"最[长多久]|一般|规定|(?<![a-z])(?:at most|max(?:imum)?|usually|longest)(?![a-z])")


def _of_the_overdue(reading: Reading, mind: Mind) -> Plan | None:
    """「最久的拖了多少天」 behind who is overdue: that again, which says by how long."""
    last = mind.state.last
    if last is None or last.name != "sales_summary" or last.args.get("measure") != "overdue":
        return None
    again = last.name in mind.schemas and _asked_of(last.name, reading, mind)
    return Plan((Do(last.name, last.args),)) if again else None


def _again(reading: Reading, mind: Mind) -> Plan | None:
    """The last call once more, which says what is asked."""
    last = mind.state.last
    if last is None or last.name not in mind.schemas or last.name.startswith("propose_"):
        return None
    if last.args.get("dealer") and EVERYONE.search(reading.text):
        return None  # 「全国逾期的列给我」 behind one dealer's account
    asks = ASKS.search(reading.text) or TELL_ME.search(reading.text) or len(reading.text) <= SHORT
    if not asks or not _asked_of(last.name, reading, mind):
        return None
    return Plan((Do(last.name, _same_again(last, reading, mind)),))


def _just_placed(reading: Reading, mind: Mind) -> Plan | None:
    """What is asked of an order that was placed, changed or cancelled a moment ago."""
    last, shown, refused = mind.state.last, mind.state.shown.get("order", ()), mind.state.refused
    if refused is not None and refused.name in SETTLING and refused.args.get("order"):
        last, shown = refused, (refused.args["order"],)
    settled = last is not None and last.name in SETTLING and mind.state.draft is None and mind.state.attempt is None
    if (
        not settled
        or len(shown) != 1
        or "order_status" not in mind.schemas
        or not _asked_of("order_status", reading, mind)
    ):
        return None
    return Plan((Do("order_status", {"order": shown[0]}),))


def _cancellable(reading: Reading, mind: Mind) -> Plan | None:
    """「能取消吗」 of the one order that was shown: its cancellation, or why there is none."""
    last, shown = mind.state.last, mind.state.shown.get("order", ())
    of_order = last is not None and last.name in {"order_status", "list_orders"} and len(shown) == 1
    if not of_order or "propose_cancellation" not in mind.schemas or not CANCELLABLE.search(reading.text):
        return None
    return Plan((Do("propose_cancellation", {"order": shown[0], "reason": reading.original.strip()}),))


def _only_listed(reading: Reading, mind: Mind) -> Plan | None:
    """What is asked of the one order that a list held."""
    last, shown = mind.state.last, mind.state.shown.get("order", ())
    listed = last is not None and last.name == "list_orders" and len(shown) == 1 and "order_status" in mind.schemas
    return (
        Plan((Do("order_status", {"order": shown[0]}),))
        if listed and _asked_of("order_status", reading, mind)
        else None
    )


def _asked_of(tool: str, reading: Reading, mind: Mind) -> bool:
    return mind.lexicon.has(f"about {tool}", reading.text)


def _is_draft_asked_of(tool: str, reading: Reading, mind: Mind) -> bool:
    return tool in DRAFTS and tool in mind.schemas and _asked_of(tool, reading, mind)


def _same_again(last: Call, reading: Reading, mind: Mind) -> dict[str, Any]:
    shown = mind.state.shown.get("order", ())
    if last.name == "order_status":
        same = {name: value for name, value in last.args.items() if name != "product"}
        return {**same, "order": shown[0]} if "order" not in same and len(shown) == 1 else same
    if (
        last.name == "explain_rebate"
        and mind.lexicon.has("next tier", reading.text)
        and not OF_THEN.search(reading.text)
    ):
        return {name: value for name, value in last.args.items() if name != "period"}  # a span that is over has none
    return last.args


OF_THEN = re.compile(r"当时|就够|才够|差了|够不到|那时|那[个一]?季|(?<![a-z])(?:was|were|did|then)(?![a-z])")


def _other_order(reading: Reading, mind: Mind) -> Plan | None:
    """ "And the other one" behind two orders that were looked at."""
    if last_of(mind) not in ORDERS or "order_status" not in mind.schemas or ASKS_MORE.search(reading.text):
        return None
    other = the_other(reading.text, "order", mind.state)
    return Plan((Do("order_status", {"order": other}),)) if other is not None else None


ASKS_MORE = re.compile(r"取消|不要|改|换|加|减|再来|(?<![a-z])(?:cancel|change|add|again|drop|move)(?![a-z])")


def _one_before(reading: Reading, mind: Mind) -> Plan | None:
    """「再上一单呢」 after an order was shown: the one that was placed before it."""
    recent, shown = mind.briefing.recent_orders, mind.state.shown.get("order", ())
    if "order_status" not in mind.schemas or len(shown) != 1 or shown[0] not in recent:
        return None
    ways = (("one before", 1), ("one after", -1))
    step = next((by for name, by in ways if mind.lexicon.has(name, reading.text)), 0)
    at = recent.index(shown[0]) + step
    return Plan((Do("order_status", {"order": recent[at]}),)) if step and 0 <= at < len(recent) else None


NO_COUNT = re.compile(r"one$|(?:one|a) case$")  # "the one after that", "what does one case come to"
ON_TOP = re.compile(r"(?<![a-z])(?:more|extra|another|add|plus)(?![a-z])")


def _names_something(reading: Reading) -> bool:
    said = [one for one in (*reading.quantities, *reading.loose) if not one.approximate]
    counted = [one for one in said if ON_TOP.search(reading.text) or not NO_COUNT.match(one.source_text.lower())]
    named = reading.mentions or reading.orders or counted or reading.period or reading.wanted
    return (
        bool(named) or reading.stranger is not None or ordinal(reading.text) is not None or of_a_ranking(reading.text)
    )
