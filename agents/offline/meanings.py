"""Two readings of a message that are equally likely: the person is asked which was meant, with buttons."""

from agents.offline.arguments.slots import ordinal
from agents.offline.mind import Mind
from agents.offline.plans import Ask, ask
from agents.offline.reading.understanding import Reading
from agents.offline.requests import Request
from agents.turns import Asked

SLOT = "meaning"
DOUBTFUL, CLOSE = 0.5, 0.06


def which(request: Request, mind: Mind) -> Ask | None:
    """The question, where neither reading is likely enough and both can be carried out; else None."""
    reading = request.reading
    if not is_torn(request) or reading.has_lines or reading.stranger:
        return None
    intents = (request.intent, request.second)
    tools = [mind.recogniser.intents[name].tool for name in intents]
    offered = all(tool is not None and tool in mind.schemas and _named(tool, mind) for tool in tools)
    if not offered or tools[0] == tools[1] or "reorder" in intents:
        return None
    labels = [mind.words(f"meant.{tool}") for tool in tools]
    args = {"said": request.reading.original, "intents": list(intents)}
    return ask(str(tools[0]), args, SLOT, mind.words("meant.which"), [(label, label) for label in labels])


def is_torn(request: Request) -> bool:
    """Whether two readings are close, and neither likely enough."""
    return request.probability < DOUBTFUL and request.margin < CLOSE


def _named(tool: str, mind: Mind) -> bool:
    return f"meant.{tool}" in mind.briefing.words


def chosen(asked: Asked, reading: Reading, mind: Mind) -> str | None:
    """The intent that an answer picks, by its button's words or its place."""
    place = ordinal(reading.text)
    text = reading.original.strip()
    if text in asked.choices:
        place = asked.choices.index(text)
    intents = asked.args["intents"]
    named = intents[place] if place is not None and -len(intents) <= place < len(intents) else None
    return named if named in mind.recogniser.intents else None
