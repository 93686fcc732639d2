import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from core.reading import Block, Document, Kind, Page, read
from core.reading.clauses import clause_at, clauses, path
from core.reading.numbering import number_of
from core.reading.plain import plain
from tests.core.contracts.making import saved


def tree(*lines: str) -> list[tuple[int, str, str]]:
    document = Document(
        "x", "text/plain", "", (Page(None, "", tuple(Block(Kind.PARAGRAPH, line, None) for line in lines)),), "x"
    )
    return [(each.level, each.number, each.heading) for each in clauses(plain(document)) if each.level]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("合同", "第一条 区域", "甲方授权。", "1.1 省内。", "（一）市内。", "1.2 省外。", "第二条 价格：随市。"),
            [(1, "第一条", "区域"), (2, "1.1", ""), (3, "（一）", ""), (2, "1.2", ""), (1, "第二条", "价格")],
        ),
        (
            ("第一章 总则", "第一条 定义", "第二章 付款", "第二条 账期"),
            [(1, "第一章", "总则"), (2, "第一条", "定义"), (1, "第二章", "付款"), (2, "第二条", "账期")],
        ),
        (
            ("一、授权", "（一）甲方授权乙方经销。", "1、产品为水。", "（二）期限一年。", "二、价格"),
            [(1, "一、", "授权"), (2, "（一）", ""), (3, "1、", ""), (2, "（二）", ""), (1, "二、", "价格")],
        ),
        (("1、卖什么", "（1）水。", "2、怎么付"), [(1, "1、", "卖什么"), (2, "（1）", ""), (1, "2、", "怎么付")]),
        (
            ("1 合作范围", "30 日内付款。", "1.1 甲方授权乙方。", "2 价格"),
            [(1, "1", "合作范围"), (2, "1.1", ""), (1, "2", "价格")],
        ),
        (
            ("Article 1 Term", "1.1 One year.", "(a) from signing;", "(b) to the end.", "Article 2 Price"),
            [(1, "Article 1", "Term"), (2, "1.1", ""), (3, "(a)", ""), (3, "(b)", ""), (1, "Article 2", "Price")],
        ),
        (
            ("Section 1. Governing Law. The laws of Norway apply.", "Section 2. Notices"),
            [(1, "Section 1.", "Governing Law"), (1, "Section 2.", "Notices")],
        ),
    ],
)
def test_clauses_are_a_tree_in_every_style_of_numbering(
    lines: tuple[str, ...], expected: list[tuple[int, str, str]]
) -> None:
    assert tree(*lines) == expected


@pytest.mark.parametrize(
    "line", ["3% 的返利。", "30 日内付款", "2026年起", "1.5 倍", "第三方不得", "第一条约定的产品", "普通的一句话。"]
)
def test_a_figure_is_no_clause_number(line: str) -> None:
    found = number_of(line)
    assert found is None or found.style == "bare"


def test_a_clause_knows_its_span_its_page_and_what_stands_above_it() -> None:
    pages = (
        Page(
            1,
            "",
            (
                Block(Kind.HEADING, "第一条 价格", 1, 1),
                Block(Kind.PARAGRAPH, "1.1 甲方按照双方每季度共同商定的价目表向", 1),
            ),
        ),
        Page(2, "", (Block(Kind.PARAGRAPH, "乙方供货。", 2), Block(Kind.PARAGRAPH, "1.2 税费另计。", 2))),
    )
    whole = plain(Document("x", "application/pdf", "", pages, "x"))
    found = clauses(whole)
    assert whole.text[found[1].start : found[1].end] == "1.1 甲方按照双方每季度共同商定的价目表向乙方供货。\n"
    assert [each.page for each in found] == [1, 1, 2]
    assert [each.number for each in path(found, clause_at(found, len(whole.text) - 1))] == ["第一条", "1.2"]


def test_two_languages_side_by_side_are_read_cell_by_cell() -> None:
    rows = "第一条 期限 | Article 1 Term\n本合同为期一年。 | This Agreement runs for one year."
    document = Document("x", "", "", (Page(None, rows, (Block(Kind.TABLE, rows, None),)),), "x")
    assert plain(document).text.split("\n") == [
        "第一条 期限",
        "Article 1 Term",
        "本合同为期一年。",
        "This Agreement runs for one year.",
    ]


def test_word_s_own_numbers_are_read_as_they_are_drawn() -> None:
    document = docx.Document()
    root = document.part.numbering_part.element
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>'
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for level, text in ((0, "授权"), (1, "区域为临沧。"), (1, "期限一年。"), (0, "价格"), (1, "随行就市。")):
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>')
        )
    found = read(saved(document), "x.docx")
    assert [block.text for block in found.pages[0].blocks] == [
        "第一条 授权",
        "1.1 区域为临沧。",
        "1.2 期限一年。",
        "第二条 价格",
        "2.1 随行就市。",
    ]


def test_a_table_in_a_word_file_keeps_its_rows() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for at, text in enumerate(("品名", "价格", "水", "20")):
        table.cell(at // 2, at % 2).text = text
    assert read(saved(document), "x.docx").pages[0].blocks[0] == Block(Kind.TABLE, "品名 | 价格\n水 | 20", None)
