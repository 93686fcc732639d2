"""A message as requests: which intent each clause has, and which clauses belong together."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from agents.offline.examples import Intent
from agents.offline.intents import IntentClassifier
from agents.offline.slots import ordinal
from agents.offline.understanding import Reading
from core.actor import Role

SURE = 0.55
MARGIN = 0.18
UNSURE = 0.3
DETAIL = 24
KNOWLEDGE = "search_knowledge"
ASKS = re.compile(
    r"[?？吗么呢几谁怎咋哪]|多少|多久|什么|如何|不$"
    r"|\b(?:how|what|when|where|who|which)\b|^(?:can|may|must|should|do|does|is|are|will|would)\b"
)
OWN_CASE = re.compile(
    r"我(?:们|家|司|这边)?(?:的|这|那|现在|目前|最近|还|本|上|到)|现在|目前|[本这](?:个)?(?:季|月|周)"
    r"|\b(?:my|our)(?: \w+){0,2} (?:order|rebate|account|balance|credit|debt|limit|line|terms|tier|target|payment)"
    r"|\b(?:so far|right now|currently|this quarter|this month)\b|\b(?:are|have|did|were|was|am) (?:we|i)\b"
)
QUESTION, GENERAL = 0.18, 0.27  # see benchmarks/README.md, Handbook
UNLIKELY = 0.03
A_MONTH = 28  # days
CALLED_OFF = re.compile(
    r"(?:do not|don't|no longer) (?:need|want)|call(?:ed)? (?:it |this |that )?off|(?<![a-z])cancel"
    r"|取消|不要了|作废|退掉|撤掉"
)
WHERE_GOODS = re.compile(
    r"(?:where(?:'?s| is| are)|any (?:news|word|sign|update)|(?:has|have)(?:n'?t| not)|still not|not yet|waiting for).*"
    r"(?:stuff|goods|delivery|deliveries|shipment|truck|driver|parcel|order)"
    r"|(?:stuff|goods|delivery|shipment|truck|driver|parcel).*(?:has|have)(?:n'?t| not)|(?:stuff|goods|delivery).*where"
    r"|(?:[货单]|订单|司机|东西).{0,6}(?:在哪|到哪|哪[儿里]了|没到|还没|没来)"
)
REMEDY = re.compile(r"赔|补偿|投诉|索赔|怎么办|处理|规定|compensat|claim|complain|refund|policy|what if")
SEVERAL = re.compile(r"哪些|哪几|所有|全部|几张|which|(?<![a-z])(?:list|all|orders)(?![a-z])")
PRICE = re.compile(r"(?<![a-z])(?:price|cost|how much|quote)|多少钱|价格|单价|报价|含税|什么价")
STOCK = re.compile(r"有货|还有|库存|现货|in stock|available")
OWN_ORDER = re.compile(r"单|(?<![a-z])orders?(?![a-z])")
AS_BEFORE = re.compile(
    r"上[一次回单]|一样|同样|照旧|照[着上]|老样子|原样|(?<![a-z])(?:same|last|previous|repeat|again|usual)(?![a-z])"
)
CARRIES_ON = re.compile(r"^ *(?:还有|还要|再|另外|加|以及|和|跟|外加|(?:and|also|plus|as well as)(?![a-z]))")
EACH = re.compile(r"各|每样|每种|\beach\b")
BETWEEN = re.compile(r"[\s,，、.。]+|\band\b|和|跟")
DELIVERY = re.compile(r"^ *(?:please )?(?:deliver|ship|send|送|发)(?!ed|ing|ment|货了|了|没)")


@dataclass(frozen=True, slots=True)
class Request:
    """A stretch of the message with the intent that it most likely has, how likely, and the runner-up."""

    intent: str
    probability: float
    second: str
    margin: float
    reading: Reading

    @property
    def sure(self) -> bool:
        """Whether there is no need to ask."""
        return self.probability >= UNSURE


@dataclass(frozen=True)
class Recogniser:
    """The trained classifier with what the things found say for an intent."""

    intents: Mapping[str, Intent]
    classifier: IntentClassifier

    def recognise(self, reading: Reading, role: Role) -> Request:
        """One clause: by words and cues where these settle it, else by meaning too."""
        by_words = self.classifier.probabilities(reading.text, by_meaning=False)
        request = self._judge(reading, by_words, role)
        if request.probability >= SURE and request.margin >= MARGIN and not self._torn(request, by_words):
            return request
        return self._judge(reading, self.classifier.probabilities(reading.text), role)

    def _torn(self, request: Request, by_words: Mapping[str, float]) -> bool:
        """A rule and the asker's own case are put in the same words: only the meaning of the whole tells them apart."""
        if request.intent == KNOWLEDGE and _names_a_period(request.reading):
            return True
        rule = self._asks_generally(request.reading.text)
        return rule and request.intent != KNOWLEDGE and by_words.get(KNOWLEDGE, 0.0) >= UNLIKELY

    def _asks_generally(self, text: str) -> bool:
        return any(cue.search(text) for cue in self._general)

    @cached_property
    def _general(self) -> tuple[re.Pattern[str], ...]:
        intent = self.intents.get(KNOWLEDGE)
        return tuple(re.compile(cue) for cue in intent.cues) if intent else ()

    def _rule(self, reading: Reading) -> float:
        """What the form of a question says for a rule: training saw as many examples of each intent, dealers don't.

        Who names an order or a period asks of their own; who names a product, of its price, unless a rule is asked for.
        """
        if _names_a_period(reading):
            return -GENERAL
        if reading.orders or ordinal(reading.text) is not None or not ASKS.search(reading.text):
            return 0.0
        general = self._asks_generally(reading.text) and not OWN_CASE.search(reading.text)
        if general:
            return QUESTION + GENERAL
        return 0.0 if reading.of_kind("product") and len(reading.text) <= DETAIL else QUESTION

    def _judge(self, reading: Reading, probabilities: Mapping[str, float], role: Role) -> Request:
        scores = {name: probabilities.get(name, 0.0) for name in self.intents}
        for name, weight in (*_evidence(reading, role).items(), (KNOWLEDGE, self._rule(reading))):
            if name in scores:
                scores[name] += weight
        ranked = sorted(scores, key=lambda name: (-scores[name], name))
        first, second = ranked[0], ranked[1]
        return Request(first, scores[first], second, scores[first] - scores[second], reading)


