"""Tools with the permission each needs and the effect it has; found through the entry points ``qudao.tools``."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib.metadata import entry_points
from importlib.resources.abc import Traversable
from typing import Any

from langchain_core.tools import BaseTool
from sqlalchemy.ext.asyncio import AsyncSession

from core.actor import Actor, Permission
from core.proposals.models import Proposal
from core.proposals.rights import may_press
from core.replies import Reply
from core.words import Words


class Effect(StrEnum):
    """What a call may change: nothing; a record of the asker's own; or a proposal, for a person to confirm."""

    READ = "read"
    RECORD = "record"
    PROPOSE = "propose"


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool and its terms. ``private``: its answer holds prices, debts or names and never goes to a group."""

    tool: BaseTool
    permission: Permission
    effect: Effect = Effect.READ
    private: bool = False

    @property
    def name(self) -> str:
        """The tool's public name."""
        return self.tool.name


CarryOut = Callable[[AsyncSession, Actor, Proposal, datetime], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class ProposalKind:
    """How a proposal is shown with its buttons, carried out in the confirming transaction, and how its outcome reads.

    ``show`` offers confirm, and works from the stored proposal alone: an approver reads it in another language.
    ``waiting`` shows it to whom it concerns, where somebody else has to press.
    """

    name: str
    carry_out: CarryOut
    show: Callable[[Proposal, Words], Reply]
    describe: Callable[[Mapping[str, Any], Words], Reply]
    waiting: Callable[[Proposal, Words], Reply] | None = None

    def shown_to(self, actor: Actor, proposal: Proposal, words: Words) -> Reply:
        """For somebody who may press it, or for somebody who may not."""
        return (self.show if self.waiting is None or may_press(actor, proposal) else self.waiting)(proposal, words)


@dataclass(frozen=True, slots=True)
class ToolPackage:
    """What an entry point gives: tools, kinds of proposal, and a folder with ``intents`` and ``locale``."""

    tools: tuple[ToolSpec, ...]
    kinds: tuple[ProposalKind, ...] = ()
    prompts: Traversable | None = None


class Registry:
    """Every tool of this installation, by name."""

    def __init__(self, packages: Iterable[ToolPackage]) -> None:
        self.packages = tuple(packages)
        self.tools = {spec.name: spec for package in self.packages for spec in package.tools}
        self.kinds = {kind.name: kind for package in self.packages for kind in package.kinds}
        if len(self.tools) != sum(len(package.tools) for package in self.packages):
            raise ValueError("two tool packages offer a tool of the same name")

    @classmethod
    def installed(cls) -> "Registry":
        """What the installed packages offer, in the order of their entry points' names."""
        points = sorted(entry_points(group="qudao.tools"), key=lambda point: point.name)
        return cls(point.load() for point in points)

    def equipped(self, *kinds: ProposalKind) -> "Registry":
        """The same with these kinds in place of those of the same names: with what one installation has."""
        own = Registry(self.packages)
        own.kinds |= {kind.name: kind for kind in kinds}
        return own

    def offered_to(self, actor: Actor, *, private: bool) -> list[ToolSpec]:
        """The tools that the actor's role permits here; a group sees none that would show private figures."""
        return [spec for spec in self.tools.values() if actor.may(spec.permission) and (private or not spec.private)]

    @property
    def carry_out(self) -> dict[str, CarryOut]:
        """How each kind of proposal is carried out."""
        return {name: kind.carry_out for name, kind in self.kinds.items()}

    def as_json(self) -> list[dict[str, Any]]:
        """What ``qudao tools --json`` prints."""
        return [
            {
                "name": spec.name,
                "description": spec.tool.description,
                "schema": json_schema(spec.tool),
                "permission": str(spec.permission),
                "effect": str(spec.effect),
            }
            for spec in sorted(self.tools.values(), key=lambda spec: spec.name)
        ]


def json_schema(tool: BaseTool) -> dict[str, Any]:
    """What a tool takes, as a model sees it: without what the context supplies."""
    schema: Any = tool.tool_call_schema
    return dict(schema) if isinstance(schema, dict) else dict(schema.model_json_schema())
