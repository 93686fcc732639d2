"""How models are learnt."""

import numpy as np
import pytest

from benchmarks.contracts_fitting import learn_kernel
from core.contracts.scoring import near


@pytest.fixture
def rings() -> tuple[
    np.ndarray[tuple[int, ...], np.dtype[np.float32]], np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
]:
    """Vectors about a centre, near it and farther: no straight line parts them."""
    random = np.random.default_rng(3)
    directions = random.normal(size=(400, 12))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    inner = np.arange(400) % 2 == 0
    vectors = directions * np.where(inner, 0.4, 1.6)[:, None] + 5
    return vectors.astype(np.float32), np.column_stack([inner, ~inner])


@pytest.mark.parametrize("seen", [60, 1_000])
def test_a_kernel_tells_apart_what_no_straight_line_does(seen: int, rings: tuple[np.ndarray, np.ndarray]) -> None:
    vectors, labels = rings
    model = learn_kernel(vectors[:300], labels[:300], seen)
    assert len(model.seen) == min(seen, 300)
    found = model.scores(vectors[300:])
    assert found.shape == (100, 2)
    assert (found.argmax(axis=1) == labels[300:].argmax(axis=1)).mean() > 0.9


def test_few_of_the_first_label_are_all_held_against() -> None:
    vectors = np.eye(30, dtype=np.float32)
    labels = np.zeros((30, 1), dtype=bool)
    labels[:3] = True
    model = learn_kernel(vectors, labels, 10)
    moved = model.moved(vectors[:3], model.centre, model.size)
    assert len(model.seen) == 10
    assert np.allclose(near(moved, model.seen).max(axis=1), 1, atol=1e-5)


def test_nearness_is_one_where_a_vector_was_seen_and_fades() -> None:
    seen = np.array([[0, 0], [3, 0]], np.float32)
    found = near(np.array([[0, 0], [1, 0]], np.float32), seen)
    assert found[0, 0] == pytest.approx(1)
    assert 1 > found[1, 0] > found[1, 1] > 0
