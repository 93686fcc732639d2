"""What a contract is held against: our own form, the version before, another file; and what comes of it."""

from dataclasses import replace
from io import BytesIO
from uuid import uuid4

import docx
import pytest

from core.contracts import own_reviews, registering, service
from core.contracts.lifecycle import Terms
from core.contracts.models import State
from core.contracts.registering import Filed
from core.conversations import service as conversations
from core.db import Database
from core.documents import files
from core.errors import BadInput, NotFound
from core.replies import File, Reply
from knowledge.service import Knowledge
from tests.dialogues.making_contracts import HARD
from tests.factories import NOW
from tests.tools.calls import call, context_for
from tools.context import Attachment, ToolContext
from tools.contract_comparisons import compare_contracts
from tools.contracts import ask_contract, review_contract

WRITTEN = "\n\n".join(line for line in HARD.splitlines() if line and not line.startswith("#"))
BEFORE = f"# 经销合同\n\n{WRITTEN}"
AFTER = BEFORE.replace("每日按逾期金额的百分之一", "每日按逾期金额的万分之三")
LEAFLET = "# 冰柜\n\n冰柜每周清洗一次，保持干燥，放在通风处。"


async def speaking(database: Database, who: str = "D001-owner", language: str = "zh") -> ToolContext:
    """In a conversation of its own."""
    ctx = await context_for(database, who, language)
    assert ctx.actor.person_id is not None
    async with database.writes.begin() as session:
        chat = uuid4().hex
        opened = await conversations.open_conversation(session, "web", chat, ctx.actor.person_id, True, NOW)
    return replace(ctx, knowledge=Knowledge(), conversation=opened.id)


async def sent(database: Database, **texts: str) -> tuple[Attachment, ...]:
    """Markdown files of these names, in order."""
    made = []
    async with database.writes.begin() as session:
        for name, text in texts.items():
            data = text.encode()
            sha256 = await files.store(session, data, "text/markdown", NOW)
            made.append(Attachment(f"{name}.md", sha256, "text/markdown", len(data)))
    return tuple(made)


def later(ctx: ToolContext) -> ToolContext:
    """The next turn of the conversation, which brings no files."""
    return replace(ctx, turn_id=uuid4(), earlier_files=(*ctx.earlier_files, *ctx.attachments), attachments=())


def handed(reply: Reply) -> list[File]:
    return [block for block in reply.blocks if isinstance(block, File)]


async def test_two_files_of_a_message_are_held_against_each_other(demo_database: Database) -> None:
    ctx = await speaking(demo_database)
    ctx = replace(ctx, attachments=await sent(demo_database, before=BEFORE, after=AFTER))
    reply = await call(compare_contracts, ctx)
    assert "before.md" in reply.plain()
    assert "万分之三" in reply.plain()
    assert "范本" not in reply.plain()
    assert reply.plain().count("不是法律意见") == 1
    word, page = handed(reply)
    async with demo_database.reads() as session:
        marked = await files.load(session, word.sha256)
        html = (await files.load(session, page.sha256)).decode()
    assert "万分之三" in html
    assert docx.Document(BytesIO(marked)).paragraphs


async def test_which_is_the_newer_one_may_be_said(demo_database: Database) -> None:
    ctx = await speaking(demo_database)
    ctx = replace(ctx, attachments=await sent(demo_database, before=BEFORE, after=AFTER))
    reply = await call(compare_contracts, ctx, file="before.md")
    assert "after.md" in reply.plain().splitlines()[0]
    named = await call(compare_contracts, later(ctx), file="after.md", other="before.md")
    assert "before.md" in named.plain().splitlines()[0]


async def test_after_a_comparison_both_are_in_view_until_one_is_named(demo_database: Database) -> None:
    ctx = await speaking(demo_database)
    ctx = replace(ctx, attachments=await sent(demo_database, before=BEFORE, after=AFTER))
    await call(compare_contracts, ctx)
    with pytest.raises(BadInput) as refused:
        await call(ask_contract, later(ctx), question="违约金多少")
    assert refused.value.message_key == "contracts.which_file"
    assert refused.value.params == {"names": "before.md，after.md"}
    answered = await call(ask_contract, later(ctx), question="违约金多少", file="before.md")
    assert "百分之一" in answered.plain()
    assert "before.md：" in answered.plain()
    again = await call(ask_contract, later(later(ctx)), question="违约金多少")
    assert "百分之一" in again.plain()


