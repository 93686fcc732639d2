"""The examples of docs/api.md do what they say."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from core.keys.scopes import Scope
from core.webhooks import rules

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
JSON = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


@pytest.fixture
def is_ours() -> Any:
    names: dict[str, Any] = {}
    (code,) = [code for code in PYTHON.findall(PAGE) if "def is_ours" in code]
    exec(compile(code, "docs/api.md", "exec"), names)
    return names["is_ours"]


def signed(body: bytes, sent_at: int) -> dict[str, str]:
    signature = rules.sign(SECRET, "one", sent_at, body)
    return {"webhook-id": "one", "webhook-timestamp": str(sent_at), "webhook-signature": signature}


def test_the_receivers_check_knows_our_signature(is_ours: Any) -> None:
    now = int(time.time())
    assert is_ours(signed(b"{}", now), b"{}", SECRET)
    assert not is_ours(signed(b"{}", now), b"[]", SECRET)
    assert not is_ours(signed(b"{}", now), b"{}", SECRET[:-4] + "AAA=")
    assert not is_ours(signed(b"{}", now - 301), b"{}", SECRET)


def test_examples_can_be_read() -> None:
    assert len(PYTHON.findall(PAGE)) == 3
    for example in JSON.findall(PAGE):
        json.loads(example)


@pytest.mark.parametrize("scope", list(Scope))
def test_every_scope_is_in_the_table(scope: Scope) -> None:
    assert re.search(rf"^\|.*`{scope}`", PAGE, re.MULTILINE)


@pytest.mark.parametrize("domain", rules.TOLD)
def test_every_kind_of_event_is_named(domain: str) -> None:
    assert f"`{domain}." in PAGE
