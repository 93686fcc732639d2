"""A dealer's day on the page, in a real browser."""

import re
from datetime import date
from pathlib import Path

from playwright.async_api import Browser, expect
from sqlalchemy import func, select

from bot.desk import Desk
from core.actor import system
from core.documents.publishing import Edition
from core.orders.models import Order
from core.scope import visible
from knowledge.publishing import publish_file
from tests.browser.page import PHONE, Chat, Chats
from tests.serving import Site, served

HANDBOOK = "# 退换货\n\n破损的货要在签收后48小时内报，凭照片全额赔付。\n\n# 起订量\n\n每单起订量为1箱。\n"


async def orders(desk: Desk) -> int:
    async with desk.database.reads() as session:
        mine = visible(system("test"), Order)
        return (await session.execute(select(func.count(Order.id)).where(mine))).scalar_one()


async def test_sign_in_ask_order_and_confirm_once(desk: Desk, chats: Chats) -> None:
    chat = await chats("D001-buyer")
    quoted = await chat.say("W-550多少钱")
    await expect(quoted).to_contain_text("¥28.51")

    drafted = await chat.say("要10箱矿泉水，再来5箱绿茶")
    rows = drafted.locator("tbody tr")
    await expect(rows).to_have_count(2)
    await expect(rows.first.locator("td").last).to_have_css("text-align", "end")

    before = await orders(desk)
    confirm = drafted.get_by_role("button", name="确认下单")
    await confirm.dblclick()
    placed = await chat.answer(2)
    await expect(placed).to_contain_text("SO-20261120-")
    await expect(drafted.locator(".status")).to_have_text("已确认")
    await expect(confirm).to_be_hidden()
    await expect(chat.own).to_have_count(3)
    assert await orders(desk) == before + 1


async def test_what_waits_for_the_owner_appears_on_the_owners_page(desk: Desk, chats: Chats) -> None:
    buyer, owner = await chats("D001-buyer"), await chats("D001-owner")
    drafted = await buyer.say("要3000箱矿泉水")
    await expect(drafted.get_by_role("button", name="确认下单")).to_have_count(0)
    before = await orders(desk)
    await owner.replies.first.get_by_role("button", name="确认下单").click()
    await expect(await owner.answer(1)).to_contain_text("SO-20261120-")
    assert await orders(desk) == before + 1
    await buyer.page.reload()
    await expect(drafted.locator(".status").first).to_have_text("已确认")


async def test_choices_are_over_when_something_newer_was_said(chats: Chats) -> None:
    chat = await chats("D001-buyer")
    greeted = await chat.say("你好")
    choice = greeted.get_by_role("button").first
    await expect(choice).to_be_enabled()
    await chat.say("W-550多少钱")
    await expect(choice).to_be_disabled()


async def test_an_answer_from_a_document_opens_it(desk: Desk, chats: Chats) -> None:
    edition = Edition("handbook.md", "经销商手册", "zh", (), date(2026, 1, 1))
    await publish_file(desk.database.writes, system("test"), edition, HANDBOOK.encode(), desk.clock())
    chat = await chats("D001-buyer")
    answered = await chat.say("破损的货多久内要报")
    await expect(answered).to_contain_text("48小时")
    chip = answered.locator("a.chip")
    await expect(chip).to_contain_text("经销商手册")
    async with chat.page.context.expect_page() as tab:
        await chip.click()
    opened = await tab.value
    await expect(opened.locator("body")).to_contain_text("破损的货要在签收后48小时内报")


async def test_a_rep_sees_a_table_and_a_chart(chats: Chats) -> None:
    chat = await chats("rep-east")
    told = await chat.say("本月销售情况")
    await expect(told.locator("table").first).to_be_visible()
    chart = told.get_by_role("img")
    await expect(chart.locator("canvas")).to_be_visible()
    assert re.search(r"南京.*\d", await chart.get_attribute("aria-label") or "")
    await told.locator("summary").click()
    await expect(told.locator(".chart tbody tr").first).to_be_visible()


async def test_a_forecast_is_drawn_with_its_bands_and_read_out(chats: Chats) -> None:
    chat = await chats("D001-buyer", **PHONE)
    told = await chat.say("绿茶未来三个月预测")
    drawing = told.locator(".drawing")
    await expect(drawing.locator("canvas")).to_be_visible()
    read = await drawing.get_attribute("aria-label") or ""
    assert re.search(r"80%区间: 2026年11月 [\d,.]+–[\d,.]+", read)
    await told.locator("summary").click()
    await expect(told.locator(".chart thead")).to_contain_text("95%区间")
    assert await chat.overflowing() == []


