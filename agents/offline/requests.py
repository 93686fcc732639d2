"""A message as requests: which intent each clause has, and which clauses belong together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from agents.offline.examples import Intent
from agents.offline.intents import IntentClassifier
from agents.offline.understanding import Reading
from core.actor import Role

SURE = 0.55
MARGIN = 0.18
UNSURE = 0.3
DETAIL = 24
RULE = re.compile(
    r"最多(?:能|可以)|能批|几天|多久|什么条件|怎么申请|如何申请|要什么材料|哪些材料|规定|allowed to|the rules?\b"
)
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
        request = self._judge(reading, self.classifier.probabilities(reading.text, by_meaning=False), role)
        if request.probability >= SURE and request.margin >= MARGIN:
            return request
        return self._judge(reading, self.classifier.probabilities(reading.text), role)

    def _judge(self, reading: Reading, probabilities: Mapping[str, float], role: Role) -> Request:
        scores = {name: probabilities.get(name, 0.0) for name in self.intents}
        for name, weight in _evidence(reading, role).items():
            if name in scores:
                scores[name] += weight
        ranked = sorted(scores, key=lambda name: (-scores[name], name))
        first, second = ranked[0], ranked[1]
        return Request(first, scores[first], second, scores[first] - scores[second], reading)


def _evidence(reading: Reading, role: Role) -> dict[str, float]:
    """What the things found in a clause say for an intent, in the currency of probabilities."""
    evidence: dict[str, float] = {}
    if reading.has_lines:
        evidence["propose_order"] = 0.35
    elif reading.of_kind("product"):
        evidence["quote"] = 0.1
    if reading.orders:
        evidence |= {"order_status": 0.3, "propose_cancellation": 0.05, "propose_order_change": 0.05}
        if reading.has_lines:
            evidence |= {"propose_order": -0.3, "propose_order_change": 0.6}
    if role in {Role.REP, Role.MANAGER, Role.FINANCE} and reading.of_kind("region"):
        evidence["sales_summary"] = 0.4
    if role in {Role.REP, Role.MANAGER, Role.FINANCE} and not reading.of_kind("dealer") and reading.stranger is None:
        evidence["sales_summary"] = max(evidence.get("sales_summary", 0.0), 0.25)
    if RULE.search(reading.text):
        evidence["search_knowledge"] = 0.3
    return evidence


def requests_in(whole: Reading, recogniser: Recogniser, role: Role) -> list[Request]:
    """The message's requests in order; clauses that only carry on the one before are joined to it."""
    if len(whole.clauses) <= 1:
        return [recogniser.recognise(whole, role)]
    found = [recogniser.recognise(clause, role) for clause in whole.clauses]
    distinct = {request.intent for request in found if request.sure and request.intent not in FRAMING}
    together = recogniser.recognise(whole, role)
    if together.intent in distinct and not all(_stands_alone(request) for request in found):
        if len(distinct) > 1 and not whole.has_lines:
            return [together]
        found = [request if _stands_alone(request) else replace(request, probability=0.0) for request in found]
        distinct = {request.intent for request in found if request.sure and request.intent not in FRAMING}
    if len(distinct) <= 1:
        main = max(found, key=lambda request: (request.intent in distinct, request.probability))
        return [Request(main.intent, main.probability, main.second, main.margin, whole)]
    return _joined(found)


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
    details = reading.wanted is not None or bool(reading.of_kind("ship_to")) or bool(DELIVERY.match(reading.text))
    ordering = before.intent in {"propose_order", "reorder", "propose_order_change"}
    return ordering and details and not reading.orders and len(reading.text) <= DETAIL


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
