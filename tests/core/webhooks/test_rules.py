"""What may be subscribed to, called and how it is signed."""

import base64
import hashlib
import hmac
from datetime import timedelta

import pytest

from core.errors import BadInput
from core.webhooks import addresses, rules


@pytest.mark.parametrize("kinds", [["order.placed"], ["order.*", "invoice.issued"], ["*"]])
def test_kinds_of_trade_can_be_subscribed_to(kinds: list[str]) -> None:
    assert rules.check_kinds(kinds) == sorted(kinds)


@pytest.mark.parametrize("kind", ["person.invited", "identity.bound", "key.made", "person.*", "nonsense", ""])
def test_events_of_people_and_keys_go_to_nobody(kind: str) -> None:
    with pytest.raises(BadInput):
        rules.check_kinds(["order.*", kind])


def test_what_people_wrote_by_hand_stays_inside() -> None:
    after = {"state": "cancelled", "reason": "王丽说不要了", "remark": "打13800000000", "ship_to": "S1"}
    assert rules.told("order.cancelled", after) == {"state": "cancelled", "ship_to": "S1"}


@pytest.mark.parametrize(
    "url", ["https://erp.example/hook?a=1", "http://127.0.0.1:9000/x", "http://localhost/", "http://[::1]:1/"]
)
def test_https_and_this_machine_may_be_called(url: str) -> None:
    assert addresses.check_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "http://erp.example/", "ftp://erp.example/", "https://", "https://user:pw@erp.example/", "https://a/#b", "//a",
        "http://127.0.0.1.evil.example/", "https://erp.example:99999/", "file:///etc/passwd", "", "https://a:0/",
        "http://10.0.0.1/",
    ],
)  # fmt: skip
def test_nothing_else_may(url: str) -> None:
    with pytest.raises(BadInput):
        addresses.check_url(url)


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "127.0.0.1", "::1", "fe80::1%eth0",
        "fd00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "0.0.0.0", "::", "224.0.0.1", "2002:0a00:0001::1",
    ],
)  # fmt: skip
def test_addresses_of_a_private_network_are_not_called(address: str) -> None:
    assert not addresses.may_be_called(address, private=False, this_machine=False)


def test_a_setting_allows_the_own_network_and_a_url_this_machine() -> None:
    assert addresses.may_be_called("10.0.0.1", private=True, this_machine=False)
    assert addresses.may_be_called("127.0.0.1", private=False, this_machine=True)
    assert not addresses.may_be_called("10.0.0.1", private=False, this_machine=True)
    assert not addresses.may_be_called("0.0.0.0", private=True, this_machine=True)
    assert addresses.may_be_called("203.0.114.7", private=False, this_machine=False)


def test_the_signature_is_the_hmac_of_id_time_and_body() -> None:
    key = b"0123456789abcdef0123456789abcdef"
    secret = "whsec_" + base64.b64encode(key).decode()
    expected = hmac.new(key, b'msg_1.1763596800.{"a":1}', hashlib.sha256).digest()
    assert rules.sign(secret, "msg_1", 1763596800, b'{"a":1}') == "v1," + base64.b64encode(expected).decode()
    assert rules.sign(secret, "msg_1", 1763596801, b'{"a":1}') != rules.sign(secret, "msg_1", 1763596800, b'{"a":1}')


def test_waiting_doubles_up_to_six_hours_and_ends() -> None:
    waits = [rules.wait_after(attempts) for attempts in range(1, rules.MAX_ATTEMPTS + 1)]
    assert waits[:3] == [timedelta(seconds=10), timedelta(seconds=20), timedelta(seconds=40)]
    assert waits[-1] is None
    given = [wait for wait in waits if wait is not None]
    assert given == sorted(given)
    assert max(given) <= timedelta(hours=6)
    assert sum(given, timedelta()) > timedelta(hours=5)
