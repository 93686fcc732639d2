"""The permission matrix: every tool of the registry, for every role, on what is its own and what is another's.

Calls are forced through the loop, as a model that ignores what it was offered would make them. What a tool's arguments
may name is read from its schema: an argument that isn't known here fails the matrix until it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr
from sqlalchemy import func, select

from agents.assistant import Assistant
from agents.turns import Answer
from core.actor import PERMISSIONS, Permission, Role, not_permitted
from core.changes import Changes
from core.conversations import service as conversations
from core.db import Database
from core.documents import files
from core.proposals.models import Proposal
from knowledge.service import Knowledge
from tests.factories import NOW
from tests.tools.calls import context_for
from tools.context import Attachment, ToolContext
from tools.registry import Effect, Registry, ToolSpec

REGISTRY = Registry.installed()
TOOLS = sorted(REGISTRY.tools)


@dataclass(frozen=True, slots=True)
class Scope:
    """Something that an argument may name: the person's own, another's, and what doesn't exist."""

    own: str
    foreign: str | None
    missing: str


DEALERS_PERSON = {
    "dealer": Scope("D001", "D002", "D999"),
    "region": Scope("EAST", "SOUTH", "MOON"),
    "order": Scope("SO-20261119-002", "SO-20261118-005", "SO-20261118-999"),
    "contract": Scope("HT-2026-001", "HT-2026-005", "HT-2026-999"),
}
REP_OF_EAST = {
    "dealer": Scope("D005", "D040", "D999"),
    "region": Scope("EAST-ZJ", "SOUTH", "MOON"),
    "order": Scope("SO-20261119-002", "SO-20261119-001", "SO-20261119-999"),
    "contract": Scope("HT-2026-005", "HT-2026-040", "HT-2026-999"),
}
WHOLE_BRAND = {
    "dealer": Scope("D040", None, "D999"),
    "region": Scope("SOUTH", None, "MOON"),
    "order": Scope("SO-20261119-002", None, "SO-20261119-999"),
    "contract": Scope("HT-2026-040", None, "HT-2026-999"),
}
PEOPLE: Mapping[Role, tuple[str, Mapping[str, Scope]]] = {
    Role.OWNER: ("D001-owner", DEALERS_PERSON),
    Role.BUYER: ("D001-buyer", DEALERS_PERSON),
    Role.REP: ("rep-east", REP_OF_EAST),
    Role.MANAGER: ("manager", WHOLE_BRAND),
    Role.TRAINER: ("trainer", WHOLE_BRAND),
    Role.FINANCE: ("finance", WHOLE_BRAND),
    Role.LEGAL: ("legal", WHOLE_BRAND),
    Role.OPERATOR: ("operator", WHOLE_BRAND),
    Role.ADMIN: ("admin", WHOLE_BRAND),
}
NEEDED: Mapping[str, Any] = {
    "sku": "W-550",
    "lines": [{"sku": "W-550", "quantity": 20, "unit": "case"}],
    "question": "少了几箱货，要在多长时间里报？",
}
HARMLESS = frozenset(
    "query category quantity unit before_tax lines ship_to wanted_date remark reason state period question title "
    "audience valid_from file measure by compare sku limit filter months promotion price_change price_difference "
    "factor stock quiet_days risk about view against form other product".split()
)
"""Arguments that name nothing of a dealer's; a place to deliver to is looked for among the dealer's own."""


