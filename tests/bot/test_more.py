"""What waits behind an answer: by its button or in words, and only for whom it was worked out."""

from dataclasses import replace

import pytest

from agents.turns import Asked, Said
from bot.decisions import decide
from bot.incoming import Incoming
from core.actor import Permission
from core.db import Database
from core.replies import Button, Reply, Table, Text, say
from tests.tools.calls import context_for
from tools.context import ToolContext
from tools.registry import Registry

pytestmark = pytest.mark.database
REGISTRY = Registry.installed()
SHORT = Reply((Text("要12箱。"),), more=(Text("安全库存3箱。"),)).with_buttons([Button("more", "更多")])
LISTED = replace(SHORT, more=(*SHORT.more, Table((), (), "怎么算的")))


@pytest.fixture
async def ctx(demo_database: Database) -> ToolContext:
    return await context_for(demo_database, "D001-buyer")


async def heard(ctx: ToolContext, text: str, *past: Said, press: str = "") -> str | None:
    """What code answers by itself; None where the message is for a brain."""
    incoming = Incoming("web", "1", "1", text, press)
    found = await decide(incoming, list(past), ctx, REGISTRY)
    return found.answer.reply.plain() if found.answer else None


def told(ctx: ToolContext, reply: Reply = SHORT, *, asked: Asked | None = None, aloud: bool = False) -> Said:
    return Said("要备多少", reply, asked=asked, aloud=aloud, reach=ctx.actor.reach)


@pytest.mark.parametrize(
    "text", ["更多", "看更多。", "還有更多", "其余的呢", "More please", "show me the rest", "展开"]
)
async def test_words_press_the_button(ctx: ToolContext, text: str) -> None:
    assert await heard(ctx, text, told(ctx)) == "安全库存3箱。"
    assert await heard(ctx, "", told(ctx), press="more") == "安全库存3箱。"


async def test_its_title_asks_for_it_and_another_subject_does_not(ctx: ToolContext) -> None:
    assert "安全库存3箱。" in (await heard(ctx, "安全库存怎么算的？", told(ctx, LISTED)) or "")
    assert await heard(ctx, "返利怎么算的？", told(ctx, LISTED)) is None
    again = told(ctx, Reply(LISTED.more))
    assert "安全库存3箱。" in (await heard(ctx, "安全库存怎么算的", told(ctx, LISTED), again) or "")
    assert await heard(ctx, "安全库存怎么算的", told(ctx, LISTED), told(ctx, say("好的。"))) is None


async def test_where_nothing_is_held_back_it_is_said_or_a_brain_hears_what_may_be_about_goods(ctx: ToolContext) -> None:
    assert await heard(ctx, "看更多", told(ctx, say("要12箱。"))) == "上一条已经是全部了。"
    assert await heard(ctx, "更多", told(ctx, say("要12箱。"))) is None
    assert await heard(ctx, "更多") is None


async def test_a_word_that_answers_a_question_is_for_a_brain(ctx: ToolContext) -> None:
    assert await heard(ctx, "更多", told(ctx, asked=Asked("show_order", {}, "order", ()))) is None


@pytest.mark.parametrize(("text", "press"), [("更多", ""), ("", "more")])
async def test_what_was_worked_out_for_rights_since_lost_stays_back(ctx: ToolContext, text: str, press: str) -> None:
    before = told(ctx)
    less = replace(ctx, actor=replace(ctx.actor, permissions=ctx.actor.permissions - {Permission.ACCOUNT_READ}))
    other = replace(ctx, actor=replace(ctx.actor, dealer_id=(ctx.actor.dealer_id or 0) + 1))
    for now in (less, other):
        assert await heard(now, text, before, press=press) == "您能看的范围变了，请再问一次。"


async def test_a_stranger_hears_nothing_of_what_members_were_told(ctx: ToolContext) -> None:
    group = replace(ctx, private=False)
    assert await heard(group, "更多", told(ctx)) is None
    assert await heard(group, "", told(ctx), press="more") == ctx.words("group.private")
    assert await heard(group, "更多", told(ctx, aloud=True)) == "安全库存3箱。"
