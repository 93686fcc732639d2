"""Group chats bound to a dealer: open while everybody in them is known and allowed; one stranger restores the guard."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import PERMISSIONS, Actor, Permission, Role
from core.errors import NotFound, NotPermitted, QudaoError
from core.events.service import record
from core.people.actors import DEALER_ROLES, actor_for
from core.people.models import BoundGroup, GroupMember, Identity, Person
from core.scope import may_see_dealer, standing
from core.statements import changed_rows, upsert

COUNTED_LASTS = timedelta(minutes=10)
MOST_CANDIDATES = 100
DEALERS_OWN = frozenset().union(*(PERMISSIONS[role] for role in DEALER_ROLES))


async def bind(session: AsyncSession, actor: Actor, channel: str, chat: str, dealer_id: int, now: datetime) -> None:
    """Bind a group to a dealer, by its owner or by whoever lets people in. It opens once its members are counted."""
    owner = actor.role is Role.OWNER and actor.dealer_id == dealer_id
    if not (owner or actor.may(Permission.PEOPLE_INVITE)):
        raise NotPermitted("group.may_not_bind")
    if not await may_see_dealer(session, actor, dealer_id):
        raise NotFound("dealer.not_found")
    values = {
        "channel": channel,
        "chat": chat,
        "dealer_id": dealer_id,
        "bound_by": actor.handle,
        "bound_at": now,
        "unbound_at": None,
        "members": 0,
        "counted_at": now,
    }
    await upsert(session, BoundGroup, ["channel", "chat"], values)
    record(session, actor, "group.bound", f"bound_groups:{channel}:{chat}", at=now, after={"dealer": dealer_id})


async def unbind(session: AsyncSession, actor: Actor, channel: str, chat: str, now: datetime) -> None:
    """End a group's binding; NotFound where it has none."""
    group = await binding(session, channel, chat)
    if group is None:
        raise NotFound("group.not_bound")
    owner = actor.role is Role.OWNER and actor.dealer_id == group.dealer_id
    if not (owner or actor.may(Permission.PEOPLE_INVITE)):
        raise NotPermitted("group.may_not_bind")
    group.unbound_at = now
    await session.flush()
    record(
        session, actor, "group.unbound", f"bound_groups:{channel}:{chat}", at=now, before={"dealer": group.dealer_id}
    )


async def binding(session: AsyncSession, channel: str, chat: str) -> BoundGroup | None:
    """The binding in force, whether or not the group is open at the moment."""
    bound = select(BoundGroup).where(
        BoundGroup.channel == channel, BoundGroup.chat == chat, BoundGroup.unbound_at.is_(None)
    )
    return (await session.execute(bound)).scalar_one_or_none()


async def members(session: AsyncSession, channel: str, chat: str) -> list[str]:
    """The accounts that are known to be in a group."""
    inside = select(GroupMember.account).where(GroupMember.channel == channel, GroupMember.chat == chat)
    return list((await session.execute(inside.order_by(GroupMember.id))).scalars())


async def joined(session: AsyncSession, channel: str, chat: str, accounts: Iterable[str], at: datetime) -> None:
    """The channel says that these are in the group."""
    for account in accounts:
        values = {"channel": channel, "chat": chat, "account": account, "seen_at": at}
        await upsert(session, GroupMember, ["channel", "chat", "account"], values)


async def left(session: AsyncSession, channel: str, chat: str, accounts: Iterable[str]) -> None:
    """The channel says that these are no longer in the group."""
    gone = delete(GroupMember).where(
        GroupMember.channel == channel, GroupMember.chat == chat, GroupMember.account.in_(list(accounts))
    )
    await changed_rows(session, gone)


async def counted(session: AsyncSession, channel: str, chat: str, number: int, at: datetime) -> None:
    """How many the channel counts in the group, without the desk itself."""
    group = update(BoundGroup).where(BoundGroup.channel == channel, BoundGroup.chat == chat)
    await changed_rows(session, group.values(members=number, counted_at=at))


async def moved(session: AsyncSession, channel: str, old: str, new: str) -> None:
    """The channel gave the group another id."""
    for model in (BoundGroup, GroupMember):
        await changed_rows(session, update(model).where(model.channel == channel, model.chat == old).values(chat=new))


async def candidates(session: AsyncSession, channel: str, dealer_id: int) -> list[str]:
    """Accounts that might be in the group although they never spoke there: the dealer's people and the brand's."""
    bound = select(Identity.account).join(Person, Person.id == Identity.person_id)
    might = bound.where(
        Identity.channel == channel,
        Identity.revoked_at.is_(None),
        or_(Person.dealer_id == dealer_id, Person.dealer_id.is_(None)),
    )
    return list(
        (
            await session.execute(might.order_by(Person.dealer_id.is_(None), Identity.id).limit(MOST_CANDIDATES))
        ).scalars()
    )


async def strangers(session: AsyncSession, channel: str, chat: str, dealer_id: int, now: datetime, day: date) -> int:
    """How many in the group aren't known, or may not see the dealer's books; those who were only counted among them."""
    group = await binding(session, channel, chat)
    inside = await members(session, channel, chat)
    allowed = [account for account in inside if await _may_read(session, channel, account, dealer_id, now, day)]
    return max(group.members if group else 0, len(inside)) - len(allowed)


async def narrowed(
    session: AsyncSession, actor: Actor, channel: str, chat: str, now: datetime, day: date
) -> Actor | None:
    """The actor as a group that is open sees them; None while the guard holds.

    They touch its dealer's rows and no others, and do and read there what the dealer's people may: staff speak before
    them.
    """
    group = await binding(session, channel, chat)
    if group is None or not group.members or not now - group.counted_at < COUNTED_LASTS:
        return None
    if not await may_see_dealer(session, actor, group.dealer_id):
        return None
    if await strangers(session, channel, chat, group.dealer_id, now, day):
        return None
    dealer = await standing(session, group.dealer_id, day)
    return replace(
        actor,
        dealer_id=group.dealer_id,
        dealer_code=dealer.code,
        region_path=None,
        everywhere=False,
        permissions=actor.permissions & DEALERS_OWN,
        heard_by=DEALER_ROLES,
    )


def overheard(actor: Actor) -> Actor:
    """The actor as any other group sees them: before strangers, who read only what is for everyone."""
    return replace(actor, heard_by=frozenset())


async def _may_read(
    session: AsyncSession, channel: str, account: str, dealer_id: int, now: datetime, day: date
) -> bool:
    speaks_for = select(Person, Identity.expires_at).join(Identity, Identity.person_id == Person.id)
    known = speaks_for.where(Identity.channel == channel, Identity.account == account, Identity.revoked_at.is_(None))
    row = (await session.execute(known)).one_or_none()
    if row is None or (row.expires_at is not None and row.expires_at <= now):
        return False
    try:
        actor = await actor_for(session, row.Person, day)
    except QudaoError:
        return False
    return actor.may(Permission.ORDERS_READ) and await may_see_dealer(session, actor, dealer_id)
