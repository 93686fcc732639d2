import random
import time
import zlib
from contextlib import suppress

import pytest

from core.errors import BadInput
from core.reading import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    ScannedFile,
    UnreadableFile,
    UnsupportedFile,
    read,
)
from tests.core.reading import make

GOOD = make.pdf([make.lines("Rebates are settled within 25 working days.")])
PICTURED = make.picture()


def scanned(pages: int, *, extra: str = "") -> bytes:
    return make.pdf(["/I Do" + extra] * pages, resources=PICTURED[0], more=PICTURED[1])


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "a.pdf", EmptyFile),
        (b" \n\x00", "a.md", EmptyFile),
        (b"# \n", "a.md", EmptyFile),
        (b"<!-- nothing -->", "a.md", EmptyFile),
        (make.pdf([]), "a.pdf", EmptyFile),
        (make.pdf([""]), "a.pdf", EmptyFile),
        (b"this is no PDF at all", "a.pdf", BrokenFile),
        (b"%PDF-1.7\n" + b"\xff\x00garbage" * 50, "a.pdf", BrokenFile),
        (GOOD[:120], "a.pdf", BrokenFile),
        (make.encrypted(GOOD, "secret"), "a.pdf", EncryptedFile),
        (scanned(2), "a.pdf", ScannedFile),
        (scanned(3, extra="\n" + make.words((300, 20, 8, "3"))), "a.pdf", ScannedFile),
        (b"PK\x03\x04" + bytes(range(256)), "a.docx", BrokenFile),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.md", UnsupportedFile),
        (b"<!DOCTYPE html><html><p>Hi</p></html>", "a.txt", UnsupportedFile),
        (b"sku,price\nW-550,20\n", "prices.csv", UnsupportedFile),
        (b"%PDF-1.7\n" + b" " * 50_000_001, "a.pdf", FileTooLarge),
        (make.pdf([b""] * 2_001), "a.pdf", FileTooLarge),
        (b"word " * 1_000_001, "a.md", FileTooLarge),
    ],
)
def test_a_bad_file_says_what_is_wrong(data: bytes, name: str, error: type[UnreadableFile]) -> None:
    with pytest.raises(error) as raised:
        read(data, name)
    assert type(raised.value) is error
    assert isinstance(raised.value, BadInput)
    assert raised.value.params["name"] == name


def test_each_error_has_its_own_words() -> None:
    errors = UnreadableFile.__subclasses__()
    assert len({error.key for error in errors}) == len(errors) == 6
    assert all(error.key.startswith("reading.") for error in errors)


def test_what_it_is_decides_not_its_name() -> None:
    assert read(GOOD, "notes.md").mime == "application/pdf"
    assert read(b"\n junk before\n" + GOOD, "a.pdf").mime == "application/pdf"


def test_a_file_locked_only_against_changes_is_read() -> None:
    assert "Rebates" in read(make.encrypted(GOOD, ""), "a.pdf").pages[0].text


def test_pictured_pages_among_others_are_named() -> None:
    data = make.pdf(
        ["/I Do", make.lines("A page with quite enough text on it.")], resources=PICTURED[0], more=PICTURED[1]
    )
    assert read(data, "a.pdf").unread == (1,)


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_does_not_go_off(layers: int) -> None:
    packed = b"0 0 m\n" * 20_000_000
    for _ in range(layers):
        packed = zlib.compress(packed, 9)
    filters = "/FlateDecode " * layers
    bomb = b"<</Length %d/Filter[%b]>>stream\n%b\nendstream" % (len(packed), filters.encode(), packed)
    data = make.pdf([make.lines("x")], more=[bomb])
    started = time.process_time()
    with pytest.raises(FileTooLarge):
        read(data, "a.pdf")
    assert time.process_time() - started < 5


def test_much_that_hardly_packs_is_no_bomb() -> None:
    noise = random.Random(1).randbytes(3_000_000)
    streams = [zlib.compress(noise), zlib.compress(zlib.compress(b"a" * 1_000_000)), b"\x78\x9cdamaged"]
    more = [b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(each), each) for each in streams]
    assert read(make.pdf([make.lines("All is well here.")], more=more), "a.pdf").pages[0].text == "All is well here."


def test_forms_that_draw_each_other_without_end_are_stopped() -> None:
    count = 12
    resources = "/XObject<<" + "".join(f"/X{at} {4 + at} 0 R" for at in range(count)) + ">>"
    forms = []
    for at in range(count):
        content = f"/X{at + 1} Do " * 10 if at + 1 < count else make.words((10, 10, 9, "boom"))
        forms.append(
            f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 3 0 R>>{resources}>>"
            f"/Length {len(content)}>>stream\n{content}\nendstream".encode()
        )
    data = make.pdf(["/X0 Do " + make.lines("Text beside the forms")], resources=resources, more=forms)
    started = time.process_time()
    with suppress(FileTooLarge):
        read(data, "a.pdf")
    assert time.process_time() - started < 30


def test_damage_on_one_page_leaves_the_others() -> None:
    data = make.pdf(
        [
            make.lines("The first page is whole and well."),
            b"BT /F 11 Tf (unbalanced \xff\xfe [ << ET",
            make.lines("Third."),
        ]
    )
    document = read(data, "a.pdf")
    assert document.pages[0].text == "The first page is whole and well."
    assert document.pages[2].text == "Third."
