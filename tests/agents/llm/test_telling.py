"""What goes to the model of a long conversation: the window holds, and what matters of older turns is kept."""

from agents.llm.sentences import Sentences, joined
from agents.llm.telling import summary, tokens
from agents.turns import Asked, Call, Said
from core.replies import Button, Buttons, Citation, Citations, Figure, Reply, Shown, Text
from tests.agents.llm.conftest import Modelling

ORDER = Reply(
    (Text("合计¥492.95，请确认："), Buttons((Button("confirm", "确认下单", proposal="p1"),))),
    (Figure("money", "492.95", "CNY", "order total"),),
    (Shown("product", "W-550"),),
)
QUOTED = Reply((Text("30天。"), Citations((Citation("handbook.pdf", 12, "手册"),))))


class TestTheSummary:
    def test_it_keeps_figures_references_and_open_matters(self) -> None:
        turns = [
            Said("几天", QUOTED, (Call("search_knowledge", {}),)),
            Said("要10箱矿泉水", ORDER, (Call("propose_order", {}),)),
            Said("绿茶呢", Reply((Text("要多少？"),)), asked=Asked("propose_order", {}, "lines")),
        ]
        told = summary(turns)
        for kept in ("handbook.pdf p.12", "order total 492.95 CNY", "product W-550", "合计¥492.95", "lines is missing"):
            assert kept in told

    def test_what_was_decided_no_longer_waits(self) -> None:
        turns = [Said("要10箱", ORDER), Said("确认", Reply(), decided={"proposal": "p1", "status": "done"})]
        assert "Waiting" not in summary(turns)
        assert "decided: done" in summary(turns)


class TestTheWindow:
    async def test_a_long_conversation_stays_within_it(self, modelled: Modelling) -> None:
        turn = await modelled(llm_window=400)
        for _ in range(6):
            await turn.says("查一下返利")
        *_, last = turn.fake.requests
        system, folded, *rest = last.body["messages"]
        assert system["role"] == "system"
        assert folded["content"].startswith("Earlier in this conversation")
        assert "explain_rebate" in folded["content"]
        assert len(rest) < 12

    async def test_a_short_one_is_sent_whole(self, modelled: Modelling) -> None:
        turn = await modelled()
        await turn.says("查一下返利")
        await turn.says("谢谢")
        roles = [message["role"] for message in turn.fake.requests[-1].body["messages"]]
        assert roles == ["system", "user", "assistant", "user"]

    def test_a_chinese_character_counts_more_than_a_latin_letter(self) -> None:
        assert tokens("返利") == 2
        assert tokens("rebate policy") == 4


class TestSentences:
    def test_each_is_given_once_when_it_is_whole(self) -> None:
        told = Sentences()
        assert list(told.feed("返利是¥2,")) == []
        assert list(told.feed("718.31。还差")) == ["返利是¥2,718.31。"]
        assert list(told.feed("一点。")) == ["还差一点。"]
        assert list(told.end()) == []

    def test_a_point_inside_a_number_ends_nothing(self) -> None:
        told = Sentences()
        assert list(told.feed("It is 2.")) == []
        assert list(told.feed("5 per cent. Next")) == ["It is 2.5 per cent."]
        assert list(told.end()) == ["Next"]

    def test_thoughts_are_never_given(self) -> None:
        told = Sentences()
        given = [one for piece in ("<thi", "nk>¥9。", "</think>", "好的。") for one in told.feed(piece)]
        assert [*given, *told.end()] == ["好的。"]

    def test_they_are_joined_as_they_are_written(self) -> None:
        assert joined(["A b.", "C d."]) == "A b. C d."
        assert joined(["一。", "二。"]) == "一。二。"
        assert joined(["有：", "1. 甲"]) == "有：\n1. 甲"
