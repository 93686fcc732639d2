"""One turn: whose words are shown, what goes out, what it costs, and what comes on the way."""

from decimal import Decimal
from typing import Any

import pytest

from bot.evaluation.endpoint import Request, Says
from core.egress.masking import PLACEHOLDER
from core.events.models import Event
from core.settings import Settings
from core.usage import service as usage
from tests.agents.llm.conftest import BUYER, Modelling
from tests.core.rows import all_rows

REBATE = "2026年第4季度预估返利¥2,718.31"


def says_after_tool(*texts: str, tool: str = "explain_rebate", **args: Any) -> Any:
    """A script: the tool first, then these words."""

    def script(request: Request) -> Says:
        return Says("".join(texts)) if request.results else Says(calls=[(tool, args)])

    return script


class TestWords:
    async def test_the_model_leads_in_and_the_blocks_follow(self, modelled: Modelling) -> None:
        turn = await modelled(says_after_tool("您这个季度的返利如下，以结算单为准。"))
        asked = await turn.says("查一下返利")
        first, second, *_ = asked.reply.plain().splitlines()
        assert (first, second[:5]) == ("您这个季度的返利如下，以结算单为准。", "2026年")
        assert asked.turn.answer.brain == "llm"

    async def test_true_sentences_stay_and_the_built_in_brain_finishes_after_a_lie(self, modelled: Modelling) -> None:
        turn = await modelled(says_after_tool("您这个季度的返利如下。", "已为您兑付到账。", "请查收。"))
        seen: list[str] = []
        asked = await turn.says("查一下返利", progress=seen.append)
        assert asked.reply.plain().startswith("您这个季度的返利如下。\n" + REBATE)
        assert seen == ["您这个季度的返利如下。"]

    async def test_sentences_come_one_after_the_other(self, modelled: Modelling) -> None:
        turn = await modelled(says_after_tool("返利如下。", "请看明细。"))
        seen: list[str] = []
        await turn.says("查一下返利", progress=seen.append)
        assert seen == ["返利如下。", "返利如下。请看明细。"]

    async def test_thoughts_tables_and_marks_are_left_out(self, modelled: Modelling) -> None:
        turn = await modelled(
            says_after_tool("<think>返利是九万元吗</think>**返利**如下。\n| a | b |\n|---|---|\n请看明细。")
        )
        asked = await turn.says("查一下返利")
        assert asked.reply.plain().startswith("返利如下。请看明细。\n" + REBATE)

    async def test_who_babbles_is_cut_off_where_it_begins(self, modelled: Modelling) -> None:
        turn = await modelled(lambda _: Says("不客气！⌛您, never！⌛你！⌛你！"))
        seen: list[str] = []
        asked = await turn.says("谢谢", progress=seen.append)
        assert seen == ["不客气！"]
        assert "⌛" not in asked.reply.plain()

    async def test_what_was_said_is_not_said_again(self, modelled: Modelling) -> None:
        turn = await modelled(says_after_tool("返利如下。", "返利如下！", "请看明细。"))
        seen: list[str] = []
        await turn.says("查一下返利", progress=seen.append)
        assert seen == ["返利如下。"]

    async def test_small_talk_is_the_models(self, modelled: Modelling) -> None:
        turn = await modelled(lambda _: Says("不客气，随时找我。"))
        asked = await turn.says("谢谢")
        assert asked.reply.plain() == "不客气，随时找我。"

    async def test_a_tool_that_the_model_forgot_is_called(self, modelled: Modelling) -> None:
        turn = await modelled(lambda _: Says("请稍等，我看一下。"))
        asked = await turn.says("查一下返利")
        assert [call.name for call in asked.turn.answer.calls] == ["explain_rebate"]
        assert asked.reply.plain().startswith(REBATE)

    async def test_the_arguments_that_the_words_give_win(self, modelled: Modelling) -> None:
        turn = await modelled(says_after_tool("返利如下。", period="2026-01"))
        asked = await turn.says("第三季度返利多少")
        assert [call.args for call in asked.turn.answer.calls] == [{"period": "2026Q3"}]

    async def test_an_open_question_stays_the_built_in_brains(self, modelled: Modelling) -> None:
        turn = await modelled(lambda _: Says("好的，我来帮您。要多少呢？"))
        asked = await turn.says("我要订货")
        assert asked.turn.answer.asked is not None
        assert asked.reply.plain().startswith("好的，我来帮您。\n")
        assert asked.reply.plain().count("？") == 1

    async def test_what_leads_in_to_a_question_has_no_figure_of_an_earlier_turn(self, modelled: Modelling) -> None:
        turn = await modelled(lambda _: Says("好的。您要的红牛要多于10箱。"))
        assert "10" in (await turn.says("0箱可乐")).reply.plain()
        asked = await turn.says("那来50箱红牛")
        assert asked.turn.answer.asked is not None
        assert "10" not in asked.reply.plain()

    async def test_a_greeting_names_the_person_of_whom_the_model_is_not_told(self, modelled: Modelling) -> None:
        turn = await modelled(lambda _: Says("您好，请问要办什么？"))
        asked = await turn.says("你好")
        assert "王丽" in asked.reply.plain()
        assert "请问要办什么" not in asked.reply.plain()

    async def test_which_of_several_is_asked_and_not_guessed(self, modelled: Modelling) -> None:
        turn = await modelled(lambda _: Says(calls=[("quote", {"sku": "B-189"})]))
        asked = await turn.says("桶装水多少钱")
        assert asked.turn.answer.calls == ()
        assert "B-189P" in asked.reply.plain()

    async def test_what_is_refused_by_name_is_not_answered_about_somebody_else(self, modelled: Modelling) -> None:
        turn = await modelled(says_after_tool("授信如下。", tool="show_account"))
        asked = await turn.says("D002的授信还剩多少")
        assert asked.turn.answer.calls == ()
        assert "无权查看" in asked.reply.plain()

    async def test_the_dealer_whom_the_words_name_is_not_left_out(self, modelled: Modelling) -> None:
        turn = await modelled(says_after_tool("订单如下。", tool="order_status"))
        asked = await turn.says("D026上次啥时候订的", who="rep-east")
        assert [call.args.get("dealer") for call in asked.turn.answer.calls] == ["D026"]

    async def test_a_message_is_no_products_name(self, modelled: Modelling) -> None:
        words = "The price dropped last week, do I get something for my stock?"
        turn = await modelled(says_after_tool("Here it is.", tool="quote", sku=words))
        asked = await turn.says(words, who="D040-buyer")
        assert "quote" not in [call.name for call in asked.turn.answer.calls]

    @pytest.mark.parametrize("words", ["明天上海下不下雨", "你们怎么回事啊，货又少了，气死我了"])
    async def test_what_the_desk_does_not_do_and_its_apologies_are_its_own(
        self, modelled: Modelling, words: str
    ) -> None:
        turn = await modelled(lambda _: Says("明天晴，不下雨。"))
        assert "晴" not in (await turn.says(words)).reply.plain()

    async def test_what_is_no_word_at_all_is_not_talked_over(self, modelled: Modelling) -> None:
        turn = await modelled(lambda _: Says("你！你！👧👧"))
        asked = await turn.says("😀🎉🎉")
        assert asked.reply.plain().startswith("没看明白")

    async def test_a_model_that_never_stops_calling_is_stopped(self, modelled: Modelling) -> None:
        turn = await modelled(lambda _: Says(calls=[("explain_rebate", {})]))
        asked = await turn.says("查一下返利")
        assert len(asked.turn.answer.calls) == 1
        assert len(turn.fake.requests) == 2

    async def test_a_press_asks_no_model(self, modelled: Modelling) -> None:
        turn = await modelled()
        await turn.says("要10箱矿泉水")
        before = len(turn.fake.requests)
        asked = await turn.presses("confirm")
        assert "已下单" in asked.reply.plain()
        assert len(turn.fake.requests) == before

    async def test_what_was_done_may_be_said_afterwards(self, modelled: Modelling) -> None:
        turn = await modelled()
        await turn.says("要10箱矿泉水")
        await turn.presses("confirm")
        turn.fake.script = lambda _: Says("不客气，订单已下单。")
        assert (await turn.says("谢谢")).reply.plain() == "不客气，订单已下单。"


