"""What is masked can be put back, and nothing of it is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.egress.masking import Mask, shared_kinds

NAMES = ("上海浦江源商贸有限公司", "浦江源", "Shanghai Pujiangyuan", "李建国")
SECRETS = [
    ("可用授信¥211,414.55", "211,414.55"),
    ("Credit left CN¥211,414.55 of US$5k", "211,414.55"),
    ("一箱41.57元，10万元起", "41.57"),
    ("欠了三千二百元", "三千二百"),
    ("电话13812345678", "13812345678"),
    ("座机021-62345678", "62345678"),
    ("call +49 30 1234567", "1234567"),
    ("write to li@example.com", "li@example.com"),
    ("税号91310115MA1K4XXX3T", "91310115MA1K4XXX3T"),
    ("账号6222021234567890123", "6222021234567890123"),
    ("上海浦江源商贸有限公司的订单", "浦江源"),
    ("shanghai pujiangyuan owes", "pujiangyuan"),
    ("联系李建国", "李建国"),
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_what_is_private_is_masked_and_put_back(text: str, secret: str) -> None:
    mask = Mask(names=NAMES)
    hidden = mask.hide(text)
    assert secret not in hidden
    assert mask.reveal(hidden) == text


@pytest.mark.parametrize(
    "text", ["SO-20261118-003 有10箱", "2026年11月20日", "T-500 绿茶 500ml", "3.0%", "1×24", "2026Q4"]
)
def test_the_rest_goes_out_as_it_is(text: str) -> None:
    assert Mask(names=NAMES).hide(text) == text


def test_the_same_thing_has_the_same_placeholder() -> None:
    assert Mask().hide("¥1.00 ¥2.00 ¥1.00") == "⟦price-1⟧ ⟦price-2⟧ ⟦price-1⟧"


def test_what_is_shared_is_counted_as_sent() -> None:
    mask = Mask(shared=shared_kinds("prices, names"), names=NAMES)
    assert mask.hide("浦江源欠¥1.00，电话13812345678") == "浦江源欠¥1.00，电话⟦phone-1⟧"
    assert mask.fields() == {"names": {"sent": 1}, "phones": {"masked": 1}, "prices": {"sent": 1}}
    assert mask.fields() == {}


def test_models_write_placeholders_their_own_way() -> None:
    mask = Mask()
    mask.hide("¥1.00")
    assert mask.reveal("[price-1] 【Price_1】 ⟦ price-1 ⟧ ⟦price-9⟧") == "¥1.00 ¥1.00 ¥1.00 ⟦price-9⟧"


@given(st.text(alphabet="浦江源¥0123456789.,元 欠-138SO", max_size=60))
def test_any_text_comes_back(text: str) -> None:
    mask = Mask(names=NAMES)
    assert mask.reveal(mask.hide(text)) == text
