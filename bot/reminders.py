"""Days of contracts that people must think of, told in their own chats, each once."""

from datetime import date, datetime
from uuid import NAMESPACE_OID, uuid5
from zoneinfo import ZoneInfo

from bot import notices
from bot.desk import Desk
from core.actor import system
from core.brand import service as brands
from core.contracts import reminding
from core.contracts.reminding import Reminder
from core.replies import Reply, say
from core.words import Words
from tools.contract_days import pace_words

WAKING = range(8, 20)  # hours where the brand trades: nobody is woken for a date weeks ahead


async def remind(desk: Desk) -> int:
    """Tell whoever is concerned what is due; says how many days of contracts were told."""
    now = desk.clock()
    async with desk.database.reads() as session:
        brand, day = await brands.current_at(session, now)
        if now.astimezone(ZoneInfo(brand.zone)).hour not in WAKING:
            return 0
        waiting = await reminding.waiting(session, system("reminders"), day)
    told = [await _told(desk, one, day, now) for one in waiting]
    return sum(told)


async def _told(desk: Desk, one: Reminder, day: date, now: datetime) -> bool:
    """In one transaction, so that it is told by one server, and told whole."""
    chats: set[tuple[str, str]] = set()
    async with desk.database.writes.begin() as session:
        if not await reminding.claim(session, system("reminders"), one.due.date.id, now):
            return False
        for person in await reminding.concerned(session, one.due, day):
            reply = reminder(one, day, desk.catalogues.words(person.language), own=person.dealer_id is not None)
            key = uuid5(NAMESPACE_OID, f"contract-date:{one.due.date.id}:{person.id}")
            chats |= await notices.to_person(session, person, reply, key, now)
    for channel, chat in chats:
        for tell in desk.on_saved:
            tell(channel, chat)
    return True


def reminder(one: Reminder, day: date, words: Words, *, own: bool) -> Reply:
    """What is due when; a dealer knows whose contract it is."""
    due = one.due
    name = due.dealer.name if words.language == "zh" else due.dealer.name_en
    said = words(
        "contracts.reminder",
        contract=due.contract.number if own else f"{due.contract.number} {name}",
        what=words(f"contracts.date.{due.date.kind}"),
        day=due.date.day,
        days=(due.date.day - day).days,
    )
    return say("\n".join([said, *([pace_words(one.pace, words)] if one.pace else [])]))
