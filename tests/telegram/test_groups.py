"""A group is public; bound to a dealer it is open while everybody in it is known and allowed."""

import pytest
from sqlalchemy import select

from bot.evaluation.endpoint import Says, endpoint
from core.actor import Role, system
from core.conversations.models import Conversation
from core.db import Database
from core.documents import files
from core.documents.publishing import Edition, publish
from core.inbox.models import Inbound
from core.proposals.models import Proposal, Status
from knowledge.publishing import read_file
from tests.factories import LONG_AGO
from tests.telegram.bot_api import BotApi, Shown
from tests.telegram.line import BUYER, OWNER, REP, Hands, Line, Parts, let_in, line_to, settings_for

pytestmark = pytest.mark.database
GROUP = -100500
STRANGER = 999
OPERATOR = 104
LOWEST = "临期的葡萄汽水最低折扣是多少"
PRICE = "@qudao_test_bot W-550多少钱"


@pytest.fixture
def inside(api: BotApi) -> set[int]:
    """Who is in the group, besides the bot."""
    api.members[GROUP] |= {BUYER, OWNER}
    return api.members[GROUP]


async def ask(line: Line, text: str = PRICE, user: int = BUYER) -> Shown:
    return await line.says(text, user, GROUP)


async def bind(line: Line) -> None:
    assert "已绑定" in (await ask(line, "/bind@qudao_test_bot", OWNER)).text


async def test_an_unbound_group_sees_no_price_and_the_private_chat_does(line: Line, inside: set[int]) -> None:
    assert "私聊" in (await ask(line)).text
    assert "¥" in (await line.says("W-550多少钱")).text


async def test_a_bound_group_sees_its_dealers_prices(line: Line, inside: set[int]) -> None:
    await bind(line)
    shown = await ask(line)
    assert "¥" in shown.text
    (asked,) = await line.rows(select(Inbound.external_id).where(Inbound.payload["text"].as_string() == "W-550多少钱"))
    assert shown.answers == int(asked[0].split(":")[1])


async def test_one_stranger_restores_the_guard_and_their_leaving_lifts_it(line: Line, inside: set[int]) -> None:
    await bind(line)
    inside.add(STRANGER)
    assert "私聊" in (await ask(line)).text
    inside.remove(STRANGER)
    assert "¥" in (await ask(line)).text


async def test_a_stranger_who_speaks_up_is_told_nothing(line: Line, inside: set[int]) -> None:
    await bind(line)
    inside.add(STRANGER)
    assert "¥" not in (await ask(line, user=STRANGER)).text
    assert "¥" not in (await ask(line)).text


async def test_a_stranger_in_the_place_of_a_member_is_noticed(line: Line, api: BotApi, inside: set[int]) -> None:
    await bind(line)
    assert "¥" in (await ask(line)).text
    inside.remove(OWNER)
    inside.add(STRANGER)
    joined = {"new_chat_members": [{"id": STRANGER, "is_bot": False, "first_name": "S"}]}
    await api.deliver({"message": api.message(STRANGER, GROUP, **joined)})
    await line.turn()
    assert "私聊" in (await ask(line)).text


async def test_what_was_answered_before_a_stranger_came_is_not_sent_after(line: Line, inside: set[int]) -> None:
    await bind(line)
    assert "¥" in (await ask(line)).text
    await line.api.say(BUYER, PRICE, GROUP)
    await line.fetch()
    await line.worker.drain()
    inside.add(STRANGER)
    await line.channel.sender.drain()
    assert "¥" not in line.api.shown[GROUP][-1].text
    assert "私聊" in line.api.shown[GROUP][-1].text


async def test_where_members_can_not_be_counted_the_guard_holds(line: Line, api: BotApi, inside: set[int]) -> None:
    from tests.telegram.bot_api import BAD_GATEWAY

    await bind(line)
    api.fail("getChatMemberCount", BAD_GATEWAY)
    assert "私聊" in (await ask(line)).text
    assert "¥" in (await ask(line)).text


@pytest.mark.parametrize(("user", "command"), [(BUYER, "/bind"), (OWNER, "/bind D002"), (STRANGER, "/bind D001")])
async def test_only_the_owner_or_an_operator_binds_and_only_their_own(
    line: Line, inside: set[int], user: int, command: str
) -> None:
    await ask(line, command, user)
    assert "私聊" in (await ask(line)).text