async def test_versions_sent_one_after_the_other_are_in_their_order_whichever_is_in_view(
    demo_database: Database,
) -> None:
    ctx = await speaking(demo_database)
    before, after = await sent(demo_database, before=BEFORE, after=AFTER)
    for one in (before, after):
        ctx = replace(later(ctx), attachments=(one,))
        await call(review_contract, ctx)
    ctx = later(ctx)
    assert "before.md" in (await call(compare_contracts, ctx, against="version")).plain().splitlines()[0]
    await call(ask_contract, later(ctx), question="违约金多少", file="before.md")
    turned = await call(compare_contracts, later(later(ctx)), against="version")
    assert "before.md" in turned.plain().splitlines()[0]


async def test_our_own_form_is_meant_where_nothing_else_is(demo_database: Database) -> None:
    ctx = await speaking(demo_database, "legal")
    reply = await call(compare_contracts, ctx, contract="HT-2026-001")
    assert "范本" in reply.plain().splitlines()[0]
    english = await speaking(demo_database, "D040-owner", "en")
    assert "worse for us" in (await call(compare_contracts, english, against="template")).plain()


async def test_the_registered_version_before_is_compared(demo_database: Database) -> None:
    (new,) = await sent(demo_database, new=AFTER)
    async with demo_database.writes.begin() as session:
        lawyer = (await speaking(demo_database, "legal")).actor
        entry = registering.Entry("D001", "dealer", "经销合同", "brand", State.IN_REVIEW, Terms())
        sha256 = await files.store(session, BEFORE.encode(), "text/markdown", NOW)
        made = await registering.register(session, lawyer, entry, Filed("old.md", sha256), NOW)
        await registering.revise(session, lawyer, made.number, Filed(new.name, new.sha256), Terms(), NOW)
        assert len(await service.versions(session, lawyer, made.id)) == 2
    reply = await call(
        compare_contracts, await speaking(demo_database, "legal"), contract=made.number, against="version"
    )
    assert "old.md v1" in reply.plain().splitlines()[0]
    assert "万分之三" in reply.plain()


async def test_the_same_text_differs_in_nothing(demo_database: Database) -> None:
    ctx = await speaking(demo_database)
    ctx = replace(ctx, attachments=await sent(demo_database, one=BEFORE, two=f"{BEFORE}\n"))
    reply = await call(compare_contracts, ctx)
    assert "one.md" in reply.plain()
    assert not handed(reply)


@pytest.mark.parametrize("which", ["file", "other"])
async def test_what_is_no_contract_is_compared_with_nothing(demo_database: Database, which: str) -> None:
    ctx = await speaking(demo_database)
    texts = {"leaflet": LEAFLET, "contract": BEFORE} if which == "other" else {"contract": BEFORE, "leaflet": LEAFLET}
    ctx = replace(ctx, attachments=await sent(demo_database, **texts))
    reply = await call(compare_contracts, ctx)
    assert "不是合同" in reply.plain()
    assert not handed(reply)


async def test_nothing_before_it_and_nothing_sent_is_said(demo_database: Database) -> None:
    ctx = replace(await speaking(demo_database), attachments=await sent(demo_database, only=BEFORE))
    with pytest.raises(BadInput) as none_before:
        await call(compare_contracts, ctx, against="version")
    assert none_before.value.message_key == "contracts.no_version_before"
    with pytest.raises(BadInput) as nothing:
        await call(compare_contracts, await speaking(demo_database, "D002-owner"))
    assert nothing.value.message_key == "contracts.send_file"


async def test_another_dealers_contract_is_as_missing(demo_database: Database) -> None:
    with pytest.raises(NotFound):
        await call(compare_contracts, await speaking(demo_database), contract="HT-2026-005")


async def test_what_one_person_looked_at_is_in_nobody_elses_view(demo_database: Database) -> None:
    ctx = replace(await speaking(demo_database), attachments=await sent(demo_database, before=BEFORE, after=AFTER))
    await call(compare_contracts, ctx)
    buyer = (await speaking(demo_database, "D001-buyer")).actor
    async with demo_database.reads() as session:
        mine = await own_reviews.in_view(session, ctx.actor, ctx.conversation)
        assert [one.name for one in mine] == ["before.md", "after.md"]
        assert await own_reviews.in_view(session, buyer, ctx.conversation) == []
        assert await own_reviews.looked_at(session, buyer, ctx.conversation) == []