def _names_a_period(reading: Reading) -> bool:
    """A month or more by name, as accounts have them; "today" and "last week" stand in rules too."""
    return reading.period is not None and (reading.period.end - reading.period.start).days >= A_MONTH


def _evidence(reading: Reading, role: Role) -> dict[str, float]:
    """What the things found in a clause say for an intent, in the currency of probabilities."""
    evidence: defaultdict[str, float] = defaultdict(float)
    for found in (
        _of_goods(reading, role),
        _of_orders(reading),
        _of_sales(reading, role),
        _of_whereabouts(reading, role),
    ):
        for intent, weight in found.items():
            evidence[intent] += weight
    return dict(evidence)


def _of_goods(reading: Reading, role: Role) -> dict[str, float]:
    priced = bool(PRICE.search(reading.text))
    if reading.is_list and not priced:
        return {"propose_order": 1.15}
    if reading.has_lines:
        return {"propose_order": 0.35}
    if not reading.of_kind("product"):
        return {}
    return {"quote": 0.5 if priced and not reading.orders and role in {Role.OWNER, Role.BUYER} else 0.1}


def _of_orders(reading: Reading) -> dict[str, float]:
    if not reading.orders:
        return {}
    found = {"order_status": 0.3, "propose_cancellation": 0.05, "propose_order_change": 0.05}
    if not reading.of_kind("product"):
        found["quote"] = -0.6
    if reading.has_lines:
        found |= {"propose_order": -0.3 - 0.35, "propose_order_change": 0.6}
    elif CALLED_OFF.search(reading.text):
        found["propose_cancellation"] = 0.7
    return found


