import re
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import docx
import pytest

from core.contracts import Deviation
from core.contracts.comparing.redline import as_docx, as_html
from core.contracts.comparing.strips import Mark, lines
from core.reading import read
from tests.core.contracts.comparing.test_deviation import compared, lines_of

AT = datetime(2026, 11, 26, 17, 30, tzinfo=timezone(timedelta(hours=8)))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def found() -> Deviation:
    before = list(lines_of("hard"))
    after = [line.replace("五万元", "十二万元").replace("有权随时单方", "经乙方书面同意可以") for line in before]
    after = [line.replace("，无须征得乙方同意", "").replace("，乙方不得提出异议", "") for line in after]
    after.insert(3, "补充 <b>甲方</b> & 乙方的“约定”：'每月' 对账一次。")
    after.insert(6, after.pop(9))
    after[-1:] = [after[-1][:6], after[-1][6:]]
    del after[5]
    return compared(before, after)


@pytest.fixture(scope="module")
def word(found: Deviation) -> Any:
    return docx.Document(BytesIO(as_docx(found, title="对照 & 修订", author="法务部 <张伟>", at=AT)))


def text_of(document: Any, *, accepted: bool) -> str:
    """What Word leaves when all changes are accepted, or refused."""
    gone = f"{W}del" if accepted else f"{W}ins"
    text = ""
    for paragraph in document.element.body.iterfind(f"{W}p"):
        for part in paragraph:
            runs = [part] if part.tag == f"{W}r" else part.iterfind(f"{W}r")
            if part.tag not in {gone, f"{W}pPr"}:
                text += "".join(
                    words.text or "" for run in runs for words in run if words.tag in {f"{W}t", f"{W}delText"}
                )
        if paragraph.find(f"{W}pPr/{W}rPr/{gone}") is None:
            text += "\n"
    return text


def test_word_gives_either_version(found: Deviation, word: Any) -> None:
    title = "对照 & 修订\n"
    assert text_of(word, accepted=True) == f"{title}{found.after}\n"
    assert text_of(word, accepted=False) == f"{title}{found.before}\n"


def test_every_mark_bears_its_author_the_time_and_a_number(word: Any) -> None:
    marks = list(word.element.iter(f"{W}ins", f"{W}del"))
    assert marks
    assert {mark.get(f"{W}author") for mark in marks} == {"法务部 <张伟>"}
    assert {mark.get(f"{W}date") for mark in marks} == {"2026-11-26T09:30:00Z"}
    assert len({mark.get(f"{W}id") for mark in marks}) == len(marks)
    assert word.core_properties.author == "法务部 <张伟>"
    assert word.core_properties.created == AT.astimezone(UTC)


def test_deleted_words_are_no_text_of_the_file(found: Deviation) -> None:
    data = as_docx(found, title="对照", author="法务部", at=AT)
    text = "\n".join(page.text for page in read(data, "redline.docx").pages)
    assert "保证金十二万元" in text
    assert "五万元" not in text


class Seen(HTMLParser):
    """The text of a page with or without what is marked."""

    def __init__(self, without: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self._without = without
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._skipped += tag in {self._without, "style", "title", "h1"} or "note" in str(dict(attrs).get("class"))
        self._note = "note" in str(dict(attrs).get("class"))

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in {self._without, "style", "title", "h1"} or (tag == "p" and self._note)
        self._note = self._note and tag != "p"

    def handle_data(self, data: str) -> None:
        self.text += "" if self._skipped else data


@pytest.mark.parametrize(("without", "version"), [("del", "after"), ("ins", "before")])
def test_the_page_gives_either_version(found: Deviation, without: str, version: str) -> None:
    seen = Seen(without)
    seen.feed(as_html(found, title="对照 <1>"))
    assert "".join(seen.text.split()) == "".join(getattr(found, version).split())
    assert not {"b", "script", "link", "img"} & set(seen.tags)


def test_the_page_says_whom_a_change_serves(found: Deviation) -> None:
    page = as_html(found, title="对照")
    assert '<p class="note weakened">▼ 保证金：保证金由五万元改为十二万元' in page
    assert '<p class="note strengthened">▲' in page
    assert '<html lang="zh-Hans">' in page
    assert re.search(r'<del class="moved">.+</del>', page)


@pytest.mark.parametrize(
    ("before", "after", "gone", "came"),
    [
        ("乙方应在三十日内付款。", "乙方应在四十五日内付款。", ["三十"], ["四十五"]),
        ("甲方有权随时调整价格。", "甲方经双方协商可以调整价格。", ["有权随时"], ["经双方协商可以"]),
        ("within thirty days of receipt", "within forty-five days of receipt", ["thirty"], ["forty-five"]),
        ("pay 1,000.50 a year", "pay 1,250.50 a year", ["1,000.50"], ["1,250.50"]),
        ("由甲方所在地法院管辖。", "由乙方所在地法院管辖。", ["甲"], ["乙"]),
    ],
)
def test_words_are_marked_whole(before: str, after: str, gone: list[str], came: list[str]) -> None:
    strips = [strip for line in lines(compared(["合同", before], ["合同", after])) for strip in line.strips]
    assert [strip.text for strip in strips if strip.mark is Mark.DELETED] == gone
    assert [strip.text for strip in strips if strip.mark is Mark.INSERTED] == came
