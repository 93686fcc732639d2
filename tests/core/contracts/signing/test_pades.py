import asyncio
import random
import stat
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from asn1crypto import keys, tsp
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.generic import NameObject, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfReader, PdfWriter

from core.contracts.signing.authority import DemoAuthority
from core.contracts.signing.errors import (
    BrokenPdf,
    CannotSign,
    LargePdf,
    LockedPdf,
    NotPdf,
    SealedPdf,
    UnfitCertificate,
)
from core.contracts.signing.evidence import evidence
from core.contracts.signing.pades import sign
from core.contracts.signing.people import Person
from core.contracts.signing.signatures import Later, Signature, Trust, verify
from core.contracts.signing.trust import LocalKey, SigningService
from tests.core.contracts import making

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
BRAND = Person("p-1", "张伟", "云岭山泉食品有限公司")
DEALER = Person("p-2", "Jane Doe", "Wangchuan Trading")
FLIPS = 48


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> DemoAuthority:
    return DemoAuthority(tmp_path_factory.mktemp("authority") / "keys")


@pytest.fixture(scope="module")
def plain() -> bytes:
    return making.pdf("hard")


@pytest.fixture(scope="module")
def once(authority: DemoAuthority, plain: bytes) -> bytes:
    shown = ["张伟 · 云岭山泉食品有限公司", "2026-11-26 17:30", "同意全部条款"]
    return sign(plain, authority.key_of(BRAND, NOW), at=NOW, reason="同意全部条款", shown=shown)


@pytest.fixture(scope="module")
def twice(authority: DemoAuthority, once: bytes) -> bytes:
    return sign(once, authority.key_of(DEALER, NOW), at=LATER, reason="I agree", shown=["Jane Doe", "2026-11-26 18:30"])


def seen(authority: DemoAuthority, pdf: bytes, at: datetime = LATER) -> list[Signature]:
    return verify(pdf, [authority.root(NOW)], at=at)


def none_holds(authority: DemoAuthority, pdf: bytes) -> bool:
    try:
        return not any(signature.holds or signature.intact for signature in seen(authority, pdf))
    except CannotSign:
        return True


def test_a_signature_says_who_when_and_why(authority: DemoAuthority, once: bytes) -> None:
    (only,) = seen(authority, once)
    assert (only.signer, only.organisation, only.reason) == ("张伟", "云岭山泉食品有限公司", "同意全部条款")
    assert only.signed_at == NOW
    assert only.holds
    assert only.covers_file
    assert only.later is Later.NOTHING