def _of_sales(reading: Reading, role: Role) -> dict[str, float]:
    if role not in {Role.REP, Role.MANAGER, Role.FINANCE}:
        return {}
    if reading.of_kind("region"):
        return {"sales_summary": 0.4}
    return {} if reading.of_kind("dealer") or reading.stranger is not None else {"sales_summary": 0.25}


def _of_whereabouts(reading: Reading, role: Role) -> dict[str, float]:
    """A dealer who misses the goods asks for the order, unless a product or a remedy is what it is about."""
    dealer = role in {Role.OWNER, Role.BUYER} and not reading.of_kind("product")
    asked = dealer and WHERE_GOODS.search(reading.text) and not REMEDY.search(reading.text)
    return {"order_status": 1.0} if asked and not SEVERAL.search(reading.text) else {}


def requests_in(whole: Reading, recogniser: Recogniser, role: Role) -> list[Request]:
    """The message's requests in order; clauses that only carry on the one before are joined to it."""
    clauses = _named_then_asked(whole.clauses)
    if len(clauses) <= 1:
        return [recogniser.recognise(whole, role)]
    found = _in_context([recogniser.recognise(clause, role) for clause in clauses])
    as_before = found[0].intent == "reorder" and AS_BEFORE.search(found[0].reading.text)
    if as_before and all(_changes_lines(request) for request in found[1:]):
        return [replace(found[0], reading=whole)]
    distinct = {request.intent for request in found if request.sure and request.intent not in FRAMING}
    together = recogniser.recognise(whole, role)
    if together.intent == "anger" and together.probability > WORDY_ALONE and not ASKS.search(whole.text):
        return [together]
    alone = {request.intent for request in found if request.intent not in FRAMING and _stands_alone(request)}
    if len(alone) < 2 < len(distinct) + 1 and _may_be_one(together, whole):
        return [together]
    if together.intent in distinct and not all(_stands_alone(request) for request in found):
        if len(distinct) > 1 and not whole.has_lines:
            return [together]
        found = [request if _stands_alone(request) else replace(request, probability=0.0) for request in found]
        distinct = {request.intent for request in found if request.sure and request.intent not in FRAMING}
    if len(distinct) <= 1:
        main = max(found, key=lambda request: (request.intent in distinct, request.probability))
        if _may_be_one(together, whole) and together.probability > main.probability:
            return [together]
        return [Request(main.intent, main.probability, main.second, main.margin, whole)]
    return _joined(found)


def _may_be_one(together: Request, whole: Reading) -> bool:
    """Whether a premise and its question, taken together, ask one thing: 「货到了，少两箱找谁」."""
    return together.sure and together.intent not in FRAMING and not whole.has_lines


def _named_then_asked(clauses: Sequence[Reading]) -> list[Reading]:
    """「绿茶，多少钱一箱」: a clause that only names a product belongs to the one that asks about it."""
    joined: list[Reading] = []
    for clause in clauses:
        asks = PRICE.search(clause.text) or STOCK.search(clause.text)
        if joined and asks and not clause.of_kind("product") and _only_names(joined[-1]):
            joined[-1] = _join(joined[-1], clause)
        else:
            joined.append(clause)
    return joined


def _changes_lines(request: Request) -> bool:
    """Whether a clause after 「照上一单再来」 says what is to be different, and asks nothing."""
    reading = request.reading
    ordering = request.intent in {"propose_order", "propose_order_change", "reorder", "propose_cancellation"}
    return (
        not reading.orders and not PRICE.search(reading.text) and (ordering or not request.sure or _is_detail(reading))
    )


