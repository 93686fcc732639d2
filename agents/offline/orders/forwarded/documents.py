"""Which tool takes the documents of a message: what the words ask for, else what their names and the person suggest."""

import re
from collections.abc import Sequence
from typing import Any

from agents.offline.arguments.completing import complete
from agents.offline.arguments.slots import fill
from agents.offline.following.pursuing import meant_within
from agents.offline.mind import Mind
from agents.offline.orders.forwarded.files import Sent
from agents.offline.plans import Do, Step
from agents.offline.reading.understanding import Reading

PUBLISHING, READING, COMPARING = "propose_document", "review_contract", "compare_contracts"
VERIFYING, SIGNATURE = "verify_signature", ".sig"
A_CONTRACT = re.compile(r"合同|合約|协议|協議|契约|contract|agreement|nda(?![a-z])", re.IGNORECASE)
PAIR = 2


def tool_for(reading: Reading | None, documents: Sequence[Sent], mind: Mind) -> str | None:
    """The tool among those that take files; None for whoever has none."""
    able = [name for name, schema in mind.schemas.items() if "file" in schema.properties]
    if VERIFYING in able and any(one.name.lower().endswith(SIGNATURE) for one in documents):
        return VERIFYING
    if reading is not None and READING in able and (meant := meant_within(reading, mind, READING)) in able:
        return meant
    named = any(A_CONTRACT.search(one.name) for one in documents)
    said = reading is not None and A_CONTRACT.search(reading.text)
    if READING in able and (named or said):
        return READING
    if PUBLISHING in able:
        return PUBLISHING
    wants = mind.recogniser.recognise(reading, mind.briefing.actor.role).intent if reading is not None else READING
    return READING if READING in able and wants != PUBLISHING else None


def taken(tool: str, documents: Sequence[Sent], reading: Reading | None, mind: Mind) -> list[Step]:
    """A call for each document; two that are to be compared are one, and so are contracts with their signatures."""
    schema = mind.schemas[tool]
    args: dict[str, Any] = fill(schema, reading, mind.briefing, mind.lexicon) if reading is not None else {}
    if tool == COMPARING and len(documents) >= PAIR:
        return [Do(tool, args | {"file": documents[1].name, "other": documents[0].name})]
    if tool == VERIFYING:
        return [Do(tool, args)]
    steps: list[Step] = []
    for one in documents:
        own = args | ({"file": one.name} if len(documents) > 1 else {})
        steps += complete(tool, own, reading, mind).steps if reading is not None else [Do(tool, own)]
    return steps