class TestWhatGoesOut:
    async def test_prices_and_names_are_masked_and_put_back(self, modelled: Modelling) -> None:
        turn = await modelled()
        asked = await turn.says("上海浦江源的返利查一下")
        sent = str([request.body["messages"] for request in turn.fake.requests])
        assert "2,718.31" not in sent
        assert "浦江源" not in sent
        assert PLACEHOLDER.search(sent)
        assert asked.reply.plain().startswith(f"为您查到：{REBATE}")
        assert "⟦" not in asked.reply.plain()

    async def test_a_setting_lets_prices_go(self, modelled: Modelling) -> None:
        turn = await modelled(llm_share="prices")
        await turn.says("查一下返利")
        assert "2,718.31" in str(turn.fake.requests[-1].body["messages"])

    async def test_each_call_says_which_kinds_went_out(self, modelled: Modelling) -> None:
        turn = await modelled(llm_price_in=Decimal(2), llm_price_out=Decimal(8))
        await turn.says("查一下返利")
        rows = await all_rows(turn.desk.database, "usage")
        assert [row["outcome"] for row in rows] == ["answered", "answered"]
        assert rows[0]["fields"] == {}
        assert rows[1]["fields"]["prices"]["masked"] >= 5
        assert rows[0]["cost"] == 100 * 2 + rows[0]["tokens_out"] * 8

    def test_an_unknown_kind_is_a_wrong_setting(self) -> None:
        with pytest.raises(ValueError, match="everything"):
            Settings(_env_file=None, llm_share="everything")


class TestBudgets:
    @pytest.mark.parametrize("limit", ["llm_tokens_conversation", "llm_tokens_person", "llm_tokens_day"])
    async def test_a_spent_budget_is_told_once_and_the_built_in_brain_goes_on(
        self, modelled: Modelling, limit: str
    ) -> None:
        turn = await modelled(**{limit: 50})
        await turn.says("查一下返利")
        before = len(turn.fake.requests)
        second, third = await turn.says("查一下返利"), await turn.says("查一下返利")
        assert len(turn.fake.requests) == before
        assert "用量已用完" in second.reply.plain()
        assert "用量已用完" not in third.reply.plain()
        assert REBATE in third.reply.plain()

    async def test_costs_add_up_by_person(self, modelled: Modelling) -> None:
        turn = await modelled()
        await turn.says("查一下返利")
        async with turn.desk.database.reads() as session:
            [row] = await usage.costs(session, "person")
        assert (row.key, row.calls, row.failed) == (BUYER, 2, 0)


async def test_a_refused_key_is_an_event(modelled: Modelling) -> None:
    turn = await modelled(fails="wrong_key", llm_api_key="sk-secret-1234")
    await turn.says("查一下返利")
    events = [
        row for row in await all_rows(turn.desk.database, Event.__tablename__) if row["kind"] == "llm.key_refused"
    ]
    assert len(events) == 1
    assert "secret" not in str(events)
