"""What is said in the chaos run, and what must hold after it."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Executable, Row, func, select

from bot.incoming import Incoming
from core.conversations.models import Message
from core.db import Database
from core.inbox.models import Inbound, InboundStatus, Lease, Outbound
from core.orders.models import Order
from core.proposals.models import Proposal, Status

CHANNEL = "terminal"
ON_HOLD = frozenset({7, 23})
DEALERS = tuple(number for number in range(1, 61) if number not in ON_HOLD)
ROUND = ("来{n}箱矿泉水", "", "订单到哪了", "W-550现在多少钱一箱", "额度还剩多少")
CONFIRM = 1
"""The place in a round where the button is pressed."""
APOLOGY = "抱歉，系统"


@dataclass(frozen=True)
class Plan:
    """What is said where, and in which order it is delivered."""

    messages: dict[str, Incoming]
    deliveries: list[str]

    @property
    def confirmations(self) -> set[str]:
        return {key for key, message in self.messages.items() if message.press}

    def chats(self) -> dict[str, list[str]]:
        chats: dict[str, list[str]] = defaultdict(list)
        for key, message in self.messages.items():
            chats[message.chat].append(key)
        return chats


def plan(conversations: int, messages: int, duplicates: float, draw: random.Random) -> Plan:
    """Messages of all conversations mixed, each conversation's in order; a second delivery comes some while later."""
    said: dict[str, Incoming] = {}
    for number in range(messages):
        turn, conversation = divmod(number, conversations)
        person = f"D{DEALERS[conversation % len(DEALERS)]:03}-buyer"
        at = turn % len(ROUND)
        words = ROUND[at].format(n=1 + turn // len(ROUND))
        chat = f"chaos-{conversation}"
        said[f"{chat}-{turn}"] = Incoming(CHANNEL, chat, person, words, "confirm" if at == CONFIRM else "")
    order = list(_mixed(said, draw))
    again = draw.sample(range(len(order)), int(len(order) * duplicates))
    timed = [(float(at), key) for at, key in enumerate(order)]
    timed += [(at + 0.5 + draw.randrange(50), order[at]) for at in again]
    return Plan(said, [key for _, key in sorted(timed)])


def _mixed(said: dict[str, Incoming], draw: random.Random) -> Iterator[str]:
    waiting: dict[str, list[str]] = defaultdict(list)
    for key, message in said.items():
        waiting[message.chat].append(key)
    chats = [message.chat for message in said.values()]
    draw.shuffle(chats)
    for chat in chats:
        yield waiting[chat].pop(0)


@dataclass
class Watched:
    """What is counted while it runs."""

    kills: int = 0
    deliveries: int = 0
    repeated: int = 0
    orders: int = 0
    taken_over: int = 0
    name: str = ""
    seconds: float = 0.0
    finished: bool = False
    violations: list[str] = field(default_factory=list)

    def check(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.violations.append(otherwise)


@dataclass(frozen=True)
class Found:
    """What the database holds at the end; read past the guard on dealers' rows, since it concerns them all."""

    inbox: list[Row[Any]]
    replies: list[Row[Any]]
    said: list[Row[Any]]
    leases: int
    orders: dict[str, str]
    done: int

    @classmethod
    async def of(cls, database: Database) -> "Found":
        async with database.engine.connect() as connection:

            async def rows(statement: Executable) -> list[Row[Any]]:
                return list((await connection.execute(statement)).all())

            answers = select(Outbound.chat, Outbound.inbound_id, Outbound.payload).order_by(Outbound.id)
            carried_out = select(func.count()).select_from(Proposal).where(Proposal.status == Status.DONE)
            orders = await rows(select(Order.proposal_id, Order.number).where(Order.proposal_id.is_not(None)))
            return cls(
                inbox=await rows(select(Inbound.id, Inbound.external_id, Inbound.status, Inbound.attempts)),
                replies=await rows(answers.where(Outbound.inbound_id.is_not(None))),
                said=await rows(select(Message.external_id, Message.by_desk).order_by(Message.id)),
                leases=(await rows(select(func.count()).select_from(Lease)))[0][0],
                orders={str(row.proposal_id): row.number for row in orders},
                done=(await rows(carried_out))[0][0],
            )


def verify(found: Found, before: Found, planned: Plan, watched: Watched) -> None:
    """Everything that must hold: answered once, in order, nothing left over, each confirmation one order."""
    watched.check(watched.finished, "not everything was answered in time")
    wanted = Counter(planned.messages.keys())
    _check_inbox(found, planned, watched)
    keys = {row.id: row.external_id for row in found.inbox}
    once = Counter(keys[reply.inbound_id] for reply in found.replies)
    heard = Counter(row.external_id for row in found.said if not row.by_desk)
    watched.check(once == wanted, f"not one reply each: {_odd(once, wanted)}")
    watched.check(heard == wanted, f"not one turn each: {_odd(heard, wanted)}")
    watched.check(sum(row.by_desk for row in found.said) == len(wanted), "not one answer kept each")
    told: dict[str, list[str]] = defaultdict(list)
    for reply in found.replies:
        told[reply.chat].append(keys[reply.inbound_id])
    for chat, said in planned.chats().items():
        watched.check(told[chat] == said[: len(told[chat])], f"{chat} was answered out of order")
    apologies = [keys[reply.inbound_id] for reply in found.replies if APOLOGY in str(reply.payload)]
    watched.check(not apologies, f"answered with an apology: {apologies[:5]}")
    _check_orders(
        found, before, {keys[reply.inbound_id]: str(reply.payload) for reply in found.replies}, planned, watched
    )


def _check_inbox(found: Found, planned: Plan, watched: Watched) -> None:
    watched.check({row.external_id for row in found.inbox} == set(planned.messages), "the inbox holds other messages")
    left = [row.external_id for row in found.inbox if row.status != InboundStatus.DONE]
    watched.check(not left, f"without an answer: {left[:5]}")
    watched.taken_over = sum(row.attempts > 1 for row in found.inbox)
    watched.check(found.leases == 0, f"{found.leases} leases are left")


def _check_orders(found: Found, before: Found, replies: dict[str, str], planned: Plan, watched: Watched) -> None:
    fresh = set(found.orders.values()) - set(before.orders.values())
    watched.orders = len(fresh)
    told = [number for key in planned.confirmations for number in fresh if number in replies.get(key, "")]
    counts = (len(fresh), found.done - before.done, len(told), len(set(told)))
    wanted = len(planned.confirmations)
    without = [key for key in planned.confirmations if not any(number in replies.get(key, "") for number in fresh)]
    watched.check(not without, f"confirmed, but no order told: {sorted(without)[:5]}")
    watched.check(
        set(counts) == {wanted},
        f"{wanted} confirmations, but {counts[0]} orders placed, {counts[1]} proposals done, {counts[2]} orders told",
    )


def _odd(counted: Counter[str], wanted: Counter[str]) -> list[str]:
    return [key for key in {**counted, **wanted} if counted[key] != wanted[key]][:5]
