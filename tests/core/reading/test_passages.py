import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading import Block, Document, Kind, Page, Passage, passages
from core.reading.passages import tokens


def document(*pages: tuple[Block, ...]) -> Document:
    return Document("a.pdf", "application/pdf", "", tuple(Page(at, "", each) for at, each in enumerate(pages, 1)), "A")


def heading(text: str, level: int = 1, page: int = 1) -> Block:
    return Block(Kind.HEADING, text, page, level)


def paragraph(text: str, page: int = 1) -> Block:
    return Block(Kind.PARAGRAPH, text, page)


def test_the_path_of_headings_stands_over_each_passage() -> None:
    found = passages(
        document(
            (heading("第三章 返利"), paragraph("总述。"), heading("3.1 档位", 2), paragraph("满三十万返二。")),
            (paragraph("续。", 2), heading("第四章 订货", 1, 2), paragraph("三十箱起订。", 2)),
        )
    )
    assert found == [
        Passage(0, 1, "第三章 返利", "总述。"),
        Passage(1, 1, "第三章 返利 › 3.1 档位", "满三十万返二。"),
        Passage(2, 2, "第三章 返利 › 3.1 档位", "续。"),
        Passage(3, 2, "第四章 订货", "三十箱起订。"),
    ]
    assert found[1].in_context == "第三章 返利 › 3.1 档位\n满三十万返二。"


def test_a_heading_with_nothing_under_it_is_kept() -> None:
    found = passages(document((heading("一"), heading("二"), heading("甲", 2), paragraph("文。"), heading("三"))))
    assert [(each.heading, each.text) for each in found] == [("", "一"), ("二 › 甲", "文。"), ("", "三")]


def test_short_paragraphs_share_a_passage_long_ones_are_cut_at_sentences() -> None:
    long = "返利按季度结算并以货补发放。" * 40
    found = passages(document((paragraph("短。"), paragraph("也短。"), paragraph(long))))
    assert found[0].text == "短。\n也短。"
    assert "".join(each.text for each in found[1:]) == long
    assert all(each.text.endswith("。") for each in found)


def test_a_table_is_cut_between_rows_and_names_its_columns_again() -> None:
    rows = [f"{at} | 满 {at}0,000 元的季度进货额 | {at}%" for at in range(60)]
    found = passages(
        document(
            (paragraph("说明。"), paragraph("表 1 坎级"), Block(Kind.TABLE, "\n".join(["档 | 门槛 | 比例", *rows]), 1))
        )
    )
    tables = [each.text.split("\n") for each in found[1:]]
    assert len(tables) > 1
    assert all(table[:2] == ["表 1 坎级", "档 | 门槛 | 比例"] for table in tables)
    assert [row for table in tables for row in table[2:]] == rows


def test_a_small_table_stays_with_its_words() -> None:
    found = passages(
        document((paragraph("比例如下："), Block(Kind.TABLE, "档 | 比例\n1 | 1%", 1), paragraph("含税。")))
    )
    assert [each.text for each in found] == ["比例如下：\n档 | 比例\n1 | 1%\n含税。"]


def test_items_of_a_list_are_not_cut() -> None:
    items = [f"（{at}）经销商应当在规定的时间以内提交第 {at} 份材料，逾期不再受理" for at in range(20)]
    found = passages(document((Block(Kind.LIST, "\n".join(items), 1),)))
    assert [item for each in found for item in each.text.split("\n")] == items


def test_an_endless_sentence_is_cut_where_it_breathes() -> None:
    found = passages(document((paragraph("，".join(["金额以实际开票为准"] * 100)),)))
    assert all(tokens(each.text) <= 200 for each in found)
    assert all(each.text.endswith("，") for each in found[:-1])


@given(st.lists(st.tuples(st.sampled_from(Kind), st.text(min_size=1, max_size=900), st.integers(1, 6)), max_size=12))
def test_nothing_is_lost_and_little_too_long(parts: list[tuple[Kind, str, int]]) -> None:
    blocks = tuple(Block(kind, text, 1, level if kind is Kind.HEADING else 0) for kind, text, level in parts)
    found = passages(document(blocks))
    assert [each.ordinal for each in found] == list(range(len(found)))
    everything = "".join("".join((each.heading + each.text).split()) for each in found)
    for block in blocks:
        assert set("".join(block.text.split())) <= set(everything)


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_has_no_tokens(text: str) -> None:
    assert tokens(text) == 0
