"""Labelled texts from a file, and the slots that the built-in brain fills for them."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml

from agents.brains import Learnt
from agents.offline.brain import OfflineBrain
from agents.offline.model.evaluating import OUT_OF_SCOPE, Judged, Labelled
from agents.offline.state import fold_turns
from bot.desk import Desk
from core import plainyaml
from core.brand import service as brands
from core.people import service as people
from tools.context import ToolContext


class DataError(ValueError):
    """A file that holds no labelled texts; its message says why."""


def read_labelled(file: Path) -> list[Labelled]:
    """A CSV with text and label, or a YAML or JSON list of {text, intent, slots}; no intent means none of ours."""
    try:
        if file.suffix.lower() == ".csv":
            with file.open(encoding="utf-8-sig", newline="") as opened:
                rows: Any = list(csv.DictReader(opened))
        else:
            rows = plainyaml.load(file.read_text("utf-8"))
        data = [_labelled(row) for row in rows]
    except (UnicodeDecodeError, csv.Error, yaml.YAMLError, TypeError, KeyError, AttributeError) as error:
        raise DataError(f"{file}: no labelled texts ({type(error).__name__}: {error})") from error
    if not data:
        raise DataError(f"{file}: empty")
    return data


def _labelled(row: Any) -> Labelled:
    intent = row.get("intent") or row.get("label") or OUT_OF_SCOPE
    return Labelled(str(row["text"]), str(intent), dict(row.get("slots") or {}))


async def with_slots(judged: Sequence[Judged], desk: Desk, learnt: Learnt, person: str) -> list[Judged]:
    """The same with the arguments that the brain would call a tool with, when this person wrote it out of the blue."""
    ctx = await _context(desk, person)
    tools = [spec.tool for spec in desk.registry.offered_to(ctx.actor, private=True)]
    filled = []
    for one in judged:
        briefing = await desk.brains.briefer.brief(ctx, one.wanted.text)
        brain = OfflineBrain.of(briefing, learnt.lexicon, learnt.recogniser, fold_turns(()))
        calls = brain.bind_tools(tools).plan(one.wanted.text).calls if one.wanted.slots else ()
        filled.append(replace(one, slots=calls[0].args if calls else {}))
    return filled


async def _context(desk: Desk, person: str) -> ToolContext:
    now = desk.clock()
    async with desk.database.reads() as session:
        brand, today = await brands.current_at(session, now)
        actor = await people.actor_by_handle(session, person, today)
    return ToolContext(
        actor=actor,
        now=now,
        today=today,
        words=desk.catalogues.words(actor.language),
        brand=brand,
        conversation=uuid4(),
        private=True,
        turn_id=uuid4(),
        reads=desk.database.reads,
        writes=desk.database.writes,
        knowledge=desk.knowledge,
    )
