"""Opening a PDF to sign it or to look at its signatures; what is wrong with it, said as for any file."""

import logging
from io import BytesIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from core.contracts.signing.errors import BrokenPdf, LargePdf, LockedPdf, NotPdf
from core.reading.bombs import UNPACKED, inflates_too_far
from core.reading.reader import MEGABYTES

_LIBRARIES = ("pyhanko", "pyhanko_certvalidator")
_MARK = 1_024  # bytes within which a PDF says that it is one


def is_pdf(data: bytes) -> bool:
    """Whether a file is one, so that signatures fit into it."""
    return b"%PDF-" in data[:_MARK]


def opened(pdf: bytes, name: str) -> PdfFileReader:
    """A reader that takes files as programs write them, not only as the standard has them."""
    _quieten()
    if len(pdf) > MEGABYTES * 1_000_000:
        raise LargePdf(name=name, limit=MEGABYTES)
    if not is_pdf(pdf):
        raise NotPdf(name=name)
    if inflates_too_far(pdf):
        raise LargePdf(name=name, limit=UNPACKED >> 20)
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        locked = reader.encrypted
        if not locked:
            _ = reader.root["/Pages"], reader.embedded_signatures
    except (PdfError, ValueError, KeyError, TypeError, IndexError, RecursionError, AttributeError) as error:
        raise BrokenPdf(name=name) from error
    if locked:
        raise LockedPdf(name=name)
    return reader


def _quieten() -> None:
    """The libraries log a traceback for each certificate that nobody knows; here that is a result like another."""
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL)
