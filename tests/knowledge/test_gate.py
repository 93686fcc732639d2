import pytest

from knowledge.gate import Signals, Verdict, likelihood, signals, verdict

DENSE = {1: 0.91, 2: 0.86, 3: 0.85, 4: 0.85, 5: 0.84, 6: 0.84, 7: 0.83}


def test_an_answer_of_the_kind_asked_for_is_surer() -> None:
    with_time = signals("多久兑付", "25 个工作日内兑付", 0.5, 1, DENSE)
    without = signals("多久兑付", "返利以货补兑付", 0.5, 1, DENSE)
    assert likelihood(with_time) > likelihood(without)


@pytest.mark.parametrize("name", ["share", "held", "cosine", "gap"])
def test_each_signal_speaks_for_the_answer(name: str) -> None:
    low = {"share": 0.3, "held": 0.0, "cosine": 0.86, "gap": 0.01}
    assert likelihood(Signals(**(low | {name: low[name] + 0.1}))) > likelihood(Signals(**low))


def test_nothing_in_common_is_no_answer() -> None:
    assert verdict(Signals(0.05, 0.0, 0.80, 0.0), 0.0) is Verdict.NONE


def test_without_an_embedder_the_general_model_decides() -> None:
    seen = signals("多久兑付", "25 个工作日内兑付", 0.1, 1, None)
    assert [verdict(seen, general) for general in (0.9, 0.3, 0.01)] == [Verdict.SURE, Verdict.NEAR, Verdict.NONE]


def test_few_passages_are_compared_with_the_last() -> None:
    assert signals("多久", "3 天", 0.5, 1, {1: 0.9, 2: 0.8}).gap == pytest.approx(0.1)
