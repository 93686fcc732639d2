import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from core.contracts.signing.people import Person
from core.contracts.signing.sm2 import BadSignatureFile, Sm2Key, is_signed, sign_detached, sm3, verify_detached
from core.contracts.signing.sm2_keys import DemoSm2Keys
from tests.core.contracts import making

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)

# GB/T 32918.5, annex A.2: the key pair, the random number, the message "message digest", and its signature.
SECRET = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
X = 0x09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020
Y = 0xCCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13
RANDOM = 0x59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21
R = 0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3
S = 0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA


@pytest.fixture(scope="module")
def key() -> Sm2Key:
    return Sm2Key.new()


@pytest.fixture(scope="module")
def file() -> bytes:
    return making.word("hard")


@pytest.fixture(scope="module")
def signature(key: Sm2Key, file: bytes) -> bytes:
    return sign_detached(file, key, signer="张伟", organisation="云岭山泉", at=NOW, reason="同意", name="合同.docx")


def test_signatures_are_those_of_the_standard() -> None:
    standard = Sm2Key(SECRET, lambda _bits: RANDOM)
    assert standard.public_key() == b"\x04" + X.to_bytes(32) + Y.to_bytes(32)
    signed = standard.sign(b"message digest")
    assert decode_dss_signature(signed) == (R, S)
    assert is_signed(b"message digest", signed, standard.public_key())


def test_digests_are_those_of_the_standard() -> None:
    """GB/T 32905, annex A."""
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abcd" * 16) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_a_word_file_is_signed_beside_it(key: Sm2Key, file: bytes, signature: bytes) -> None:
    found = verify_detached(file, signature, [key.public_key()], name="合同.docx")
    assert found.holds
    assert (found.signer, found.organisation, found.reason, found.signed_at) == ("张伟", "云岭山泉", "同意", NOW)


def test_another_file_or_another_statement_fails(key: Sm2Key, file: bytes, signature: bytes) -> None:
    known = [key.public_key()]
    assert not verify_detached(file + b" ", signature, known, name="x").intact
    assert not verify_detached(file, signature.replace("张伟".encode(), "李雷".encode()), known, name="x").intact
    whole = json.loads(signature)
    whole["signature"] = Sm2Key.new().sign(whole["statement"].encode()).hex()
    assert not verify_detached(file, json.dumps(whole).encode(), known, name="x").intact


def test_an_unknown_key_is_not_trusted(key: Sm2Key, file: bytes, signature: bytes) -> None:
    found = verify_detached(file, signature, [], name="x")
    assert found.intact
    assert not found.trusted
    assert not found.holds
    assert found.public_key == key.public_key()


@pytest.mark.parametrize(
    "changed", [b"", b"{}", b"[1]", b"\xff", b'{"form": "sm2-sm3", "statement": "{}", "signature": ""}']
)
def test_what_is_no_signature_file_says_so(changed: bytes) -> None:
    with pytest.raises(BadSignatureFile):
        verify_detached(b"x", changed, [], name="x")


@pytest.mark.parametrize("point", [b"", b"\x04" + bytes(64), b"\x04" + b"\x01" * 64, b"\x02" + bytes(32)])
def test_a_point_off_the_curve_signs_nothing(point: bytes, key: Sm2Key) -> None:
    assert not is_signed(b"x", key.sign(b"x"), point)


def test_a_signature_of_zeros_signs_nothing(key: Sm2Key) -> None:
    assert not is_signed(b"x", bytes.fromhex("3006020100020100"), key.public_key())
    assert not is_signed(b"x", b"", key.public_key())


def test_a_person_keeps_a_key_that_is_known(tmp_path: Path) -> None:
    keys = DemoSm2Keys(tmp_path / "sm2")
    mine = keys.key_of(Person("p-1", "张伟"))
    assert DemoSm2Keys(tmp_path / "sm2").key_of(Person("p-1", "张伟")).public_key() == mine.public_key()
    other = keys.key_of(Person("p-2", "李雷"))
    assert keys.known() == {mine.public_key(), other.public_key()}
    assert {stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "sm2").glob("*.sm2")} == {0o600}
