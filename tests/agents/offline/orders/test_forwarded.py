"""Which cells of a sent list are products and quantities, and which rows are none."""

from collections.abc import Sequence

import pytest

from agents.offline.orders.forwarded.cells import amount, number, size, without_sizes
from agents.offline.orders.forwarded.columns import Role, by_heading, heading
from agents.offline.orders.forwarded.guessing import by_content
from agents.offline.orders.forwarded.pasted import pasted
from agents.offline.orders.forwarded.rows import Eyes, Rows, rows_of
from agents.offline.wording.lexicon import load_lexicon
from core.reading.sheets import Sheet

LEXICON = load_lexicon()
CODES, NAMES = frozenset({"W-550", "T-500"}), ("矿泉水", "绿茶", "water", "tea")
EYES = Eyes(LEXICON, CODES.__contains__, lambda cell: any(name in cell.lower() for name in NAMES))


def read(*rows: Sequence[str]) -> Rows:
    return rows_of(Sheet("list", tuple(tuple(row) for row in rows)), EYES)


@pytest.mark.parametrize(
    ("cell", "role"),
    [
        ("品名", Role.PRODUCT), ("商品名称", Role.PRODUCT), ("Item name", Role.PRODUCT), ("Product", Role.PRODUCT),
        ("商品编码", Role.CODE), ("货号", Role.CODE), ("Item No.", Role.CODE), ("SKU", Role.CODE),
        ("订货数量", Role.QUANTITY), ("数量(箱)", Role.QUANTITY), ("Order Qty", Role.QUANTITY), ("箱数", Role.QUANTITY),
        ("数量单位", Role.UNIT), ("UOM", Role.UNIT), ("产品规格", Role.SPEC), ("Pack size", Role.SPEC),
        ("含税单价", Role.PRICE), ("Unit price", Role.PRICE), ("金额", Role.AMOUNT), ("Line total", Role.AMOUNT),
        ("备注", Role.REMARK), ("Notes", Role.REMARK), ("序号", Role.OTHER), ("现有库存", Role.OTHER),
        ("矿泉水", None), ("10", None), ("", None), ("W-550", None),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_the_word_that_ends_it(cell: str, role: Role | None) -> None:
    assert heading(cell, LEXICON) == role


def test_the_heading_of_quantities_may_say_their_unit() -> None:
    columns = by_heading(("品名", "要货量（箱）"), LEXICON)
    assert columns is not None
    assert columns.unit == "case"


@pytest.mark.parametrize("row", [("矿泉水", "10", "箱"), ("日期", "2026-11-20"), ("W-550", "10")])
def test_goods_are_no_heading(row: tuple[str, ...]) -> None:
    assert by_heading(row, LEXICON) is None


class TestByContent:
    def columns(self, *rows: Sequence[str]) -> dict[Role, int]:
        return dict(by_content(rows, EYES.is_code, EYES.names_product).at)

    def test_names_units_and_the_only_number(self) -> None:
        assert self.columns(("矿泉水", "10", "箱"), ("绿茶", "5", "箱")) == {
            Role.PRODUCT: 0, Role.QUANTITY: 1, Role.UNIT: 2,
        }  # fmt: skip

    def test_numbers_down_the_list_count_its_rows(self) -> None:
        assert self.columns(("1", "矿泉水", "10"), ("2", "绿茶", "5"))[Role.QUANTITY] == 2

    def test_a_price_has_cents(self) -> None:
        found = self.columns(("W-550", "28.80", "10"), ("T-500", "42.00", "5"))
        assert (found[Role.PRICE], found[Role.QUANTITY]) == (1, 2)

    def test_an_amount_is_quantity_times_price(self) -> None:
        found = self.columns(("W-550", "10", "28.5", "285"), ("T-500", "5", "42", "210"))
        assert (found[Role.QUANTITY], found[Role.PRICE], found[Role.AMOUNT]) == (1, 2, 3)

    def test_quantities_may_carry_their_unit(self) -> None:
        assert self.columns(("矿泉水", "10箱", "28.8"), ("绿茶", "5箱", "42"))[Role.QUANTITY] == 1

    def test_a_bar_code_counts_nothing(self) -> None:
        found = self.columns(("矿泉水", "6901234567892", "10"), ("绿茶", "6901234567908", "5"))
        assert found[Role.QUANTITY] == 2

    def test_of_two_whole_numbers_neither_is_chosen(self) -> None:
        assert Role.QUANTITY not in self.columns(("W-550", "10", "28"), ("T-500", "20", "42"))


class TestRows:
    def test_titles_headings_totals_and_notes_are_no_goods(self) -> None:
        rows = read(
            ("订货单",), ("客户：某某商行",), ("品名", "数量"), ("矿泉水", "10"), (), ("小计", "10"), ("绿茶", "5"),
            ("合 计：", "15"), ("制表：小周",), ("备注：尽快送",),
        )  # fmt: skip
        assert [row.product for row in rows.goods] == ["矿泉水", "绿茶"]
        assert [row.number for row in rows.goods] == [4, 7]
        assert len(rows.others) == 7

    def test_a_sum_without_a_name_is_a_total(self) -> None:
        assert len(read(("品名", "数量"), ("矿泉水", "10"), ("绿茶", "5"), ("", "15")).goods) == 2

    def test_a_number_without_a_name_that_is_no_sum_is_kept(self) -> None:
        assert len(read(("品名", "数量"), ("矿泉水", "10"), ("绿茶", "5"), ("", "7")).goods) == 3

    def test_an_unknown_product_is_kept(self) -> None:
        assert [row.product for row in read(("品名", "数量"), ("矿泉水", "10"), ("红牛", "5")).goods] == [
            "矿泉水",
            "红牛",
        ]

    def test_a_forgotten_quantity_is_kept(self) -> None:
        assert len(read(("品名", "数量", "单位"), ("矿泉水", "10", "箱"), ("绿茶", "", "箱")).goods) == 2

    def test_empty_lines_of_a_form_order_nothing(self) -> None:
        empty = [("绿茶", "", "箱")] * 4
        rows = read(("品名", "数量", "单位"), ("矿泉水", "10", "箱"), *empty, ("绿茶", "0", "箱"))
        assert (len(rows.goods), len(rows.unfilled)) == (1, 5)

    def test_a_heading_that_comes_again_is_no_goods(self) -> None:
        assert len(read(("品名", "数量"), ("矿泉水", "10"), ("品名", "数量"), ("绿茶", "5")).goods) == 2


class TestCells:
    @pytest.mark.parametrize(
        ("text", "value"), [("1,200", "1200"), ("１２", "12"), ("1,5", "1.5"), ("-3", "-3"), ("10箱", None), ("", None)]
    )
    def test_numbers(self, text: str, value: str | None) -> None:
        found = number(text)
        assert (f"{found:f}" if found is not None else None) == value

    def test_amounts_may_carry_signs(self) -> None:
        assert [f"{amount(text):f}" for text in ("¥28.80", "28.8元/箱", "1,050.00")] == ["28.80", "28.8", "1050.00"]

    def test_sizes_in_millilitres(self) -> None:
        assert [f"{size(text):f}" for text in ("550ML*24", "1.5L×12", "1.25升", "矿泉水 500毫升")] == [
            "550", "1500.0", "1250.00", "500",
        ]  # fmt: skip
        assert without_sizes("绿茶 500ml*15瓶/箱").split() == ["绿茶"]


class TestPasted:
    @pytest.mark.parametrize(
        "text",
        ["品名\t数量\n矿泉水\t10", "sku | qty\nW-550 | 10", "品名 数量\n矿泉水 10", "矿泉水10箱\n绿茶5箱\n合计15箱"],
    )
    def test_a_table_is_one(self, text: str) -> None:
        assert pasted(text, LEXICON) is not None

    @pytest.mark.parametrize(
        "text", ["要10箱矿泉水", "你好\n绿茶多少钱", "绿茶 - 30\n可乐 - 10", "发票抬头，税号\n都改一下，谢谢"]
    )
    def test_words_are_none(self, text: str) -> None:
        assert pasted(text, LEXICON) is None
