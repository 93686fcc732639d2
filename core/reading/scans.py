"""Pages of a PDF that are pictures: drawn by PDFium, recognised by the extra ``qudao[ocr]``."""

from core.reading.lines import PDFIUM, Line

SCANS = 100  # pages of a file; each takes seconds
_SCALE = 150 / 72
_LONGEST = 2_400  # pixels of a side


def recognised(data: bytes, number: int) -> list[Line]:
    """The lines of the page at ``number`` from 0, with their places in points; empty where nothing is seen."""
    import pypdfium2

    from core.reading.sheets.pictures import seen_lines

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
            try:
                page = document[number]
                width, height = page.get_size()
                scale = min(_SCALE, _LONGEST / max(width, height, 1))
                picture = page.render(scale=scale).to_numpy()[:, :, :3].copy()
            finally:
                document.close()
        except pypdfium2.PdfiumError:
            return []
    return [
        Line(
            " ".join(piece.text.strip() for piece in line),
            round(line[0].height / scale * 0.8, 1),
            line[0].left / scale,
            height - line[0].middle / scale,
        )
        for line in seen_lines(picture)
    ]
