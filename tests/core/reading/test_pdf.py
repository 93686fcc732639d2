import time
from itertools import pairwise

import pytest

from core.reading import Block, Document, Kind, read
from core.reading.document import CELL
from tests.core.reading import make

HANDBOOK = """
#set page(numbering: "1", header: [清源饮品 · 经销商手册 #h(1fr) 内部资料], height: 16cm, width: 14cm)
#set heading(numbering: "1.1")
#set document(title: "经销商手册")
#outline(title: [目录])
#pagebreak()
= 总则
== 返利结算
返利按季度结算，季度结束后 25 个工作日内兑付，以货补或者票折的方式发放，由经销商自己选择其中一种。
返利 = 全部基数 × 所达坎级的比例。
#table(columns: 3, [档], [门槛], [比例], [1], [满 150,000 元], [1.0%], [2], [满 300,000 元], [2.0%])
以上金额含税。
+ 第一步：核对
+ 第二步：确认
#pagebreak()
= 订货
每张订单不少于 30 箱。
#pagebreak()
= 附则
本手册由公司解释。
"""


@pytest.fixture(scope="module")
def handbook() -> list[tuple[Block, ...]]:
    return [page.blocks for page in read(make.chinese(HANDBOOK), "handbook.pdf").pages]


def texts(page: tuple[Block, ...], kind: Kind) -> list[str]:
    return [block.text for block in page if block.kind is kind]


def test_headings_have_their_level(handbook: list[tuple[Block, ...]]) -> None:
    headings = [(block.text, block.level) for block in handbook[1] if block.kind is Kind.HEADING]
    assert headings == [("1 总则", 1), ("1.1 返利结算", 2)]


def test_wrapped_chinese_lines_join_without_a_space(handbook: list[tuple[Block, ...]]) -> None:
    paragraph = texts(handbook[1], Kind.PARAGRAPH)[0]
    assert paragraph.startswith(
        "返利按季度结算，季度结束后 25 个工作日内兑付，以货补或者票折的方式发放，由经销商自己选择其中一种。"
    )


def test_a_table_keeps_its_rows(handbook: list[tuple[Block, ...]]) -> None:
    rows = texts(handbook[1], Kind.TABLE)[0].split("\n")
    assert rows == [
        CELL.join(row)
        for row in (("档", "门槛", "比例"), ("1", "满 150,000 元", "1.0%"), ("2", "满 300,000 元", "2.0%"))
    ]
    assert not any("150,000" in text for text in texts(handbook[1], Kind.PARAGRAPH))


def test_a_list_has_an_item_a_line(handbook: list[tuple[Block, ...]]) -> None:
    assert texts(handbook[1], Kind.LIST) == ["1. 第一步：核对\n2. 第二步：确认"]


def test_running_headers_and_page_numbers_are_no_content(handbook: list[tuple[Block, ...]]) -> None:
    everything = "\n".join(block.text for page in handbook for block in page)
    assert "内部资料" not in everything
    assert [block.text for block in handbook[2]] == ["2 订货", "每张订单不少于 30 箱。"]


def test_the_table_of_contents_is_no_content() -> None:
    chapters = "\n".join(f"= 第 {at} 部分\n第 {at} 部分的正文。\n#pagebreak()" for at in range(1, 9))
    document = read(make.chinese("#outline(title: [目录])\n#pagebreak()\n" + chapters), "a.pdf")
    assert document.pages[0].blocks == ()
    assert "第 3 部分" in document.pages[0].text


def test_pages_count_from_one_and_keep_all_their_text() -> None:
    document = read(make.chinese(HANDBOOK), "handbook.pdf")
    assert [page.number for page in document.pages] == [1, 2, 3, 4]
    assert "内部资料" in document.pages[1].text
    assert (document.title, document.mime, document.unread) == ("经销商手册", "application/pdf", ())
    assert len(document.sha256) == 64


def test_a_table_that_goes_on_gets_its_columns_again() -> None:
    rows = ", ".join(f"[产品{at}], [{at} 箱]" for at in range(60))
    document = read(make.chinese(f"#set page(height: 12cm)\n#table(columns: 2, [名称], [数量], {rows})"), "a.pdf")
    tables = [text for page in document.pages for text in texts(page.blocks, Kind.TABLE)]
    assert len(tables) > 1
    assert all(text.startswith(CELL.join(["名称", "数量"])) for text in tables)