async def test_a_long_table_folds(chats: Chats) -> None:
    chat = await chats("rep-east")
    told = await chat.say("本月销售情况")
    await told.get_by_role("button", name="更多").click()
    more = await chat.answer(1)
    rows = more.locator("tbody tr:visible")
    await expect(rows).to_have_count(8)
    await more.locator(".fold").click()
    assert await rows.count() > 8


async def test_nothing_sticks_out_of_a_phone(chats: Chats) -> None:
    for handle, said in (
        ("D001-buyer", ("你好", "查一下返利", "要10箱矿泉水，再来5箱绿茶", "a" * 300, "我最近的订单")),
        ("rep-east", ("本月销售情况", "这个月谁还没下单", "逾期情况")),
        ("D040-buyer", ("show my rebate", "10 cases of W-550", "where is my last order")),
    ):
        chat = await chats(handle, **PHONE)
        assert await chat.overflowing() == []
        for text in said:
            await chat.say(text)
            assert await chat.overflowing() == [], text
        await expect(chat.page.locator(".bar")).to_be_in_viewport()
        await expect(chat.box).to_be_in_viewport()


async def test_english_throughout_and_switched_at_will(chats: Chats) -> None:
    chat = await chats("D040-buyer", locale="en-GB")
    await expect(chat.page.locator("html")).to_have_attribute("lang", "en")
    await expect(chat.page.get_by_role("heading", name="Hello Daniel Fong")).to_be_visible()
    drafted = await chat.say("10 cases of W-550")
    await expect(drafted.get_by_role("button", name="Confirm order")).to_be_enabled()
    await expect(drafted).not_to_contain_text("请确认")
    await chat.page.locator(".side .language select").select_option("zh")
    await expect(chat.page.locator("html")).to_have_attribute("lang", "zh-CN")
    await expect(chat.page.get_by_role("button", name="退出登录")).to_be_visible()
    await expect(drafted.get_by_role("button", name="Confirm order")).to_be_enabled()
    await chat.page.reload()
    await expect(chat.box).to_have_attribute("placeholder", "要办什么，直接写")
    await chat.page.locator(".side .language select").select_option("繁體中文")
    await expect(chat.page.locator("html")).to_have_attribute("lang", "zh-TW")
    await expect(chat.page.get_by_role("button", name="登出")).to_be_visible()
    assert "確認下單" in await (await chat.say("綠茶二十箱")).inner_text()


async def test_a_trainer_uploads_and_a_dealer_is_answered(chats: Chats, tmp_path: Path) -> None:
    file = tmp_path / "冬季陈列要求.md"
    file.write_text("# 冬季陈列要求\n\n绿茶端架必须陈列七层，每层不少于二十瓶。\n", encoding="utf-8")
    trainer = await chats("trainer")
    await trainer.page.set_input_files("input[type=file]", str(file))
    await expect(trainer.page.locator(".files .chip")).to_contain_text("冬季陈列要求.md")
    await trainer.box.press("Enter")
    offered = await trainer.answer(0)
    await expect(trainer.own.locator(".chip")).to_contain_text("冬季陈列要求.md")
    await offered.get_by_role("button", name="确认发布").click()
    await trainer.answer(1)

    dealer = await chats("D001-buyer")
    answered = await dealer.say("绿茶端架要陈列几层")
    await expect(answered).to_contain_text("七层")
    await expect(answered.locator(".citations")).to_contain_text("冬季陈列要求")


async def test_a_file_is_dropped_in_and_too_large_a_one_is_refused_at_once(chats: Chats) -> None:
    chat = await chats("trainer")
    await chat.page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["# a"], "a.md", { type: "text/markdown" }));
          data.items.add(new File([new ArrayBuffer(20_000_001)], "big.pdf", { type: "application/pdf" }));
          for (const type of ["dragenter", "dragover", "drop"])
            document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )
    await expect(chat.page.locator(".files .chip")).to_have_count(1)
    await expect(chat.page.locator(".fault")).to_contain_text("big.pdf 超过20 MB")
    await expect(chat.page.locator(".drop")).to_be_hidden()


async def test_the_keyboard_is_enough(desk: Desk, chats: Chats) -> None:
    chat = await chats("D001-buyer")
    keys = chat.page.keyboard
    await expect(chat.box).to_be_focused()
    await keys.type("第一行")
    await keys.press("Shift+Enter")
    await keys.type("第二行")
    await expect(chat.box).to_have_value("第一行\n第二行")
    await keys.press("Escape")
    await expect(chat.box).to_have_value("")
    await keys.type("要10箱矿泉水")
    await keys.press("Enter")
    drafted = await chat.answer(0)
    await keys.press("ArrowUp")
    await expect(chat.box).to_have_value("要10箱矿泉水")
    await keys.press("Escape")

    before = await orders(desk)
    confirm = drafted.get_by_role("button", name="确认下单")
    for _ in range(12):
        if await confirm.evaluate("(node) => node === document.activeElement"):
            break
        await keys.press("Shift+Tab")
    await expect(confirm).to_be_focused()
    assert await confirm.evaluate("(node) => getComputedStyle(node).outlineStyle") == "solid"
    await keys.press("Enter")
    await chat.answer(1)
    await expect(chat.box).to_be_focused()
    assert await orders(desk) == before + 1


