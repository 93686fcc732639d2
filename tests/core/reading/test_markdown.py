import pytest

from core.reading import Kind, read

GUIDE = """---
title: "Quick guide"
---
# Qingyuan

Orders confirmed by **16:00** are [processed](https://example.com)
the same day. <b>Really</b>

- one
  wrapped
- two
  1. nested

| Tier | Rate |
| --- | --- |
| Gold | 3 % |
| a \\| b | 1 % |

## Payment

```
code
```

> quoted

<p>html <i>block</i></p>
"""


def test_blocks_are_what_a_reader_sees() -> None:
    page = read(GUIDE.encode(), "guide.md").pages[0]
    assert [(block.kind, block.text, block.level) for block in page.blocks] == [
        (Kind.HEADING, "Qingyuan", 1),
        (Kind.PARAGRAPH, "Orders confirmed by 16:00 are processed the same day. Really", 0),
        (Kind.LIST, "- one wrapped\n- two\n  1. nested", 0),
        (Kind.TABLE, "Tier | Rate\nGold | 3 %\na / b | 1 %", 0),
        (Kind.HEADING, "Payment", 2),
        (Kind.PARAGRAPH, "code", 0),
        (Kind.PARAGRAPH, "quoted", 0),
        (Kind.PARAGRAPH, "html block", 0),
    ]


def test_there_is_one_page_without_a_number() -> None:
    document = read(GUIDE.encode(), "guide.md")
    assert [page.number for page in document.pages] == [None]
    assert {block.page for block in document.pages[0].blocks} == {None}


@pytest.mark.parametrize(
    ("text", "title"),
    [(GUIDE, "Quick guide"), ("# First\n\ntext", "First"), ("only text", "notes")],
)
def test_the_title_is_said_or_the_first_heading_or_the_name(text: str, title: str) -> None:
    assert read(text.encode(), "notes.md").title == title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encodings_of_editors_are_read(encoding: str) -> None:
    text = "# 返利政策\n\n返利按季度结算，逾期不补。"
    document = read(text.encode(encoding), "政策.txt")
    assert document.pages[0].blocks[1].text == "返利按季度结算，逾期不补。"
    assert (document.title, document.mime) == ("返利政策", "text/plain")


def test_chinese_lines_join_without_a_space() -> None:
    assert read("返利按季度\n结算。".encode(), "a.md").pages[0].blocks[0].text == "返利按季度结算。"


def test_odd_characters_are_dropped() -> None:
    document = read("re\u200bbate\x07 \ufeffrules\r\n\r\nmore".encode(), "a.md")
    assert document.pages[0].text == "rebate rules\n\nmore"


def test_deep_nesting_ends_somewhere() -> None:
    assert read((">" * 5_000 + " deep\n\nflat").encode(), "a.md").pages[0].blocks[-1].text == "flat"