def test_an_authority_that_nobody_knows_is_a_result_and_no_line_of_a_log(
    once: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = DemoAuthority(tmp_path / "other")
    (only,) = verify(once, [stranger.root(NOW)], at=LATER)
    assert only.trust is Trust.UNKNOWN_AUTHORITY
    assert not caplog.records


def test_a_second_signature_leaves_the_first_whole(authority: DemoAuthority, once: bytes, twice: bytes) -> None:
    first, second = seen(authority, twice)
    assert twice.startswith(once)
    assert first.holds
    assert second.holds
    assert (first.later, first.covers_file) == (Later.SIGNED, False)
    assert (second.signer, second.covers_file) == ("Jane Doe", True)


def test_the_page_shows_name_and_time_in_chinese(once: bytes) -> None:
    reader = PdfReader(BytesIO(once))
    annotations = reader.pages[-1].annotations
    assert annotations is not None
    widget = annotations[0]
    left, bottom, right, top = (float(edge) for edge in widget["/Rect"])
    assert right - left > 100
    assert top - bottom > 30
    shown = words_shown(once, (left, bottom, right, top))
    assert "张伟" in shown
    assert "2026-11-26 17:30" in shown


def words_shown(pdf: bytes, box: tuple[float, float, float, float]) -> str:
    """The words that a reader of the page sees there."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    page = document[len(document) - 1]
    pypdfium2.raw.FPDFPage_Flatten(page, 0)
    reopened = BytesIO()
    document.save(reopened)
    return str(pypdfium2.PdfDocument(reopened.getvalue())[len(document) - 1].get_textpage().get_text_bounded(*box))


def test_a_changed_byte_anywhere_in_what_was_signed_is_seen(authority: DemoAuthority, once: bytes) -> None:
    start, end = signature_room(once)
    chosen = random.Random(7)
    places = [at for at in chosen.sample(range(len(once)), FLIPS) if not start <= at < end]
    assert len(places) > FLIPS // 3
    for at in [*places, 0, start - 1, end, len(once) - 1]:
        changed = bytearray(once)
        changed[at] ^= 1 << chosen.randrange(8)
        assert none_holds(authority, bytes(changed)), at


def test_a_byte_changed_before_both_signatures_breaks_both(authority: DemoAuthority, once: bytes, twice: bytes) -> None:
    changed = bytearray(twice)
    changed[len(once) // 8] ^= 1
    assert none_holds(authority, bytes(changed))


def test_a_changed_byte_of_the_signature_itself_is_seen(authority: DemoAuthority, once: bytes) -> None:
    """Its value stands last; certificates before it are proven by those who issued them."""
    start, _ = signature_room(once)
    used = len(once[start:].split(b"0" * 64)[0])
    chosen = random.Random(11)
    for at in chosen.sample(range(start + used - 120, start + used - 4), 12):
        changed = bytearray(once)
        changed[at] = ord("0") if changed[at] != ord("0") else ord("7")
        assert not any(signature.holds for signature in found_in(authority, bytes(changed))), at


def found_in(authority: DemoAuthority, pdf: bytes) -> Sequence[Signature]:
    try:
        return seen(authority, pdf)
    except CannotSign:
        return ()


def test_nothing_can_be_hidden_in_the_room_kept_for_a_signature(authority: DemoAuthority, once: bytes) -> None:
    _, end = signature_room(once)
    changed = once[: end - 9] + b"41424344" + once[end - 1 :]
    assert len(changed) == len(once)
    (only,) = seen(authority, changed)
    assert not only.intact


def signature_room(pdf: bytes) -> tuple[int, int]:
    numbers = pdf.split(b"/ByteRange")[1].split(b"[")[1].split(b"]")[0].split()
    return int(numbers[1]), int(numbers[2])


def test_words_added_after_signing_are_seen(authority: DemoAuthority, once: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(once))
    writer.root["/Metadata2"] = pdf_string("another price")
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    (only,) = seen(authority, out.getvalue())
    assert only.intact
    assert only.later is Later.CHANGED
    assert not only.holds


def test_another_page_content_after_signing_is_seen(authority: DemoAuthority, once: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(once))
    reference, _ = writer.find_page_for_modification(0)
    page = reference.get_object()
    page[NameObject("/Rotate")] = page["/MediaBox"][2]
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    (only,) = seen(authority, out.getvalue())
    assert only.later is Later.CHANGED


def test_whom_nobody_vouches_for_is_not_trusted(once: bytes, tmp_path: Path) -> None:
    other = DemoAuthority(tmp_path / "keys")
    for roots in ([], [other.root(NOW)]):
        (only,) = verify(once, roots, at=LATER)
        assert only.intact
        assert only.trust is Trust.UNKNOWN_AUTHORITY
        assert not only.holds


@pytest.mark.parametrize(
    ("at", "trust"), [(NOW + timedelta(days=1_200), Trust.EXPIRED), (NOW - timedelta(days=2), Trust.NOT_YET_VALID)]
)
def test_a_certificate_counts_only_while_it_is_valid(
    authority: DemoAuthority, once: bytes, at: datetime, trust: Trust
) -> None:
    (only,) = seen(authority, once, at)
    assert only.intact
    assert only.trust is trust


def test_a_time_that_an_authority_vouches_for_outlives_the_certificate(authority: DemoAuthority, plain: bytes) -> None:
    stamped_at = NOW + timedelta(minutes=1)
    stamps = Stamps(stamped_at)
    signed = sign(plain, authority.key_of(BRAND, NOW), at=NOW, reason="同意", timestamps=stamps)
    (only,) = verify(signed, [authority.root(NOW), stamps.root], at=NOW + timedelta(days=1_200))
    assert only.stamped_at == stamped_at
    assert only.trust is Trust.TRUSTED
    assert only.holds


def test_an_expired_certificate_signs_nothing(authority: DemoAuthority, plain: bytes) -> None:
    with pytest.raises(UnfitCertificate):
        sign(plain, authority.key_of(BRAND, NOW), at=NOW + timedelta(days=1_200), reason="同意")


def test_a_certificate_for_something_else_signs_nothing(plain: bytes) -> None:
    with pytest.raises(UnfitCertificate):
        sign(plain, rsa_key(may_sign=False), at=NOW, reason="同意")


def test_an_outside_service_sees_a_digest_and_nothing_else(plain: bytes) -> None:
    outside = Outside()
    signed = sign(plain, outside, at=NOW, reason="同意", shown=["张伟"])
    (only,) = verify(signed, [outside.certificates()[-1]], at=LATER)
    assert only.holds
    assert [len(each) for each in outside.digests] == [32]


def test_an_unsigned_file_has_no_signatures(plain: bytes) -> None:
    assert verify(plain, [], at=NOW) == []


def test_what_cannot_be_signed_says_so(authority: DemoAuthority, plain: bytes) -> None:
    writer = PdfWriter(BytesIO(plain))
    writer.encrypt("secret", algorithm="AES-256")
    locked = BytesIO()
    writer.write(locked)
    swelling = b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode>>stream\n" + zlib.compress(bytes(80 << 20), 1)
    key = authority.key_of(BRAND, NOW)
    for pdf, error in (
        (locked.getvalue(), LockedPdf),
        (plain[: len(plain) // 3], BrokenPdf),
        (b"%PDF-1.7\nnothing", BrokenPdf),
        (making.word("hard"), NotPdf),
        (swelling, LargePdf),
    ):
        with pytest.raises(error):
            sign(pdf, key, at=NOW, reason="同意")
        with pytest.raises(error):
            verify(pdf, [], at=NOW)


async def test_both_work_in_a_thread_beside_an_event_loop(authority: DemoAuthority, plain: bytes) -> None:
    key = authority.key_of(BRAND, NOW)
    signed = await asyncio.to_thread(sign, plain, key, at=NOW, reason="同意")
    (only,) = await asyncio.to_thread(verify, signed, [authority.root(NOW)], at=LATER)
    assert only.holds


def test_a_file_that_its_first_signer_closed_takes_no_more(authority: DemoAuthority, plain: bytes) -> None:
    key, chain = pair_of(rsa_key())
    signer = signers.SimpleSigner(chain, key, SimpleCertificateStore())
    meta = signers.PdfSignatureMetadata(
        field_name="Only", certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES, md_algorithm="sha256"
    )
    closed = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(plain)), meta, signer).getvalue()
    with pytest.raises(SealedPdf):
        sign(closed, authority.key_of(BRAND, NOW), at=NOW, reason="同意")


def test_keys_are_for_their_owner_alone_and_stay(authority: DemoAuthority, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "keys"
    mine = DemoAuthority(folder)
    first = mine.key_of(BRAND, NOW).certificates()
    assert DemoAuthority(folder).key_of(BRAND, LATER).certificates() == first
    assert mine.root(NOW) == first[-1] != authority.root(NOW)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.glob("*.pem")} == {0o600}
    renamed = mine.key_of(Person(BRAND.id, "张伟业", BRAND.organisation), NOW).certificates()
    assert renamed[0] != first[0]
    assert mine.key_of(BRAND, NOW + timedelta(days=1_200)).certificates()[0] != first[0]


def test_evidence_keeps_both_files_the_key_and_the_words(authority: DemoAuthority, plain: bytes, once: bytes) -> None:
    key = authority.key_of(BRAND, NOW)
    kept = evidence(plain, once, key, person=BRAND.id, at=NOW, reason="同意", consent="我已阅读并同意").as_plain()
    (only,) = seen(authority, once)
    assert kept["key_sha256"] == only.certificate_sha256
    assert kept["serial"] == only.serial
    assert kept["consent"] == "我已阅读并同意"
    assert kept["sha256_before"] != kept["sha256_after"]
    assert all(isinstance(value, str) for value in kept.values())


class Outside:
    """A trust service that keeps the key to itself."""

    def __init__(self) -> None:
        self._key = rsa_key()
        self.digests: list[bytes] = []

    def certificates(self) -> Sequence[bytes]:
        return self._key.certificates()

    def sign_digest(self, digest: bytes) -> bytes:
        self.digests.append(digest)
        return self._key.sign_digest(digest)


class Stamps:
    """A timestamp authority at a time of our choice."""

    def __init__(self, at: datetime) -> None:
        key, certificate = pair_of(rsa_key(stamps=True))
        self.root = certificate.dump()
        self._authority = DummyTimeStamper(certificate, key, fixed_dt=at)

    def answer(self, request: bytes) -> bytes:
        answer = self._authority.request_tsa_response(tsp.TimeStampReq.load(request))
        return bytes(answer.dump())


def rsa_key(*, may_sign: bool = True, stamps: bool = False) -> LocalKey:
    key = rsa.generate_private_key(65_537, 2_048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Another authority")])
    usage = x509.KeyUsage(may_sign, may_sign, not may_sign, False, False, False, False, False, False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(5)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=3_650))
        .add_extension(usage, critical=True)
    )
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return LocalKey(key, [builder.sign(key, hashes.SHA256())])


def pair_of(key: LocalKey) -> tuple[keys.PrivateKeyInfo, Certificate]:
    private = key._key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return keys.PrivateKeyInfo.load(private), Certificate.load(key.certificates()[0])


def test_both_kinds_of_keys_keep_to_the_seam() -> None:
    services: Sequence[SigningService] = [rsa_key(), Outside()]
    assert all(service.certificates() for service in services)
