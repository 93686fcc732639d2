import time
from typing import Any

import pytest

from core import plainyaml
from core.contracts import review
from core.contracts.facts import facts_of
from core.contracts.parties import parties_of
from tests.core.contracts import making

CASES: list[dict[str, Any]] = plainyaml.load((making.SAMPLES / "facts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[str(case["text"])[:20] for case in CASES])
def test_a_fact_is_read_from_what_it_stands_beside(case: dict[str, Any]) -> None:
    seen = facts_of(case["text"], parties_of(case["text"])).as_plain()
    expected = {name: value if value is None else str(value) for name, value in case["facts"].items()}
    assert {name: seen.get(name) for name in expected} == expected
    assert expected or not seen


def test_names_and_places_keep_their_own_characters() -> None:
    lines = ["經銷契約", "甲方：臺灣茶業有限公司", "乙方：廣東銷售有限公司", "爭議由臺北地方法院管轄。"]
    facts = review(making.written(lines)).facts
    assert facts.parties["甲方"] == "臺灣茶業有限公司"
    assert facts.forum == "臺北地方法院"


@pytest.mark.parametrize("run", ["9", "九", "1,", "押1,234.00"])
def test_a_page_of_digits_takes_no_longer_than_any_other(run: str) -> None:
    started = time.process_time()
    facts_of(f"甲方支付{run * 40_000}元。", parties_of("甲方：甲地公司\n乙方：乙地公司"))
    assert time.process_time() - started < 10
