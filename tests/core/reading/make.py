"""Small PDFs made by hand, so that each test shows what its file holds."""

import zlib
from collections.abc import Sequence
from io import BytesIO

import typst
from pylopdf_fonts_zh_cn import sans_path
from pypdf import PdfReader, PdfWriter

Placed = tuple[float, float, float, str]  # x, y, size, text


def pdf(pages: Sequence[str | bytes], *, resources: str = "", more: Sequence[bytes] = ()) -> bytes:
    """A PDF whose pages have these drawing instructions, packed; /F is Helvetica; ``more`` follow from object 4."""
    kids = " ".join(f"{4 + len(more) + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *more,
    ]
    for at, content in enumerate(pages):
        packed = zlib.compress(content.encode("cp1252") if isinstance(content, str) else content)
        place = 5 + len(more) + 2 * at
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {place} 0 R"
            f"/Resources<</Font<</F 3 0 R>>{resources}>>>>".encode(),
            b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
        ]
    out = BytesIO(b"%PDF-1.7\n")
    out.seek(0, 2)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def words(*placed: Placed) -> str:
    """Instructions that draw texts."""
    return "\n".join(
        f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({text.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj ET"
        for x, y, size, text in placed
    )


def lines(*texts: str, top: float = 760, size: float = 11, x: float = 70) -> str:
    """Instructions that draw texts below each other."""
    return words(*((x, top - 15 * at, size, text) for at, text in enumerate(texts)))


def picture(width: int = 8, height: int = 8) -> tuple[str, list[bytes]]:
    """Resources and objects of an image called /I."""
    packed = zlib.compress(b"\x80" * width * height)
    image = (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (width, height, len(packed), packed)
    )
    return "/XObject<</I 4 0 R>>", [image]


def encrypted(data: bytes, password: str) -> bytes:
    """The same file, to be opened with a password only."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(password, "owner", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def chinese(source: str) -> bytes:
    """A PDF from Typst markup, in the Chinese font that charts use."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(sans_path().parent)])
    head = '#set text(font: "Noto Sans SC", size: 10.5pt, lang: "zh", fallback: false)\n#set par(justify: true)\n'
    return bytes(typst.compile((head + source).encode(), font_paths=fonts, format="pdf"))
