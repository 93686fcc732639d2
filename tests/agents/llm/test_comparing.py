"""What a model's call leaves out of the person's words."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

import pytest

from agents.llm.comparing import about, guesses
from agents.offline.arguments.formats import MONTHS_AHEAD
from agents.offline.arguments.slots import Schema
from agents.offline.plans import Plan
from agents.turns import Heard
from core.checks.reading import Reader

SALES = Schema("sales_summary", {"dealer": {"type": "string"}, "period": {"type": "string"}}, ())
AHEAD = Schema("forecast_demand", {"period": {"type": "string", "format": MONTHS_AHEAD}}, ())


def named(text: str) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
    if "jinghuaquan" in text:
        yield "dealer", ("D047",), 0, 0


@pytest.fixture
def reader() -> Reader:
    return Reader(cast(Any, None), named, date(2026, 11, 20))


def filled(said: str, reader: Reader, schema: Schema | None, **args: str) -> dict[str, Any]:
    return dict(about({"name": "tool", "args": args}, said, reader, schema)["args"])


def test_a_call_is_about_the_dealer_and_the_time_that_were_named(reader: Reader) -> None:
    said = "how much did Jinghuaquan order in October?"
    assert filled(said, reader, SALES) == {"dealer": "D047", "period": "2026-10"}


def test_what_the_model_says_itself_stays(reader: Reader) -> None:
    said = "how much did Jinghuaquan order in October?"
    assert filled(said, reader, SALES, period="2025-10", dealer="D001") == {"dealer": "D001", "period": "2025-10"}


@pytest.mark.parametrize(("said", "schema"), [("十月呢", AHEAD), ("明天能到吗", SALES), ("十月呢", None)])
def test_no_time_is_put_where_none_was_meant(said: str, schema: Schema | None, reader: Reader) -> None:
    assert filled(said, reader, schema) == {}


@pytest.mark.parametrize(
    ("args", "doubt", "guessed"), [({}, "unsure", True), ({"query": "茶"}, "unsure", False), ({}, "", False)]
)
def test_listing_every_product_is_a_guess_where_nothing_was_understood(
    args: dict[str, str], doubt: str, guessed: bool
) -> None:
    calls = [{"name": "find_products", "args": args}]
    assert guesses(calls, Plan((), heard=Heard((), doubt))) is guessed
