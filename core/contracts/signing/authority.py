"""The demo's own certificate authority: made at first use in a folder of the data directory; it vouches for nobody."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from filelock import BaseFileLock, FileLock

from core.contracts.signing.people import Person
from core.contracts.signing.private_files import keep, private_folder, stem_of
from core.contracts.signing.sm2 import Sm2Key
from core.contracts.signing.sm2_keys import DemoSm2Keys
from core.contracts.signing.trust import LocalKey

FOLDER = "authority"  # of the data directory
_ROOT_NAME = "Qudao Demo CA (not a licensed authority)"
_ROOT_YEARS, _YEARS = 20, 3
_YEAR = timedelta(days=365)
_EARLIER = timedelta(minutes=5)  # clocks of other machines may be behind
_LONGEST = 64  # characters of a name in a certificate


class DemoAuthority:
    """Keys and certificates as PEM files that only their owner may read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sm2 = DemoSm2Keys(folder)

    @cached_property
    def _lock(self) -> BaseFileLock:
        """Made with its folder when a key is first asked for."""
        return FileLock(private_folder(self._folder) / "lock")

    def root(self, now: datetime) -> bytes:
        """The certificate that verifiers have to trust; DER."""
        return self._root(now)[1].public_bytes(serialization.Encoding.DER)

    def kept_root(self) -> bytes | None:
        """The root that lies there, DER; none is made where there is none."""
        kept = self._kept("root")
        return kept[1].public_bytes(serialization.Encoding.DER) if kept is not None else None

    def key_of(self, person: Person, now: datetime) -> LocalKey:
        """The person's key with its certificate; new ones where those there are run out or bear another name."""
        with self._lock:
            root_key, root = self._root(now)
            stem = stem_of(person)
            subject = _name({NameOID.COMMON_NAME: person.name, NameOID.ORGANIZATION_NAME: person.organisation})
            kept = self._kept(stem)
            if kept is None or kept[1].not_valid_after_utc <= now or kept[1].subject != subject:
                key = ec.generate_private_key(ec.SECP256R1())
                kept = key, _certificate(key, subject, root_key, root, now)
                self._keep(stem, *kept)
        return LocalKey(kept[0], [kept[1], root])

    def sm2_key_of(self, person: Person) -> Sm2Key:
        """The person's key for signature files."""
        return self._sm2.key_of(person)

    def known_sm2_keys(self) -> Collection[bytes]:
        """The public keys of everybody who has such a key."""
        return self._sm2.known()

    def _root(self, now: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        with self._lock:
            kept = self._kept("root")
            if kept is None:
                key = ec.generate_private_key(ec.SECP256R1())
                kept = key, _certificate(key, _name({NameOID.COMMON_NAME: _ROOT_NAME}), key, None, now)
                self._keep("root", *kept)
            return kept

    def _kept(self, stem: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate] | None:
        path = self._folder / f"{stem}.pem"
        if not path.exists():
            return None
        data = path.read_bytes()
        key = serialization.load_pem_private_key(data, password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key, x509.load_pem_x509_certificate(data)

    def _keep(self, stem: str, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        keep(self._folder / f"{stem}.pem", private + certificate.public_bytes(serialization.Encoding.PEM))


def _name(parts: Mapping[x509.ObjectIdentifier, str]) -> x509.Name:
    plain = {oid: re.sub(r"[\x00-\x1f\x7f]+", " ", value).strip()[:_LONGEST] for oid, value in parts.items()}
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in plain.items() if value])


def _certificate(
    key: ec.EllipticCurvePrivateKey,
    subject: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    issuer: x509.Certificate | None,
    now: datetime,
) -> x509.Certificate:
    """A root where there is no issuer, else one of a person."""
    is_root = issuer is None
    public, issuing = key.public_key(), issuer_key.public_key()
    ends = now + _YEAR * (_ROOT_YEARS if is_root else _YEARS)
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject if issuer is None else issuer.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(ends if issuer is None else min(ends, issuer.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