async def test_a_thumb_is_one_press_by_keyboard_too_and_another_takes_it_back(chats: Chats) -> None:
    chat = await chats("D001-buyer")
    shown = await chat.say("W-550多少钱")
    down = shown.get_by_role("button", name="没用")
    up = shown.get_by_role("button", name="有用")
    await expect(down).to_have_attribute("aria-pressed", "false")
    await down.focus()
    await chat.page.keyboard.press("Enter")
    await expect(down).to_have_attribute("aria-pressed", "true")
    async with chat.page.expect_response("**/opinion"):
        await up.click()
    await expect(up).to_have_attribute("aria-pressed", "true")
    await expect(down).to_have_attribute("aria-pressed", "false")
    await chat.page.reload()
    await chat.ready()
    up = chat.replies.last.get_by_role("button", name="有用")
    await expect(up).to_have_attribute("aria-pressed", "true")
    await up.click()
    await expect(up).to_have_attribute("aria-pressed", "false")


async def test_what_is_written_while_offline_is_kept_and_sent_once(chats: Chats) -> None:
    chat = await chats("D001-buyer")
    await chat.say("你好")
    await chat.page.context.set_offline(True)
    await expect(chat.page.locator(".lost")).to_be_visible()
    await chat.box.fill("W-550多少钱")
    await chat.box.press("Enter")
    await expect(chat.own.last.locator(".note")).to_contain_text("未发出")
    await chat.page.context.set_offline(False)
    answered = await chat.answer(1)
    await expect(answered).to_contain_text("¥28.51")
    await expect(chat.page.locator(".lost")).to_be_hidden()
    await expect(chat.own).to_have_count(2)
    await chat.page.reload()
    await expect(chat.own).to_have_count(2)
    await expect(chat.replies).to_have_count(2)


async def test_a_server_that_restarts_is_found_again(desk: Desk, browser: Browser) -> None:
    async with served(desk) as site:
        chat = await Chat.opened(browser, site, "D001-buyer")
        await chat.say("你好")
        port = int(site.url.rpartition(":")[2])
    await expect(chat.page.locator(".lost")).to_be_visible()
    await chat.box.fill("W-550多少钱")
    await chat.box.press("Enter")
    await expect(chat.own.last.locator(".note")).to_be_visible()
    async with served(desk, port):
        # the page also looks for the server by itself, and may have found it before a pointer gets there
        await chat.page.locator(".lost button").dispatch_event("click")
        await expect(await chat.answer(1)).to_contain_text("¥28.51")
        await expect(chat.page.locator(".lost")).to_be_hidden()
        await expect(chat.own).to_have_count(2)
        await chat.page.context.close()


async def test_two_tabs_show_the_same(chats: Chats) -> None:
    chat = await chats("D001-buyer")
    other = await chat.page.context.new_page()
    await other.goto(chat.site.url)
    await expect(other.locator(".empty")).to_be_visible()
    await chat.say("W-550多少钱")
    await expect(other.locator(".own")).to_have_text(re.compile("W-550多少钱"))
    await expect(other.locator(".desks:not(.thinking)")).to_contain_text("¥28.51")


async def test_older_messages_come_when_scrolled_to(chats: Chats) -> None:
    chat = await chats("D001-buyer")
    for i in range(17):
        await chat.say(f"你好{i}")
    await chat.page.reload()
    await expect(chat.own.last).to_contain_text("你好16")
    await chat.page.locator(".scroll").evaluate("(node) => node.scrollTo(0, 0)")
    await expect(chat.own).to_have_count(17)
    await expect(chat.own.first).to_contain_text("你好0")
    await expect(chat.page.locator(".earlier")).to_be_hidden()


async def test_signing_out_leaves_nothing_behind(chats: Chats, site: Site) -> None:
    chat = await chats("D001-buyer")
    await chat.say("W-550多少钱")
    await chat.page.locator(".side").get_by_role("button", name="退出登录").click()
    await expect(chat.page.get_by_role("heading", name="登录服务台")).to_be_visible()
    await expect(chat.page.locator("body")).not_to_contain_text("28.51")
    chat.complaints[:] = [one for one in chat.complaints if "401" not in one]