async def test_the_owner_ends_the_binding(line: Line, inside: set[int]) -> None:
    await bind(line)
    assert "解除" in (await ask(line, "/unbind", OWNER)).text
    assert "私聊" in (await ask(line)).text


async def test_each_member_has_a_thread_of_their_own(line: Line, inside: set[int]) -> None:
    await bind(line)
    ordered = await ask(line, "@qudao_test_bot 来10箱W-550")
    assert "确认" in ordered.text
    await ask(line, "@qudao_test_bot 确认", OWNER)
    assert await line.orders() == []
    threads = await line.rows(select(Conversation.id).where(Conversation.chat == str(GROUP)))
    assert len(threads) == 2
    await line.presses(ordered, "confirm")
    assert len(await line.orders()) == 1


async def test_what_was_said_before_a_group_was_bound_is_not_recalled(line: Line, inside: set[int]) -> None:
    await bind(line)
    assert "确认" in (await ask(line, "@qudao_test_bot 来10箱W-550")).text
    line.hands.wait(60)
    await bind(line)
    await ask(line, "@qudao_test_bot 确认")
    assert await line.orders() == []
    assert "确认" in (await ask(line, "@qudao_test_bot 来10箱W-550")).text
    await ask(line, "@qudao_test_bot 确认")
    assert len(await line.orders()) == 1


async def test_what_is_not_said_to_the_desk_is_not_heard(line: Line, inside: set[int]) -> None:
    await line.api.say(BUYER, "今天吃什么", GROUP)
    await line.api.say(BUYER, "/help@another_bot", GROUP)
    await line.turn()
    assert line.api.shown[GROUP] == []
    assert await line.rows(select(Inbound.id)) == []


async def test_a_group_that_moves_keeps_its_binding(
    line: Line, api: BotApi, inside: set[int], market: Database
) -> None:
    await bind(line)
    moved = GROUP - 1
    api.members[moved] = set(inside)
    await api.deliver({"message": api.message(OWNER, GROUP, migrate_to_chat_id=moved)})
    await line.turn()
    assert "¥" in (await line.says(PRICE, BUYER, moved)).text


async def test_a_stranger_hears_no_more_of_what_members_were_told(line: Line, inside: set[int]) -> None:
    await bind(line)
    await line.presses(await line.says("来10箱W-550"), "confirm")
    shown = await ask(line, "@qudao_test_bot 我最近的订单到哪了")
    assert "¥" in shown.text
    inside.add(STRANGER)
    more = await line.presses(shown, "more")
    assert "私聊" in more.text
    assert "¥" not in more.text


@pytest.mark.parametrize("word", ["", "确认"])
async def test_a_yes_before_a_stranger_is_kept_for_the_private_chat(line: Line, inside: set[int], word: str) -> None:
    await bind(line)
    shown = await ask(line, "@qudao_test_bot 来10箱W-550")
    inside.add(STRANGER)
    refused = await ask(line, f"@qudao_test_bot {word}") if word else await line.presses(shown, "confirm")
    assert "私聊" in refused.text
    assert "¥" not in refused.text
    assert await line.orders() == []
    assert await line.rows(select(Proposal.status)) == [(Status.OPEN,)]
    waiting = await line.says("等我确认的")
    assert "¥180.00" in waiting.text
    await line.presses(waiting, "confirm")
    assert len(await line.orders()) == 1


async def test_a_proposal_is_taken_back_before_a_stranger(line: Line, inside: set[int]) -> None:
    await bind(line)
    shown = await ask(line, "@qudao_test_bot 来10箱W-550")
    inside.add(STRANGER)
    assert "¥" not in (await line.presses(shown, "cancel")).text
    assert await line.rows(select(Proposal.status)) == [(Status.CANCELLED,)]


