"""What a signature shows on the page: a small box with the signer's name, the time and why."""

import json
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

WIDTH, HEIGHT = 170, 46  # points
_EDGE = 14
_LINES = 4
_LONGEST = 46  # characters of a line
_SHOWN = 4  # signatures on a page; later ones are there without a box

Box = tuple[int, int, int, int]


def style(lines: Sequence[str]) -> StaticStampStyle:
    """How pyHanko draws the box."""
    return StaticStampStyle(background=_Drawn(appearance(lines)), border_width=0, background_opacity=1.0)


class _Drawn(PdfContent):
    """The first page of a PDF, drawn where a writer wants it."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._pdf)))
        self.resources.xobject["/Drawn"] = page
        self.box = BoxConstraints(width=WIDTH, height=HEIGHT)
        return b"/Drawn Do"


def appearance(lines: Sequence[str]) -> bytes:
    """A PDF of one page in the box's size; Chinese and Latin."""
    import typst

    shown = [json.dumps(line[:_LONGEST], ensure_ascii=False) for line in lines if line][:_LINES]
    texts = "\n".join(
        f"#block(spacing: 4pt, text({line}, size: {8.5 if at == 0 else 6.5}pt))" for at, line in enumerate(shown)
    )
    source = (
        f"#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 5pt, fill: none)\n"
        '#set text(font: "Noto Sans SC", fallback: false, fill: rgb("#1f3a5f"))\n'
        f"#place(top + left, dx: -3pt, dy: -3pt, rect(width: {WIDTH - 4}pt, height: {HEIGHT - 4}pt, radius: 2pt, "
        'stroke: 0.7pt + rgb("#1f3a5f")))\n'
        f"#set align(horizon)\n{texts}\n"
    )
    return bytes(typst.compile(source.encode(), font_paths=_fonts(), format="pdf"))


@cache
def _fonts() -> Any:
    import typst
    from pylopdf_fonts_zh_cn import sans_path

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(sans_path().parent)])


def place(count: int, width: float, height: float) -> Box | None:
    """Where the next box stands on the last page, in its margins; None where they are full."""
    if count >= _SHOWN or width < 2 * (WIDTH + _EDGE) or height < 4 * HEIGHT:
        return None
    left = _EDGE if count % 2 == 0 else int(width) - WIDTH - _EDGE
    bottom = _EDGE if count < _SHOWN // 2 else int(height) - HEIGHT - _EDGE
    return left, bottom, left + WIDTH, bottom + HEIGHT
