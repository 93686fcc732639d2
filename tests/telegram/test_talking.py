"""Words, presses and files by way of Telegram: answered once, in order, whatever breaks."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from core.actor import system
from core.documents import files
from core.inbox import service as inbox
from core.inbox.models import Inbound, Outbound
from core.people import service as people
from core.people.models import Identity
from core.products.models import Price
from core.replies import Button, Chart, Column, File, Reply, Series, Table, Text, say
from tests.telegram.bot_api import BAD_GATEWAY, BROKEN, BROKEN_AFTERWARDS, FLOOD, TOKEN, BotApi, Fault
from tests.telegram.line import BUYER, OWNER, Hands, Line, Parts, line_to, settings_for

ORDERED = "来10箱W-550"


@pytest.mark.database
async def test_ask_order_press_status(line: Line) -> None:
    asked = await line.says("W-550多少钱")
    assert "¥" in asked.text
    ordered = await line.says(ORDERED)
    assert {data.split("|")[0] for _, data in ordered.buttons} >= {"confirm", "cancel"}
    assert await line.orders() == []
    done = await line.presses(ordered, "confirm")
    (number,) = await line.orders()
    assert number in done.text
    assert number in (await line.says("上一单到哪了")).text
    assert len(line.api.shown[BUYER]) == 4
    assert set(line.api.toasts.values()) == {""}


@pytest.mark.database
async def test_a_repeated_update_is_answered_once(line: Line) -> None:
    update = await line.api.say(BUYER, "你好")
    await line.turn()
    await line.api.deliver(update)
    await line.api.deliver({"message": update["message"]})
    await line.turn()
    await line.turn()
    assert len(line.api.shown[BUYER]) == 1
    assert line.api.waiting == 0


async def test_two_taps_on_a_button_place_one_order(line: Line) -> None:
    ordered = await line.says(ORDERED)
    await line.api.press(BUYER, ordered, "confirm")
    await line.api.press(BUYER, ordered, "confirm")
    await line.turn()
    (number,) = await line.orders()
    assert [number in one.text for one in line.api.shown[BUYER]] == [False, True, True]


async def test_an_update_is_acknowledged_only_once_it_is_stored(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    await line.api.say(BUYER, "你好")

    async def full(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(type(line.desk), "receive", full)
        with pytest.raises(OSError, match="full"):
            await line.fetch()
    await line.fetch()
    await line.fetch()
    await line.work()
    assert len(line.api.shown[BUYER]) == 1


async def test_fifty_chats_at_once_are_all_answered_in_order(line: Line) -> None:
    users = range(1000, 1050)
    async with line.desk.database.writes.begin() as session:
        person = (await session.execute(select(Identity).where(Identity.account == str(BUYER)))).scalar_one()
        for user in users:
            session.add(
                Identity(channel="telegram", account=str(user), person_id=person.person_id, created_at=line.hands())
            )
    said = ["W-550多少钱", "谢谢"]
    for text in said:
        for user in users:
            await line.api.say(user, text)
    running = asyncio.create_task(line.channel.sender.run())
    for _ in range(3):
        await line.fetch()
    await asyncio.gather(*(line.worker.drain() for _ in range(4)))
    await line.api.until(lambda: all(len(line.api.shown[user]) >= len(said) for user in users))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    for user in users:
        texts = [one.text for one in line.api.shown[user]]
        assert len(texts) == len(said)
        assert "¥" in texts[0]
        assert "不客气" in texts[1]


@pytest.mark.database
async def test_a_killed_turn_is_answered_after_the_restart(
    line: Line, api: BotApi, plain_parts: Parts, hands: Hands
) -> None:
    ordered = await line.says(ORDERED)
    await api.press(BUYER, ordered, "confirm")
    await line.fetch()
    await line.crash("desk.before_save", line.worker.drain)
    async with line_to(api, line.desk.database, plain_parts, hands, settings_for(api)) as next_process:
        await next_process.turn()
        assert len(api.shown[BUYER]) == 1
        hands.wait(line.desk.settings.lease_seconds)
        await next_process.turn()
    (number,) = await line.orders()
    assert [number in one.text for one in api.shown[BUYER]] == [False, True]


async def test_a_reply_whose_sender_died_is_sent_by_the_next_and_says_so(line: Line, hands: Hands) -> None:
    await line.api.say(BUYER, "你好")
    await line.fetch()
    await line.worker.drain()
    async with line.desk.database.writes.begin() as session:
        assert await inbox.take_to_send(session, "telegram", hands(), timedelta(seconds=90))
    await line.work()
    assert line.api.shown[BUYER] == []
    hands.wait(90)
    await line.work()
    (shown,) = line.api.shown[BUYER]
    assert "可能是重复的" in shown.text


@pytest.mark.parametrize("fault", [FLOOD, BAD_GATEWAY])
async def test_what_telegram_did_not_take_is_sent_again_once(line: Line, hands: Hands, fault: Fault) -> None:
    line.api.fail("sendMessage", fault)
    await line.api.say(BUYER, "你好")
    await line.turn()
    assert line.api.shown[BUYER] == []
    hands.wait(2.9 if fault is FLOOD else 0.9)
    await line.work()
    assert line.api.shown[BUYER] == []
    hands.wait(0.1)
    await line.work()
    hands.wait(3600)
    await line.work()
    (shown,) = line.api.shown[BUYER]
    assert "重复" not in shown.text


@pytest.mark.database
async def test_nothing_overtakes_what_has_to_wait(line: Line, hands: Hands) -> None:
    line.api.fail("sendMessage", FLOOD)
    await line.api.say(BUYER, "W-550多少钱")
    await line.turn()
    await line.api.say(BUYER, "谢谢")
    await line.api.say(OWNER, "你好")
    await line.turn()
    assert (len(line.api.shown[BUYER]), len(line.api.shown[OWNER])) == (0, 1)
    hands.wait(3)
    await line.work()
    assert ["¥" in one.text for one in line.api.shown[BUYER]] == [True, False]


@pytest.mark.parametrize("fault", [BROKEN, BROKEN_AFTERWARDS])
async def test_a_broken_connection_loses_nothing_and_a_copy_says_that_it_may_be_one(
    line: Line, hands: Hands, fault: Fault
) -> None:
    ordered = await line.says(ORDERED)
    line.api.fail("sendMessage", fault)
    await line.api.press(BUYER, ordered, "confirm")
    await line.turn()
    hands.wait(1)
    await line.work()
    (number,) = await line.orders()
    told = [one.text for one in line.api.shown[BUYER][1:]]
    assert all(number in one for one in told)
    assert "可能是重复的" in told[-1]
    assert len(told) == (2 if fault is BROKEN_AFTERWARDS else 1)


@pytest.mark.database
async def test_a_long_reply_goes_on_behind_the_parts_that_are_there(line: Line, hands: Hands) -> None:
    rows = tuple((f"产品{number:03d}", f"{number}箱", f"¥{number * 12}.50") for number in range(400))
    table = Table((Column("产品"), Column("数量"), Column("金额")), rows, title="库存")
    await post(line, Reply((Text("共400个"), table)).with_buttons([Button("more", "更多")]))
    line.api.fail("sendMessage", None, BAD_GATEWAY)
    await line.work()
    assert len(line.api.shown[BUYER]) == 1
    hands.wait(1)
    await line.work()
    texts = [one.text for one in line.api.shown[BUYER]]
    assert len(texts) >= 3
    whole = "\n".join(texts)
    assert all(whole.count(f"产品{number:03d} ·") == 1 for number in range(400))
    assert [bool(one.buttons) for one in line.api.shown[BUYER]] == [False] * (len(texts) - 1) + [True]


@pytest.mark.database
async def test_a_reader_who_left_is_given_up_and_holds_nobody_up(line: Line) -> None:
    line.api.fail("sendMessage", Fault(403))
    await line.api.say(BUYER, "你好")
    await line.turn()
    await line.says("你好", OWNER)
    (first, second) = await line.outbox()
    assert first.given_up_at is not None
    assert "Forbidden" in first.error
    assert second.sent_at is not None


async def test_a_file_comes_in_when_it_is_answered(line: Line) -> None:
    await line.api.send_file(BUYER, "秋季手册.md", "# 手册\n退货七天内。".encode(), "text/markdown", "发布这个")
    await line.fetch()
    await line.work()
    (shown,) = line.api.shown[BUYER]
    assert "不能发布" in shown.text
    (inbound,) = await line.rows(select(Inbound.payload))
    assert inbound.payload["files"][0]["name"] == "秋季手册.md"


async def test_a_file_that_is_too_large_is_refused_in_words(line: Line) -> None:
    update = await line.api.send_file(BUYER, "big.pdf", b"x", "application/pdf")
    update["message"]["document"]["file_size"] = 30_000_000
    await line.turn()
    assert "20MB" in line.api.shown[BUYER][-1].text


async def test_charts_and_files_go_out(line: Line) -> None:
    async with line.desk.database.writes.begin() as session:
        sha256 = await files.store(session, b"%PDF-1.7 statement", "application/pdf", line.hands())
    chart = Chart("bar", "各区域销售", ("华东", "华南"), (Series("本月", (120.0, 80.5)),), "元")
    await post(line, Reply((Text("看图："), chart, File("对账单.pdf", sha256, "application/pdf"))))
    await line.work()
    words, picture, document = line.api.shown[BUYER]
    assert words.text == "看图："
    assert (picture.kind, picture.file[:4]) == ("photo", b"\x89PNG")
    assert "华东 120" in picture.text
    assert (document.kind, document.filename, document.file) == ("document", "对账单.pdf", b"%PDF-1.7 statement")


async def test_an_older_choice_is_refused_and_a_foreign_button_does_nothing(line: Line) -> None:
    first = await line.says("你好")
    choice = next(data for _, data in first.buttons if not data.split("|")[1])
    await line.says("W-550多少钱")
    await line.api.press_data(BUYER, first, choice)
    await line.api.press_data(BUYER, first, "nonsense")
    await line.turn()
    assert len(line.api.shown[BUYER]) == 2
    assert any("较早" in toast for toast in line.api.toasts.values())
    assert any("失效" in toast for toast in line.api.toasts.values())


async def test_a_stranger_redeems_an_invite_by_its_link(line: Line) -> None:
    async with line.desk.database.writes.begin() as session:
        token = await people.invite(session, system("test"), "D001-buyer", line.hands(), timedelta(hours=1))
    stranger = 900
    assert "邀请" in (await line.says("绿茶多少钱", stranger)).text
    assert "¥" not in line.api.shown[stranger][-1].text
    await line.says(f"/start {token}", stranger)
    assert "¥" in (await line.says("W-550多少钱", stranger)).text
    again = await line.says(f"/start {token}", stranger)
    assert "已登录" in again.text


async def test_menus_speak_both_languages_and_commands_say_their_words(line: Line) -> None:
    menus = {(menu.get("language_code"), menu["scope"]["type"]): menu["commands"] for menu in line.api.menus}
    assert menus[None, "all_private_chats"][0]["description"] == "能做什么"
    assert menus["en", "all_private_chats"][0]["description"] == "What I can do"
    assert (await line.says("/help")).buttons
    assert "授信" in (await line.says("/account")).text


@pytest.mark.parametrize(
    "content",
    [{"voice": {"file_id": "v", "file_unique_id": "v", "duration": 1}}, {"location": {"latitude": 1, "longitude": 1}}],
    ids=["voice", "location"],
)
async def test_what_can_not_be_read_is_said_once(line: Line, content: dict[str, object]) -> None:
    await line.api.deliver({"message": line.api.message(BUYER, None, **content)})
    await line.turn()
    await line.turn()
    (shown,) = line.api.shown[BUYER]
    assert "看不了" in shown.text


async def test_the_token_is_never_told(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="bot")
    caplog.set_level("INFO", logger="httpx")
    line.api.fail("sendMessage", BROKEN, BAD_GATEWAY)
    await line.api.say(BUYER, "你好")
    await line.turn()
    line.hands.wait(1)
    await line.work()
    line.hands.wait(5)
    await line.work()
    assert TOKEN not in caplog.text
    assert TOKEN not in str(await line.rows(select(Outbound.payload, Outbound.error)))


async def post(line: Line, reply: Reply) -> None:
    """Put a reply on its way to the buyer."""
    payload = {"turn": str(uuid4()), "in_reply_to": None, "reply": reply.as_json(), "language": "zh"}
    async with line.desk.database.writes.begin() as session:
        await inbox.send(session, "telegram", str(BUYER), uuid4().hex, payload, line.hands())


async def test_words_that_look_like_marks_are_shown_as_they_are(line: Line) -> None:
    await post(line, say("a < b & <b>c</b> <script>"))
    await line.work()
    assert line.api.shown[BUYER][-1].text == "a < b & <b>c</b> <script>"


async def test_an_order_that_rose_above_the_buyers_limit_meanwhile_is_brought_before_the_owner(line: Line) -> None:
    asked = await line.says("来124箱T-500")
    async with line.desk.database.writes.begin() as session:
        await session.execute(update(Price).values(amount=Decimal(42)))
    told = await line.presses(asked, "confirm")
    assert "情况有变" in told.text
    assert not [data for _, data in told.buttons if data.startswith("confirm")]
    await line.turn()
    brought = line.api.shown[OWNER][-1]
    assert "5,208" in brought.text
    await line.presses(brought, "confirm", OWNER)
    assert len(await line.orders()) == 1
