"""How a review reads in the chat."""

from core.contracts import review
from core.contracts.own_reviews import Paper
from core.replies import Text
from core.words import Catalogues
from tests.core.contracts import making
from tests.core.contracts.test_review import TWO_THINGS
from tools.contract_papers import Looked
from tools.contract_replies import details, summary

WORDS = Catalogues().words("zh")


def looked() -> Looked:
    return Looked(Paper("contract.docx", "0" * 64), review(making.written(TWO_THINGS), side="dealer"), first=True)


def test_a_sentence_that_is_two_things_is_one_point_with_both_names() -> None:
    points = [line for line in summary(looked(), "经销合同", WORDS).plain().splitlines() if "【" in line]
    assert len(points) == 1
    assert "违约金，保密" in points[0]


def test_a_sentence_that_is_two_things_is_quoted_once_and_counted_once() -> None:
    seen = looked()
    said = "\n".join(block.text for block in details(seen, WORDS).blocks if isinstance(block, Text))
    assert said.count("每次须付") == 1
    assert "共1处" in said
    assert "高风险1处，中风险0处" in summary(seen, "经销合同", WORDS).plain()
