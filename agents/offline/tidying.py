"""A plan without what says nothing beside the rest of it."""

from agents.offline.plans import Say, Step


def refused_once(steps: list[Step]) -> list[Step]:
    """One reason why not is enough for what was asked in two sentences."""
    refusals = [place for place, step in enumerate(steps) if isinstance(step, Say) and step.refusal]
    return [step for place, step in enumerate(steps) if place not in refusals[1:]]


def without_talk(steps: list[Step]) -> list[Step]:
    """「那算了，乌龙茶来20箱」: a word about what is dropped says nothing beside what is done."""
    does = any(not isinstance(step, Say) for step in steps)
    return [step for step in steps if not (does and isinstance(step, Say) and step.talk)]
