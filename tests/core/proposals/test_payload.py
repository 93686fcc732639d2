"""What goes into JSON comes out as it was."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.proposals.payload import decode, encode

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.uuids()
)
KEYS = st.text() | st.sampled_from(["$decimal", "$date", "$as_is", "$datetime", "$uuid"])
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=10)


@given(VALUES)
def test_every_value_comes_back(value: object) -> None:
    assert decode(json.loads(json.dumps(encode(value)))) == value


def test_an_amount_keeps_its_digits() -> None:
    assert str(decode(encode(Decimal("3200.00")))) == "3200.00"


def test_an_instant_is_no_day() -> None:
    moment = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    assert decode(encode([moment, moment.date()])) == [moment, date(2026, 11, 20)]


def test_what_only_looks_tagged_stays_what_it_is() -> None:
    content = {"$decimal": "not a number", "x": 1}
    assert decode(encode(content)) == content
    assert decode(encode({"$decimal": "7"})) == {"$decimal": "7"}


def test_tuples_and_enums_come_back_plain() -> None:
    class Unit(StrEnum):
        CASE = "case"

    assert decode(encode({"units": (Unit.CASE,)})) == {"units": ["case"]}
    assert type(encode(Unit.CASE)) is str


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(TypeError):
        encode({"id": object()})
    assert decode(encode(uuid4())) is not None
