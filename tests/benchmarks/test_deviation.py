from benchmarks.contracts_synthetic import paragraphs
from benchmarks.deviation import Score, another, judge
from core.contracts import Effect, compare
from core.reading import Document, read
from tests.core.contracts import making

CLAUSES = [
    ("第一条", "甲方授权乙方在昆明市经销饮用水。合同期一年。"),
    ("第二条", "供货价见附件。甲方有权随时单方调整供货价，乙方不得提出异议。"),
    ("第三条", "乙方交纳保证金5万元。合同终止后十日内退还。"),
    ("第四条", "乙方收到发票后30日内付款。"),
    ("第五条", "甲方保证产品符合国家标准，并承担召回费用。"),
    ("第六条", "双方对获知的商业秘密保密。"),
    ("第七条", "协商不成的，向被告住所地人民法院起诉。"),
]


def document(contract: dict[str, object]) -> Document:
    return read(making.written(["经销合同", *paragraphs(contract)]), "x.docx")


def test_planted_changes_are_known_and_found() -> None:
    quote = "甲方有权随时单方调整供货价"
    contract: dict[str, object] = {
        "kind": "dealer",
        "side": "dealer",
        "clauses": [{"number": number, "text": text} for number, text in CLAUSES],
        "expect": {"risks": [{"number": "第二条", "quote": quote}], "facts": {"deposit": "50000", "payment_days": 30}},
    }
    version, planted = another(contract)
    assert [(one.kind, one.effect) for one in planted if one.effect] == [
        ("risk", Effect.STRENGTHENED),
        ("deposit", Effect.WEAKENED),
        ("payment_days", Effect.WEAKENED),
    ]
    score = Score()
    judge("x", compare(document(contract), document(dict(version))), planted, score)
    assert score.found == score.planted
    assert score.right == score.reported
    assert score.same_way == score.directed == 3
    assert score.exact == score.compared == 1
