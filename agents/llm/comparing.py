"""The model's calls held against what the built-in brain makes of the message."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from langchain_core.messages import AIMessage

from agents.offline.arguments.formats import MONTHS_AHEAD
from agents.offline.arguments.slots import Schema
from agents.offline.plans import Do, Plan
from core.checks.grounds import unfounded
from core.checks.view import Reader, View
from core.language.normalise import fold
from core.language.periods import period
from core.language.timeranges import find_time_range
from tools.registry import Effect, Registry

Calls = Sequence[Mapping[str, Any]]
THINGS: Mapping[str, str] = {"sku": "product", "dealer": "dealer"}
"""Arguments that name a thing, and its kind."""
LISTING = frozenset({"find_products"})
"""Tools that list everything where nothing is looked for."""


def calling(calls: Iterable[Do], begin: int = 0) -> AIMessage:
    """The built-in brain's calls as a message of the loop."""
    made = [
        {"name": call.tool, "args": call.args, "id": f"call-{place}", "type": "tool_call"}
        for place, call in enumerate(calls, begin)
    ]
    return AIMessage("", tool_calls=made)


def agrees(calls: Calls, plan: Plan) -> bool:
    """Whether the model called just the tools that the built-in brain would: then its arguments are taken."""
    return sorted(call["name"] for call in calls) == sorted(call.tool for call in plan.calls)


def guesses(calls: Calls, plan: Plan) -> bool:
    """Whether the model goes past a question: which of several is meant, or what nobody has said.

    Where the built-in brain is in doubt and lists nothing, listing all that there is is a guess too.
    """
    if plan.question is None:
        lost = bool(plan.heard.doubt) and not any(call.tool in LISTING for call in plan.calls)
        return lost and any(call["name"] in LISTING and not any(call["args"].values()) for call in calls)
    asked = plan.question.asked
    given = [call["args"].get(asked.slot) for call in calls if call["name"] == asked.tool]
    if plan.sure:
        others = any(call["name"] != asked.tool for call in calls)
        return bool(others or (asked.choices and given) or not all(given))
    return bool(asked.choices) and any(one not in asked.choices for one in given)


def about(call: Mapping[str, Any], said: str, reader: Reader, takes: Schema | None) -> Mapping[str, Any]:
    """The call about the one dealer and the time that the person's words name, where the model left them out."""
    if takes is None:
        return call
    text, given = fold(said), dict(call["args"])
    named = {code for kind, codes, *_ in reader.named(text) if kind == "dealer" for code in codes}
    if len(named) == 1 and "dealer" in takes.properties and not given.get("dealer"):
        given["dealer"] = next(iter(named))
    looks_back = "period" in takes.properties and "period" not in takes.of_format(MONTHS_AHEAD)
    time = find_time_range(text, reader.today, reader.fiscal) if looks_back and not given.get("period") else None
    if time is not None and time.start <= reader.today:
        given["period"] = period(time, reader.fiscal)
    return {**call, "args": given}


def _names_nothing(args: Mapping[str, Any], said: str, reader: Reader) -> str | None:
    """The argument that stands for a thing and names none: the whole message in a name's place, or an empty list."""
    for name, value in args.items():
        whole = name in THINGS and isinstance(value, str) and fold(value) == fold(said)
        if value == [] or (whole and not any(kind == THINGS[name] for kind, *_ in reader.named(fold(said)))):
            return name
    return None


def fault_of(
    calls: Calls,
    done: Calls,
    said: str,
    view: View,
    reader: Reader,
    registry: Registry,
    offered: Mapping[str, frozenset[str]],
) -> str | None:
    """Why calls can't be made as they are: no such tool here, made already, or arguments from nowhere."""
    for call in calls:
        name, args = call["name"], call["args"]
        if name not in offered:
            return f"{name} is not on offer"
        if any(one["name"] == name and one["args"] == args for one in done):
            return f"{name} was called so already"
        if (empty := _names_nothing(args, said, reader)) is not None:
            return f"{name}: {empty} names nothing"
        effect = registry.tools[name].effect
        if effect is Effect.PROPOSE and any(registry.tools[one["name"]].effect is effect for one in done):
            return f"{name} after another proposal"
        wrong = next(unfounded(args, view, reader, proposing=effect is Effect.PROPOSE, closed=offered[name]), None)
        if wrong is not None:
            return f"{name}: {wrong.why}"
    return None