class Forced(BaseChatModel):
    """A model that makes one call, offered or not, and says nothing."""

    tool: str
    args: dict[str, Any]
    _offered: list[str] = PrivateAttr(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "forced"

    @property
    def offered(self) -> Sequence[str]:
        """The names that it was given."""
        return self._offered

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> "Forced":
        self._offered.extend(tool.name for tool in tools)
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        calls = [{"name": self.tool, "args": self.args, "id": "forced", "type": "tool_call"}]
        said = AIMessage("") if isinstance(messages[-1], ToolMessage) else AIMessage("", tool_calls=calls)
        return ChatResult(generations=[ChatGeneration(message=said)])


async def force(ctx: ToolContext, tool: str, args: Mapping[str, Any]) -> tuple[Answer, Sequence[str]]:
    """The answer of a turn in which the call is made, and what was offered in it."""
    brain = Forced(tool=tool, args=dict(args))
    answer = await Assistant(REGISTRY).answer("…", [], ctx, brain=brain, name="llm")
    return answer, brain.offered


def arguments(spec: ToolSpec) -> tuple[Mapping[str, Any], set[str]]:
    """A tool's arguments as its schema has them, and those that it can't do without."""
    schema = next(one["schema"] for one in REGISTRY.as_json() if one["name"] == spec.name)
    return schema.get("properties", {}), set(schema.get("required", ()))


def least(spec: ToolSpec) -> dict[str, Any]:
    """Arguments that make a call complete, and a day that is wanted, so that a change has something to change."""
    given, required = arguments(spec)
    wanted = {"wanted_date": "2026-11-30"} if "wanted_date" in given else {}
    return wanted | {name: NEEDED[name] for name in required if name not in DEALERS_PERSON}


async def someone(database: Database, role: Role, *, private: bool = True) -> ToolContext:
    """A person of the role, in a conversation of this turn's own, who has just sent a file."""
    handle, _ = PEOPLE[role]
    ctx = await context_for(database, handle)
    assert ctx.actor.person_id is not None
    async with database.writes.begin() as session:
        chat = await conversations.open_conversation(session, "web", str(uuid4()), ctx.actor.person_id, private, NOW)
        data = "# 说明\n\n冻损须在六小时内上报。\n".encode()
        sha256 = await files.store(session, data, "text/markdown", NOW)
    file = Attachment("note.md", sha256, "text/markdown", len(data))
    return replace(ctx, conversation=chat.id, private=private, knowledge=Knowledge(), attachments=(file,))


async def count_proposals(database: Database) -> int:
    async with database.reads() as session:
        return (await session.execute(select(func.count()).select_from(Proposal))).scalar_one()


class TestCoverage:
    def test_every_role_has_a_person(self) -> None:
        assert set(PEOPLE) == set(Role) == set(PERMISSIONS)

    @pytest.mark.parametrize("name", TOOLS)
    def test_every_argument_is_known_to_the_matrix(self, name: str) -> None:
        given, required = arguments(REGISTRY.tools[name])
        assert given.keys() <= HARMLESS | DEALERS_PERSON.keys() | {"order"}
        assert required <= NEEDED.keys() | DEALERS_PERSON.keys()

    @pytest.mark.parametrize("name", TOOLS)
    def test_no_tool_asks_who_is_asking(self, name: str) -> None:
        given, _ = arguments(REGISTRY.tools[name])
        assert not given.keys() & {"actor", "person", "user", "role", "as", "handle", "runtime", "permission"}

    @pytest.mark.parametrize("name", TOOLS)
    def test_each_tool_is_for_some_and_its_permission_exists(self, name: str) -> None:
        spec = REGISTRY.tools[name]
        assert spec.permission in Permission
        assert any(spec.permission in permissions for permissions in PERMISSIONS.values())

    @pytest.mark.parametrize("name", TOOLS)
    def test_what_shows_a_dealers_rows_stays_out_of_groups(self, name: str) -> None:
        spec = REGISTRY.tools[name]
        given, _ = arguments(spec)
        names_rows = bool(given.keys() & DEALERS_PERSON.keys() - ({"order"} if name == "sales_summary" else set()))
        assert spec.private or not names_rows

    def test_confirming_is_no_tool(self) -> None:
        assert not [name for name in TOOLS if "confirm" in name or "approve" in name or "press" in name]


@pytest.mark.database
@pytest.mark.parametrize("role", list(Role), ids=str)
class TestMatrix:
    async def test_without_the_permission_a_tool_is_neither_offered_nor_carried_out(
        self, demo_database: Database, role: Role
    ) -> None:
        for name in TOOLS:
            spec = REGISTRY.tools[name]
            if spec.permission in PERMISSIONS[role]:
                continue
            ctx = await someone(demo_database, role)
            async with Changes(demo_database) as changes:
                answer, offered = await force(ctx, name, least(spec))
                assert name not in offered
                assert [(call.name, call.ok) for call in answer.calls] == [(name, False)]
                assert answer.reply.plain() == ctx.words(not_permitted(ctx.actor)), name
                assert await changes.changed_tables() == [], name
                assert await changes.added("proposals") == await changes.added("handoffs") == 0, name

    async def test_with_the_permission_a_tool_answers_about_what_is_ones_own(
        self, demo_database: Database, role: Role
    ) -> None:
        _, scopes = PEOPLE[role]
        for name in TOOLS:
            spec = REGISTRY.tools[name]
            if spec.permission not in PERMISSIONS[role]:
                continue
            given, _ = arguments(spec)
            for scoped in sorted(given.keys() & scopes.keys()) or [""]:
                if _is_ranking(name, scoped):
                    continue
                ctx = await someone(demo_database, role)
                own = {scoped: scopes[scoped].own} if scoped else {}
                async with Changes(demo_database) as changes:
                    answer, offered = await force(ctx, name, least(spec) | own)
                    assert name in offered
                    assert [(call.name, call.ok) for call in answer.calls] == [(name, True)], answer.reply.plain()
                    assert answer.reply.blocks, name
                    assert await changes.changed_tables() == [], name
                    assert await changes.added("proposals") == (spec.effect is Effect.PROPOSE), name

    async def test_what_is_anothers_looks_missing(self, demo_database: Database, role: Role) -> None:
        _, scopes = PEOPLE[role]
        for name in TOOLS:
            spec = REGISTRY.tools[name]
            if spec.permission not in PERMISSIONS[role]:
                continue
            given, _ = arguments(spec)
            for scoped in sorted(given.keys() & scopes.keys()):
                scope = scopes[scoped]
                if _is_ranking(name, scoped):
                    continue
                missing = await self._refused(demo_database, role, spec, scoped, scope.missing)
                if scope.foreign is not None:
                    foreign = await self._refused(demo_database, role, spec, scoped, scope.foreign)
                    assert foreign == missing, f"{name} tells {scoped} {scope.foreign} from one that doesn't exist"

    async def _refused(self, database: Database, role: Role, spec: ToolSpec, scoped: str, code: str) -> str:
        ctx = await someone(database, role)
        before = await count_proposals(database)
        async with Changes(database) as changes:
            answer, _ = await force(ctx, spec.name, least(spec) | {scoped: code})
            changed = await changes.changed_tables()
        assert [call.ok for call in answer.calls] == [False], f"{spec.name} of {code}: {answer.reply.plain()}"
        assert changed == [], spec.name
        assert await count_proposals(database) == before, spec.name
        assert not answer.reply.buttons, spec.name
        assert not answer.reply.figures, spec.name
        return answer.reply.plain().replace(code, "…")

    async def test_in_a_group_nothing_private_is_offered_or_carried_out(
        self, demo_database: Database, role: Role
    ) -> None:
        for name in TOOLS:
            spec = REGISTRY.tools[name]
            if not spec.private:
                continue
            ctx = await someone(demo_database, role, private=False)
            async with Changes(demo_database) as changes:
                answer, offered = await force(ctx, name, least(spec))
                assert name not in offered
                assert [call.ok for call in answer.calls] == [False]
                assert not answer.reply.figures, name
                assert await changes.changed_tables() == [], name
                assert await changes.added("proposals") == 0, name


def _is_ranking(name: str, argument: str) -> bool:
    """``order`` of a sales summary says which end comes first; it names no order."""
    return name == "sales_summary" and argument == "order"
