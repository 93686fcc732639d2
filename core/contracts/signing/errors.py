"""Why a file can't be signed or its signatures not be looked at, in words that whoever sent it can act on.

CannotSign (core.errors.BadInput)
├── NotPdf             only PDF carries its signatures inside
├── BrokenPdf          damaged, or signed and damaged since
├── LockedPdf          opens only with a password
├── LargePdf           more than ``limit`` megabytes, packed or unpacked
├── SealedPdf          its author allowed no further change, signatures included
└── UnfitCertificate   the signer's certificate isn't made for signing, or isn't valid at the time

``name`` is the file's name, for the last one the signer's.
"""

from core.errors import BadInput


class CannotSign(BadInput):
    """The file or the key is not fit."""

    key = "signing.cannot"


class NotPdf(CannotSign):
    """A Word file or another that holds no signature inside."""

    key = "signing.not_pdf"


class BrokenPdf(CannotSign):
    """Damaged."""

    key = "signing.broken"


class LockedPdf(CannotSign):
    """Needs a password."""

    key = "signing.locked"


class LargePdf(CannotSign):
    """More than is taken."""

    key = "signing.large"


class SealedPdf(CannotSign):
    """Closed by an earlier signature."""

    key = "signing.sealed"


class UnfitCertificate(CannotSign):
    """For something else than signing, or not valid at the time."""

    key = "signing.unfit_certificate"
