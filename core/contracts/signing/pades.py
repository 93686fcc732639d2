"""Signing a PDF (PAdES): each signature is added behind what stands there, so that earlier ones stay whole."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from asn1crypto import tsp
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from core.contracts.signing.errors import BrokenPdf, SealedPdf, UnfitCertificate
from core.contracts.signing.signed_pdf import opened
from core.contracts.signing.stamp import place, style
from core.contracts.signing.trust import DIGEST, SigningService, TimestampService

_RESERVED = 32_768  # characters kept free for a signature with its certificates and a timestamp


def sign(
    pdf: bytes,
    service: SigningService,
    *,
    at: datetime,
    reason: str,
    name: str = "contract.pdf",
    shown: Sequence[str] = (),
    timestamps: TimestampService | None = None,
) -> bytes:
    """The file with one more signature; ``shown`` are the lines of its box, none: a signature that no page shows.

    It blocks while it works: call it in a thread from where an event loop runs. Raises a ``CannotSign`` that
    says why.
    """
    chain = [Certificate.load(each) for each in service.certificates()]
    _check(chain[0], at)
    reader = opened(pdf, name)
    with _explained(name):
        field = _field(pdf, reader, shown=bool(shown))
        signer = PdfSigner(
            PdfSignatureMetadata(
                field_name=field.sig_field_name,
                md_algorithm=DIGEST,
                reason=reason,
                name=str(chain[0].subject.native.get("common_name", "")),
                subfilter=SigSeedSubFilter.PADES,
            ),
            _Signer(service, chain),
            timestamper=_Timestamps(timestamps) if timestamps is not None else None,
            stamp_style=style(shown) if field.box else None,
            new_field_spec=field,
        )
        return asyncio.run(_signed(pdf, signer, at))


def _check(certificate: Certificate, at: datetime) -> None:
    usage = certificate.key_usage_value
    may_sign = usage is None or not {"digital_signature", "non_repudiation"}.isdisjoint(usage.native)
    if not may_sign or not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise UnfitCertificate(name=str(certificate.subject.native.get("common_name", "")))


def _field(pdf: bytes, reader: PdfFileReader, *, shown: bool) -> SigFieldSpec:
    count = len(reader.embedded_signatures)
    taken = {signature.field_name for signature in reader.embedded_signatures}
    name = next(free for at in range(count + 1, 2 * count + 3) if (free := f"Signature{at}") not in taken)
    box = None
    if shown:
        page = PdfReader(BytesIO(pdf)).pages[-1]
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        found = place(count, right - left, top - bottom) if not page.rotation else None
        box = found and (found[0] + int(left), found[1] + int(bottom), found[2] + int(left), found[3] + int(bottom))
    return SigFieldSpec(name, on_page=-1, box=box)


async def _signed(pdf: bytes, signer: PdfSigner, at: datetime) -> bytes:
    """The steps of pyHanko's own, with the time handed in."""
    session = signer.init_signing_session(IncrementalPdfFileWriter(BytesIO(pdf), strict=False))
    session.system_time = at
    prepared = session.prepare_tbs_document(validation_info=None, bytes_reserved=_RESERVED)
    output = BytesIO()
    digest, _ = prepared.digest_tbs_document(output=output)
    done = await prepared.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=at))
    await done.post_signature_processing(output)
    return output.getvalue()


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except SigningError as error:
        raise SealedPdf(name=name) from error
    except (PdfError, PyPdfError, ValueError, LookupError) as error:
        raise BrokenPdf(name=name) from error


class _Signer(Signer):
    """Asks a service for the signature of a digest."""

    def __init__(self, service: SigningService, chain: Sequence[Certificate]) -> None:
        self._service = service
        others = SimpleCertificateStore()
        others.register_multiple(chain[1:])
        super().__init__(signing_cert=chain[0], cert_registry=others)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        assert digest_algorithm == DIGEST
        return self._service.sign_digest(sha256(data).digest())


class _Timestamps(TimeStamper):
    """Asks an authority for the time."""

    def __init__(self, service: TimestampService) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._service = service

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return tsp.TimeStampResp.load(self._service.answer(req.dump()))
