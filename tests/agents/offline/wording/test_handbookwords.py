"""Words as contracts and handbooks have them."""

import pytest

from agents.offline.wording.handbookwords import in_handbook_words


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("min purchase there", "minimum purchase there"),
        ("Min. order?", "minimum order?"),
        ("想問下擺一部冰櫃要交幾多按金", "想問下擺一部冰櫃要交幾多押金"),
        ("雪櫃按金係咪有得退", "冰櫃押金係咪有得退"),
        ("雪柜要多少按金", "冰柜要多少押金"),
        ("空桶押金多少一个来着", "空桶押金多少"),
        ("申请几次", "申请几次"),
        ("让5个点谁批", "让5%谁批"),
        ("让十个点呢", "让10%呢"),
        ("早上8个点数货", "早上8个点数货"),
        ("怎么升到b级", "怎么评上B级"),
    ],
)
def test_they_stand_in_the_handbooks_words(said: str, written: str) -> None:
    assert in_handbook_words(said) == written


@pytest.mark.parametrize("said", ["5 min walk", "返利按金额算吗", "按金額計算", "下雪了"])
def test_other_words_stay(said: str) -> None:
    assert in_handbook_words(said) == said