def test_a_question_stands_over_its_answer() -> None:
    document = read(
        make.chinese("问 1 样品怎么申请？\n\n答 每季度可以申请 2 箱。\n\n问 2 可以退货吗？\n\n答 不可以。"), "a.pdf"
    )
    kinds = [(block.kind, block.text) for block in document.pages[0].blocks]
    assert kinds[:2] == [(Kind.HEADING, "问 1 样品怎么申请？"), (Kind.PARAGRAPH, "答 每季度可以申请 2 箱。")]


def test_words_cut_by_a_hyphen_are_mended_but_compounds_kept() -> None:
    body = make.lines(
        "Dealers report sell-through figures every week and the settle-",
        "ment follows in the month after. A report of sell-",
        "through figures that comes late is not counted. Model W-",
        "550 is a mineral water.",
    )
    text = read(make.pdf([body]), "a.pdf").pages[0].blocks[0].text
    assert "settlement follows" in text
    assert "report of sell-through figures" in text
    assert "W-550" in text


def test_larger_lines_are_headings_where_there_is_no_outline() -> None:
    body = (
        make.words((70, 780, 20, "Dealer guide"), (70, 740, 14, "Returns"))
        + "\n"
        + make.lines(
            "Faulty goods are taken back at any time within their shelf life, at our cost.",
            "Other returns are not accepted, whatever the reason may be in the single case.",
            top=715,
        )
    )
    blocks = read(make.pdf([body]), "guide.pdf").pages[0].blocks
    assert [(block.text, block.level) for block in blocks[:2]] == [("Dealer guide", 1), ("Returns", 2)]
    assert blocks[2].text.startswith("Faulty goods")


def test_the_title_is_the_largest_line_or_the_name() -> None:
    large = make.words((70, 780, 20, "Dealer guide")) + "\n" + make.lines("Some text that is small.", top=700)
    assert read(make.pdf([large]), "a.pdf").title == "Dealer guide"
    assert read(make.pdf([make.lines("Only small text on this page.")]), "2026 政策.pdf").title == "2026 政策"


def test_numbered_headings_are_known_by_their_number() -> None:
    document = read(
        make.chinese("第一章 总则\n\n本政策自发布之日起施行。\n\n2.1 适用范围\n\n适用于全部经销商。"), "a.pdf"
    )
    headings = [(block.text, block.level) for block in document.pages[0].blocks if block.kind is Kind.HEADING]
    assert headings == [("第一章 总则", 1), ("2.1 适用范围", 2)]


def test_columns_are_read_one_after_the_other() -> None:
    left = make.lines(*[f"Left column line {at} goes on and on" for at in range(12)], x=60)
    right = make.lines(*[f"right column line {at} goes on too" for at in range(12)], x=320)
    blocks = read(make.pdf([left + "\n" + right]), "a.pdf").pages[0].blocks
    whole = " ".join(block.text for block in blocks)
    assert whole.index("line 11 goes on and on") < whole.index("right column line 0")


def test_text_without_a_map_to_characters_goes_through_pdfium() -> None:
    from core.reading import lines

    garbled = make.pdf([make.lines("plain words")])
    assert [line.text for line in lines.through_pdfium(garbled, 0)] == ["plain words"]
    assert lines.through_pdfium(b"no file", 0) == []
    assert lines.through_pdfium(garbled, 9) == []


def test_pdfium_reads_what_pypdf_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.reading.pdf.drawn", lambda page, budget: None)
    document = read(make.pdf([make.lines("Orders are shipped within two days.", "Rebates follow.")]), "a.pdf")
    assert "Orders are shipped within two days." in document.pages[0].text


def test_three_hundred_pages_take_ten_times_as_long_as_thirty_and_tell_of_each() -> None:
    def read_pages(pages: int) -> tuple[float, Document, list[tuple[int, int]]]:
        body = [
            make.lines(*[f"Page {page} line {at}: orders are shipped on working days." for at in range(12)])
            for page in range(pages)
        ]
        heard: list[tuple[int, int]] = []
        file, started = make.pdf(body), time.process_time()
        document = read(file, "big.pdf", progress=lambda done, every: heard.append((done, every)))
        return time.process_time() - started, document, heard

    few, *_ = read_pages(30)
    many, document, heard = read_pages(300)
    assert many < 25 * few
    assert len(document.pages) == 300
    assert heard[0] == (1, 300)
    assert heard[-1] == (300, 300)
    assert all(after[0] == before[0] + 1 for before, after in pairwise(heard))
