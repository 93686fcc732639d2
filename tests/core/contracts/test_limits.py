import resource
import time
import zipfile
from io import BytesIO

import pypdfium2
import pytest

from core.contracts import review
from core.reading import BrokenFile, EmptyFile, EncryptedFile, FileTooLarge, ScannedFile, UnreadableFile
from core.reading.sheets.pictures import can_read_pictures
from tests.core.contracts import making
from tests.core.reading import make


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b" " * 80_000_000)
    return out.getvalue()


def entities() -> bytes:
    out = BytesIO()
    source = BytesIO(making.written(["一"]))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "word/document.xml":
                data = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' + data.split(b"?>", 1)[1]
            new.writestr(part.filename, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"%PDF-1.7\nnothing", BrokenFile),
        (making.pdf("hard")[:3_000], BrokenFile),
        (making.word("hard")[:3_000], BrokenFile),
        (make.encrypted(make.pdf([make.lines("secret")]), "x"), EncryptedFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), EncryptedFile),
        (make.pdf([b""] * 2_001), FileTooLarge),
        (bomb(), FileTooLarge),
        (entities(), BrokenFile),
    ],
)
def test_a_file_that_can_t_be_read_gets_a_clear_answer_in_bounded_time(
    data: bytes, error: type[UnreadableFile]
) -> None:
    started = time.process_time()
    with pytest.raises(error):
        review(data)
    assert time.process_time() - started < 10


def test_two_thousand_pages_are_read_in_bounded_time_and_memory() -> None:
    data = make.pdf([make.lines(f"{number}. The Buyer pays within 30 days.") for number in range(1, 2_001)])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    found = review(data)
    assert time.process_time() - started < 90
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000
    assert found.text.count("The Buyer pays") == 2_000


@pytest.mark.skipif(not can_read_pictures(), reason="the extra qudao[ocr] is not installed")
def test_a_scanned_contract_is_recognised_and_reviewed() -> None:
    document = pypdfium2.PdfDocument(making.pdf("hard"))
    pages = [page.render(scale=2).to_pil().convert("RGB") for page in document]
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:])
    document.close()
    found = review(out.getvalue())
    assert found.unread == ()
    assert {"resale_price", "deposit"} <= {each.category for each in found.findings}


def test_a_scanned_contract_is_refused_in_words_where_nothing_can_recognise_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.reading.pdf.can_read_pictures", lambda: False)
    resources, more = make.picture()
    with pytest.raises(ScannedFile):
        review(make.pdf(["/I Do"] * 2, resources=resources, more=more))