async def test_a_model_is_not_told_what_members_were_told(
    api: BotApi, market: Database, plain_parts: Parts, hands: Hands, inside: set[int]
) -> None:
    async with endpoint(lambda _: Says("不客气。")) as fake:
        settings = settings_for(api, llm_base_url=fake.url, llm_model="fake", llm_seconds=5, llm_share="prices")
        async with line_to(api, market, plain_parts, hands, settings) as line:
            await bind(line)
            assert "¥18" in (await ask(line)).text
            await ask(line, "@qudao_test_bot 谢谢")
            assert any("¥18" in str(message["content"]) for message in fake.requests[-1].body["messages"])
            inside.add(STRANGER)
            await ask(line, "@qudao_test_bot 谢谢")
            told = [str(message["content"]) for message in fake.requests[-1].body["messages"]]
            assert not any("¥" in content or "W-550" in content for content in told)
            assert told[-1] == "谢谢"
            await ask(line, "@qudao_test_bot 好的，谢谢")
            assert "谢谢" in [str(message["content"]) for message in fake.requests[-1].body["messages"]]
            await line.desk.brains.aclose()


class TestStaff:
    @pytest.fixture(autouse=True)
    async def beside_them(self, inside: set[int], market: Database) -> None:
        """A rep and an operator of the brand are in the group too."""
        await let_in(market, {"rep-east": REP, "operator": OPERATOR})
        inside |= {REP, OPERATOR}

    @pytest.mark.parametrize("bound", [True, False])
    async def test_what_is_for_reps_is_not_read_out(self, line: Line, bound: bool) -> None:
        await published(line, "六三折", (Role.REP, Role.MANAGER))
        assert "六三折" in (await line.says(LOWEST, REP)).text
        if bound:
            await bind(line)
        assert "六三折" not in (await ask(line, f"@qudao_test_bot {LOWEST}", REP)).text

    async def test_what_is_for_dealers_and_reps_is_read_in_their_own_group_alone(self, line: Line) -> None:
        await published(line, "六三折", (Role.OWNER, Role.BUYER, Role.REP))
        for user in (BUYER, REP):
            assert "六三折" not in (await ask(line, f"@qudao_test_bot {LOWEST}", user)).text
        await bind(line)
        for user in (BUYER, REP):
            assert "六三折" in (await ask(line, f"@qudao_test_bot {LOWEST}", user)).text

    async def test_what_is_for_owners_is_not_read_to_their_buyers(self, line: Line) -> None:
        await published(line, "六三折", (Role.OWNER,))
        await bind(line)
        assert "六三折" in (await line.says(LOWEST, OWNER)).text
        assert "六三折" not in (await ask(line, f"@qudao_test_bot {LOWEST}", OWNER)).text

    async def test_what_is_for_everyone_is_read_in_any_group(self, line: Line) -> None:
        await published(line, "六三折", ())
        assert "六三折" in (await ask(line, f"@qudao_test_bot {LOWEST}", REP)).text

    async def test_a_rep_asks_after_the_dealer_and_advises_no_price(self, line: Line) -> None:
        await bind(line)
        await line.presses(await line.says("来10箱W-550"), "confirm")
        assert "¥18" in (await ask(line, user=REP)).text
        assert "SO-" in (await ask(line, "@qudao_test_bot 查一下最近的订单", REP)).text
        assert "¥" in (await ask(line, "@qudao_test_bot 还欠多少钱", REP)).text
        assert "私聊" in (await ask(line, "@qudao_test_bot W-550定价多少合适，给个建议价", REP)).text

    async def test_an_operator_ends_the_binding_of_an_open_group(self, line: Line) -> None:
        await bind(line)
        assert "¥" in (await ask(line)).text
        assert "解除" in (await ask(line, "/unbind", OPERATOR)).text
        assert "私聊" in (await ask(line)).text


async def published(line: Line, words: str, audience: tuple[Role, ...]) -> None:
    """A document that answers what the lowest discount is, for these roles."""
    data = f"# 临期品处理\n\n临期的葡萄汽水最低折扣是{words}。\n".encode()
    document, pieces = await read_file(data, "floor.md", lambda _page, _pages: None)
    edition = Edition("floor.md", "临期品处理", "zh", audience, LONG_AGO)
    async with line.desk.database.writes.begin() as session:
        await files.store(session, data, "text/markdown", line.desk.clock())
        await publish(session, system("test"), edition, document, pieces, line.desk.clock())
