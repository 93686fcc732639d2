"""A reply against what a turn must show."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from agents.turns import Call
from bot.evaluation.cases import Expectation
from core.changes import Changes
from core.language.detect import detect
from core.replies import Buttons, Citations, Reply
from core.words import LOCALES


async def failures(expect: Expectation, reply: Reply, calls: Sequence[Call], changes: Changes | None) -> list[str]:
    """What doesn't hold, in words; nothing where all does."""
    found = [*_tools(expect, calls), *_words(expect, reply), *_buttons(expect, reply), *_cites(expect, reply)]
    found += wrong_language(expect, reply)
    if changes is not None:
        found += await _database(expect, changes)
    return found


def wrong_language(expect: Expectation, reply: Reply) -> list[str]:
    """``zh`` takes either kind of characters, ``zh_TW`` only traditional ones."""
    spoken = reply_language(reply)
    if expect.language in {None, spoken, spoken.partition("_")[0]}:
        return []
    return [f"language {spoken}, not {expect.language}"]


def reply_language(reply: Reply) -> str:
    """The language of the reply's own words: quotations, tables and names in it may be in another."""
    text = "\n".join(line for line in _own_words(reply).split("\n") if line)
    return detect(text, among=tuple(LOCALES), default="en")


def _own_words(reply: Reply) -> str:
    own = tuple(block for block in reply.blocks if not isinstance(block, Citations))
    buttons = " ".join(button.label for block in own if isinstance(block, Buttons) for button in block.buttons)
    text = Reply(tuple(block for block in own if block.type == "text")).plain()
    return text or buttons or Reply(own).plain()


def _tools(expect: Expectation, calls: Sequence[Call]) -> list[str]:
    names = [call.name for call in calls]
    found: list[str] = []
    if "tool" in expect.model_fields_set and expect.tool != (names[-1] if names else None):
        found.append(f"tool {names[-1] if names else None}, not {expect.tool} (called: {names})")
    if expect.tools is not None and names != expect.tools:
        found.append(f"tools {names}, not {expect.tools}")
    if expect.args is not None:
        args = calls[-1].args if calls else {}
        if not subset(expect.args, args):
            found.append(f"args {args}, not {expect.args}")
    return found


def subset(wanted: Any, given: Any) -> bool:
    """Dictionaries match as subsets, lists whole and in order, numbers by value."""
    if isinstance(wanted, dict):
        return isinstance(given, dict) and all(subset(value, given.get(key)) for key, value in wanted.items())
    if isinstance(wanted, list):
        same = isinstance(given, list) and len(given) == len(wanted)
        return same and all(subset(one, other) for one, other in zip(wanted, given, strict=True))
    if isinstance(wanted, int | float) and isinstance(given, int | float | Decimal):
        return bool(_as_number(wanted) == _as_number(given))
    return str(wanted) == str(given) if wanted is not None else given is None


def _words(expect: Expectation, reply: Reply) -> list[str]:
    text = reply.plain().casefold()
    found: list[str] = []
    for wanted in expect.has:
        options = wanted if isinstance(wanted, list) else [wanted]
        if not any(option.casefold() in text for option in options):
            found.append(f"nothing of {options} in the reply")
    found += [f"{banned!r} in the reply" for banned in expect.never if banned.casefold() in text]
    return found


def _buttons(expect: Expectation, reply: Reply) -> list[str]:
    offered = {button.id for button in reply.buttons} | {button.id.split(":")[0] for button in reply.buttons}
    return [f"no button {wanted} (offered: {sorted(offered)})" for wanted in expect.buttons if wanted not in offered]


def _cites(expect: Expectation, reply: Reply) -> list[str]:
    given = {f"{one.source}#{one.page}" for one in reply.citations} | {one.source for one in reply.citations}
    return [f"{wanted} not cited (cited: {sorted(given)})" for wanted in expect.cites if wanted not in given]


async def _database(expect: Expectation, changes: Changes) -> list[str]:
    if expect.database == "unchanged":
        return [f"table {name} was changed" for name in await changes.changed_tables()]
    found: list[str] = []
    for what, wanted in (expect.database or {}).items():
        added = await changes.added(what)
        if added != wanted:
            found.append(f"{what}: {added} rows, not {wanted}")
    return found


def _as_number(value: Any) -> Any:
    """Numbers compare by value, however they are written; what is no number, as it is."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return value
