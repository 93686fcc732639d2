"""The demo brand's documents: what they promise to readers, to the index and to the evaluation."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from pylopdf_fonts_zh_cn import sans_path
from pypdf import PdfReader

from core import plainyaml
from core.demo.documents import SOURCES, build, documents

HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
RUNNING = 1  # lines of header above, and of footer below, the text of a page


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def page_texts(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("documents")
    build(into)
    return into


@pytest.fixture(scope="module")
def texts(folder: Path) -> dict[str, list[str]]:
    """The text of each document by page; one without pages counts as one."""
    return {
        path.name: page_texts(path) if path.suffix == ".pdf" else [path.read_text(encoding="utf-8")]
        for path in sorted(folder.glob("*.*"))
        if not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    loaded: dict[str, Any] = plainyaml.load((SOURCES / "facts.yaml").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def terms() -> dict[str, Any]:
    loaded: dict[str, Any] = plainyaml.load((SOURCES / "terms.yaml").read_text(encoding="utf-8"))
    return loaded


def test_every_document_is_made_under_its_name(folder: Path, texts: dict[str, list[str]]) -> None:
    assert [path.name for path in build(folder)] == [document.file_name for document in documents()]
    assert sorted(texts) == sorted(document.file_name for document in documents())


def test_documents_have_the_length_of_real_ones(texts: dict[str, list[str]]) -> None:
    assert len(texts["handbook.pdf"]) >= 25
    assert len(texts["price-policy.pdf"]) in range(6, 9)
    assert len(texts["rebate-policy.pdf"]) in range(5, 8)


def test_handbook_has_chapters_and_tables(texts: dict[str, list[str]]) -> None:
    text = "\n".join(texts["handbook.pdf"])
    assert all(f"第{number}章" in text for number in ("一", "九", "十八"))
    assert len(set(re.findall(r"表 [0-9A-C]+-\d+", text))) >= 30


def test_the_number_printed_on_a_page_is_its_physical_one(texts: dict[str, list[str]]) -> None:
    for name in ("handbook.pdf", "price-policy.pdf", "rebate-policy.pdf"):
        pages = texts[name]
        assert all(f"第{number}页/共{len(pages)}页" in squeezed(page) for number, page in enumerate(pages[1:], 2)), name


def test_each_answer_stands_on_its_page(texts: dict[str, list[str]], facts: dict[str, Any]) -> None:
    missing = [
        fact
        for fact in facts["answered"]
        if squeezed(fact["answer"]) not in squeezed(texts[fact["source"]][(fact["page"] or 1) - 1])
    ]
    assert missing == []


def test_pages_are_cited_for_files_with_pages_only(facts: dict[str, Any]) -> None:
    assert all((fact["page"] is None) == fact["source"].endswith(".md") for fact in facts["answered"])


def test_there_are_enough_questions_and_none_twice(facts: dict[str, Any]) -> None:
    answered = [fact["question"] for fact in facts["answered"]]
    assert len(answered) >= 60
    assert len(facts["unanswered"]) >= 25
    assert len({*answered, *facts["unanswered"]}) == len(answered) + len(facts["unanswered"])


def test_questions_are_not_worded_like_the_text(texts: dict[str, list[str]], facts: dict[str, Any]) -> None:
    for fact in facts["answered"]:
        assert squeezed(fact["question"]) not in squeezed("".join(texts[fact["source"]]))


def han_of_sources(name: str) -> Iterator[str]:
    """Every run of Chinese characters that a document's sources hold outside of comments."""
    for path in (SOURCES / f"{name}.typ", *sorted((SOURCES / name).glob("*.typ"))):
        source = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        yield from HAN.findall(source)


@pytest.mark.parametrize("name", ["handbook", "price-policy", "rebate-policy"])
def test_the_text_read_back_loses_nothing_of_the_source(texts: dict[str, list[str]], name: str) -> None:
    pages = ["".join(page.split("\n")[RUNNING:-RUNNING]) for page in texts[f"{name}.pdf"][1:]]
    text = squeezed(texts[f"{name}.pdf"][0] + "".join(pages))
    assert [run for run in han_of_sources(name) if run not in text] == []


def test_the_font_has_every_character_that_is_used() -> None:
    ft2font = pytest.importorskip("matplotlib.ft2font")
    known = {chr(code) for code in ft2font.FT2Font(str(sans_path())).get_charmap()}
    used = set("".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.typ")))
    assert used - known - {"\n"} == set()


def test_only_the_packaged_font_is_used(folder: Path) -> None:
    for path in folder.glob("*.pdf"):
        with pdfplumber.open(path) as pdf:
            fonts = {char["fontname"] for page in pdf.pages for char in page.chars}
        assert {font.split("+")[-1].split("-")[0] for font in fonts} == {"NotoSansSC"}


def test_made_twice_the_files_are_the_same(folder: Path, tmp_path: Path) -> None:
    assert [path.read_bytes() for path in build(tmp_path)] == [path.read_bytes() for path in build(folder)]


def test_what_stands_there_is_kept(folder: Path) -> None:
    before = [path.stat().st_mtime_ns for path in build(folder)]
    assert [path.stat().st_mtime_ns for path in build(folder)] == before


@pytest.mark.parametrize("harm", ["cut", "gone"])
def test_a_damaged_file_is_made_again(tmp_path: Path, harm: str) -> None:
    handbook = build(tmp_path)[0]
    whole = handbook.read_bytes()
    if harm == "cut":
        handbook.write_bytes(whole[:1000])
    else:
        handbook.unlink()
    assert build(tmp_path)[0].read_bytes() == whole


def test_policies_state_the_terms(texts: dict[str, list[str]], terms: dict[str, Any]) -> None:
    price, rebate = squeezed("".join(texts["price-policy.pdf"])), squeezed("".join(texts["rebate-policy.pdf"]))
    assert f"经销价×{terms['floor']}" in price
    assert all(f"{row['code']}{row['name']}{row['factor']}" in price for row in terms["regions"])
    assert all(f"{row['code']}级{row['factor']}" in price for row in terms["tiers"])
    assert all(f"满{row['threshold']:,}元{row['percent']}%" in rebate for row in terms["rebate_tiers"])


def test_price_rows_can_cite_page_five_for_steps_and_free_goods(texts: dict[str, list[str]]) -> None:
    page = squeezed(texts["price-policy.pdf"][4])
    assert "满100箱，不满300箱0.99" in page
    assert "搭赠不改变付款部分的单价" in page


def test_the_guide_has_its_headings_and_the_terms(texts: dict[str, list[str]], terms: dict[str, Any]) -> None:
    guide = texts["quick-guide.md"][0]
    assert re.findall(r"^## (.+)$", guide, re.MULTILINE) == [
        "Getting started",
        "Ordering",
        "Prices and promotions",
        "Payment and credit",
        "Delivery",
        "Returns and short-dated goods",
        "Rebates",
        "Who to call",
    ]
    assert f"× {terms['floor']}" in guide
    assert all(f"from ¥{row['threshold']:,} | {row['percent']} %" in guide for row in terms["rebate_tiers"])