def _in_context(found: Sequence[Request]) -> list[Request]:
    """Clauses that mean what the one before means: more lines of an order, when what is sold out comes."""
    read: list[Request] = []
    for request in found:
        before = read[-1].intent if read else ""
        text = request.reading.text
        if before in {"propose_order", "reorder"} and _more_lines(request):
            read.append(replace(request, intent=before, probability=max(request.probability, SURE)))
        elif before == "quote" and request.intent == "order_status" and _about_stock(read[-1], text):
            read.append(replace(request, intent="quote"))
        elif before == "propose_cancellation" and request.intent == "deny":
            read.append(replace(request, intent=before))
        else:
            read.append(request)
    return read


def _more_lines(request: Request) -> bool:
    reading = request.reading
    return reading.has_lines and not PRICE.search(reading.text) and bool(CARRIES_ON.match(reading.text))


def _about_stock(before: Request, text: str) -> bool:
    return bool(STOCK.search(before.reading.text)) and not OWN_ORDER.search(text)


def _stands_alone(request: Request) -> bool:
    """Whether a clause is a request in its own right and no remark on the one beside it."""
    reading = request.reading
    own = bool(reading.orders) or reading.has_lines or bool(reading.of_kind("product"))
    return request.probability >= (OWN if own else ALONE) and (
        request.intent not in WORDY or request.probability > WORDY_ALONE
    )


OWN, ALONE, WORDY_ALONE = 0.45, 0.6, 0.8
WORDY = frozenset({"search_knowledge", "ask_for_person", "help", "out_of_scope", "anger"})
FRAMING = frozenset({"greet", "thanks", "chat", "affirm", "out_of_scope"})


def _joined(found: Sequence[Request]) -> list[Request]:
    joined: list[Request] = []
    for request in found:
        if request.intent in FRAMING:
            continue
        same = joined and (request.intent == joined[-1].intent or not request.sure)
        if joined and (_completes(joined[-1], request) or (same and request.intent not in _REPEATABLE)):
            before = joined[-1]
            joined[-1] = Request(
                before.intent, before.probability, before.second, before.margin, _join(before.reading, request.reading)
            )
        else:
            joined.append(request)
    return joined


def _completes(before: Request, request: Request) -> bool:
    """「…，周五送浦东店」 says when and where an order goes, 「我要下单，矿泉水」 of what; they ask nothing."""
    reading = request.reading
    open_ended = not before.reading.of_kind("product") or bool(EACH.search(before.reading.text))
    if before.intent == "propose_order" and open_ended and _only_names(reading):
        return True
    details = _is_detail(reading)
    ordering = before.intent in {"propose_order", "reorder", "propose_order_change"}
    return ordering and details and not reading.orders and len(reading.text) <= DETAIL


def _is_detail(reading: Reading) -> bool:
    delivered = bool(reading.of_kind("ship_to")) or bool(DELIVERY.match(reading.text))
    return reading.wanted is not None or delivered


def _only_names(reading: Reading) -> bool:
    """Whether a clause is the names of products and nothing else."""
    products = reading.of_kind("product")
    named = {place for mention in products for place in range(mention.start, mention.end)}
    rest = "".join(char for place, char in enumerate(reading.text) if place not in named)
    return bool(products) and not BETWEEN.sub("", rest)


_REPEATABLE = frozenset({"quote", "order_status"})


def _join(first: Reading, second: Reading) -> Reading:
    shift = len(first.text) + 1
    mentions = tuple(replace(m, start=m.start + shift, end=m.end + shift) for m in second.mentions)
    quantities = tuple(replace(q, span=(q.span[0] + shift, q.span[1] + shift)) for q in second.quantities)
    return Reading(
        f"{first.text}，{second.text}",
        f"{first.original}，{second.original}",
        first.mentions + mentions,
        first.quantities + quantities,
        first.period or second.period,
        first.wanted or second.wanted,
        first.orders + second.orders,
        first.stranger or second.stranger,
    )
