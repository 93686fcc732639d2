"""What the conversation is about: a pure fold over its recorded turns, whichever brain made them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from agents.offline.reading.dearness import Priced, priced_after
from agents.offline.wording.length import length
from agents.turns import Asked, Call, Said
from core.replies import Reply

REMEMBERED = 8
ENOUGH = 5  # characters that name a matter, a Latin letter counting a third
DROPPED = "draft dropped"  # shown with a reply that says so; what waits for a press waits on


@dataclass(frozen=True, slots=True)
class DialogueState:
    """``asked`` is the question that the last reply left open; ``draft`` the proposing call that waits for a press,
    ``refused`` a call of the last turn that was refused, ``attempt`` one whose order can't be placed as it stands,
    ``fresh_quote`` whether the last reply told a price, ``priced`` the products whose prices were told last, with
    these, ``amounts`` what the orders shown last come to,
    ``in_vain`` the product of a message that no tool answered, ``asked_in_vain`` what it wanted to know of others,
    ``alternatives`` those among which a product was to be chosen last,
    ``listed`` the products of the latest list, ``looked_at`` the orders that were shown one by one,
    ``orders`` those of the latest list of orders, ``offered`` what the
    last reply's choices say, ``said`` the last message that names a matter."""

    asked: Asked | None = None
    draft: Call | None = None
    draft_proposal: str = ""
    last: Call | None = None
    refused: Call | None = None
    attempt: Call | None = None
    recent: tuple[Call, ...] = ()
    shown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fresh_quote: bool = False
    priced: Priced = ()
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    in_vain: str | None = None
    asked_in_vain: str | None = None
    alternatives: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    looked_at: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    said: str = ""

    def arg(self, name: str) -> Any:
        """The latest value that a call gave to an argument, refused or not, if any still in memory did."""
        calls = (*self.recent, *((self.refused,) if self.refused else ()))
        return next((call.args[name] for call in reversed(calls) if call.args.get(name)), None)

    def only(self, kind: str) -> str | None:
        """The one thing of a kind that the replies showed last, or that a message named in vain."""
        shown = self.shown.get(kind, ())
        return shown[0] if len(shown) == 1 else None


def fold_turns(turns: Sequence[Said]) -> DialogueState:
    """The state after the turns, oldest first."""
    state = DialogueState()
    for turn in turns:
        state = _after(state, turn)
    return state


def _after(state: DialogueState, turn: Said) -> DialogueState:
    shown = dict(state.shown)
    for kind in {item.kind for item in turn.reply.shown}:
        shown[kind] = tuple(item.code for item in turn.reply.shown if item.kind == kind)
    done = [call for call in turn.calls if call.ok]
    recent = (*state.recent, *done)[-REMEMBERED:]
    refused = next((call for call in turn.calls if not call.ok), None)
    state = replace(
        state,
        said=_matter(state.said, turn.text),
        refused=refused,
        asked=turn.asked,
        recent=recent,
        shown=shown,
        listed=shown["product"] if len(shown.get("product", ())) > 1 else state.listed,
        alternatives=_alternatives(turn.asked) or state.alternatives,
        looked_at=_looked_at(state.looked_at, turn.reply),
        orders=shown["order"] if len(shown.get("order", ())) > 1 else state.orders,
        offered=tuple(button.says for button in turn.reply.buttons if button.says and button.id.startswith("choose")),
        in_vain=None if turn.calls else _named_in(turn.reply, "product") or state.in_vain,
        asked_in_vain=None if turn.calls else _named_in(turn.reply, "asked") or state.asked_in_vain,
        amounts=_amounts(turn.reply) or state.amounts,
        last=done[-1] if done else state.last,
        priced=priced_after(state.priced, _prices(turn)),
        fresh_quote=bool(done) and done[-1].name == "quote",
    )
    state = _decided(_drafted(state, turn, done), turn)
    dropped = any(item.kind == DROPPED for item in turn.reply.shown)
    return replace(state, draft=None, draft_proposal="", attempt=None) if dropped else state


def _alternatives(asked: Asked | None) -> tuple[str, ...]:
    """All that the name may mean about which a question is, and not only those that it offers."""
    if asked is None or asked.slot != "sku":
        return ()
    place, lines = asked.args.get("place"), asked.args.get("lines") or ()
    held = lines[place]["candidates"] if isinstance(place, int) and place < len(lines) else ()
    return tuple(held) or tuple(asked.choices)


def _looked_at(before: Sequence[str], reply: Reply) -> tuple[str, ...]:
    """With the one order that a reply shows, the latest last."""
    shown = [item.code for item in reply.shown if item.kind == "order"]
    if len(shown) != 1:
        return tuple(before)
    return (*(number for number in before if number != shown[0]), shown[0])[-REMEMBERED:]


def _matter(before: str, text: str) -> str:
    """The last message that names a matter; one that points back at it goes with what it points at."""
    if length(text) < ENOUGH:
        return before
    return f"{before} {text}"[-MOST_KEPT:] if before and POINTS.search(text) else text


POINTS, MOST_KEPT = re.compile(r"它|(?<![A-Za-z])it(?![A-Za-z])"), 80


def _named_in(reply: Reply, kind: str) -> str | None:
    return next((one.code for one in reply.shown if one.kind == kind), None)


def _prices(turn: Said) -> list[tuple[str, Decimal]]:
    """What a case costs of each product that the turn told the price of."""
    quoted = {f"{call.args.get('sku')} case": str(call.args.get("sku")) for call in turn.calls if call.name == "quote"}
    told = {quoted[one.label]: Decimal(one.value) for one in turn.reply.figures if one.label in quoted}
    return list(told.items())


def _amounts(reply: Reply) -> dict[str, Decimal]:
    """What each order of a whole list comes to; empty where the list was cut off, since the largest may be below."""
    orders = [item.code for item in reply.shown if item.kind == "order"]
    counted = next((figure.value for figure in reply.figures if figure.label == "orders"), "")
    if counted != str(len(orders)):
        return {}
    return {one.label: Decimal(one.value) for one in reply.figures if one.kind == "money" and one.label in orders}


def _drafted(state: DialogueState, turn: Said, done: Sequence[Call]) -> DialogueState:
    proposing = [call for call in done if call.name.startswith("propose_")]
    offered = next((b.proposal for b in turn.reply.buttons if b.id in {"confirm", "cancel"} and b.proposal), "")
    if proposing and offered:
        return replace(state, draft=proposing[-1], draft_proposal=offered, attempt=None)
    return replace(state, attempt=proposing[-1]) if proposing else state


def _decided(state: DialogueState, turn: Said) -> DialogueState:
    settled = turn.decided.get("proposal")
    if settled and settled == state.draft_proposal and turn.decided.get("status") != "open":
        return replace(state, draft=None, draft_proposal="")
    return state
