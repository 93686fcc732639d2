"""Reply blocks: what is stored comes back whole, and every reader gets every figure in words."""

import json

from core.replies import Band, Chart, Reply, Series, Text

OUTLOOK = Chart(
    "line",
    "绿茶：实销与预测",
    ("10月", "11月", "12月"),
    (Series("实销", (320.0, 310.0, 298.5), dashed_from=2),),
    "箱",
    (Band("80%区间", (None, None, 260.0), (None, None, 340.0)),),
)


def test_a_chart_with_bands_comes_back_from_json_as_it_was() -> None:
    reply = Reply((Text("预估"), OUTLOOK))
    assert Reply.from_json(json.loads(json.dumps(reply.as_json()))) == reply


def test_a_chart_stored_before_there_were_bands_is_still_read() -> None:
    stored = {
        "type": "chart",
        "kind": "line",
        "title": "走势",
        "labels": ["1月"],
        "series": [{"name": "本期", "values": [1.0]}],
        "unit": "箱",
    }
    assert Reply.from_json({"blocks": [stored]}).blocks == (
        Chart("line", "走势", ("1月",), (Series("本期", (1.0,)),), "箱"),
    )


def test_plain_words_tell_the_interval_where_there_is_one() -> None:
    assert "80%区间: 12月 260–340" in Reply((OUTLOOK,)).plain()
