import os
import subprocess
import sys
from threading import Thread
from unittest.mock import Mock

import numpy as np
import pytest

from core.language import embedder as module
from core.language.embedder import E5Embedder, Embedder, HashingEmbedder, load_embedder

ODD = ["", " ", "\x00", "\ud800", "返利\x00怎么算", "🙂"]


@pytest.fixture(params=[HashingEmbedder, pytest.param(E5Embedder, marks=pytest.mark.embedder)])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    made: Embedder = request.param()
    return made


def test_vectors_have_unit_length_whatever_the_text(embedder: Embedder) -> None:
    for text in ODD:
        vector = embedder.query(text)
        assert vector.shape == (embedder.dimensions,)
        assert vector.dtype == np.float32
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-3)


def test_an_endless_text_is_cut() -> None:
    embedder = HashingEmbedder()
    assert np.array_equal(embedder.query("返利" * 50_000), embedder.query("返利" * 4_000))


def test_passages_are_rows(embedder: Embedder) -> None:
    assert embedder.passages(["one", "two", "three"]).shape == (3, embedder.dimensions)
    assert embedder.passages([]).shape == (0, embedder.dimensions)


def test_a_passage_is_nearer_to_its_question(embedder: Embedder) -> None:
    about_rebates, about_trucks = embedder.passages(["返利在季度结束后十五天内结算", "货车早上八点到仓库"])
    question = embedder.query("返利什么时候结算")
    assert question @ about_rebates > question @ about_trucks


def test_a_nul_does_not_cut_the_text(embedder: Embedder) -> None:
    assert np.array_equal(embedder.query("返利\x00怎么算"), embedder.query("返利怎么算"))


def test_hashing_is_the_same_in_every_process() -> None:
    code = "from core.language.embedder import HashingEmbedder as H; print(H().query('绿茶 W-550').tobytes().hex())"
    other = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == HashingEmbedder().query("绿茶 W-550").tobytes().hex()


def test_one_question_is_embedded_once() -> None:
    embedder = E5Embedder()
    embedder._model = Mock()
    embedder._model.encode.return_value = np.zeros(384, dtype=np.float32)
    embedder.query("返利 怎么算")
    embedder.query("返利  怎么算\n")
    embedder._model.encode.assert_called_once_with("返利 怎么算", is_query=True)


def test_a_remembered_vector_cannot_be_changed() -> None:
    embedder = E5Embedder()
    embedder._model = Mock()
    embedder._model.encode.return_value = np.zeros(384, dtype=np.float32)
    with pytest.raises(ValueError, match="read-only"):
        embedder.query("x")[0] = 1


@pytest.mark.embedder
def test_threads_get_the_same_vectors() -> None:
    embedder = E5Embedder()
    expected = embedder.passages(["两个线程"])
    found: list[bool] = []
    threads = [
        Thread(target=lambda: found.append(np.array_equal(embedder.passages(["两个线程"]), expected))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 4


@pytest.mark.embedder
def test_loading_leaves_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    E5Embedder().query("x")
    assert os.environ["OMP_NUM_THREADS"] == "3"
    monkeypatch.delenv("OMP_NUM_THREADS")
    E5Embedder().query("x")
    assert "OMP_NUM_THREADS" not in os.environ


def test_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_embedder("none") is None
    assert isinstance(load_embedder("hash"), HashingEmbedder)
    assert isinstance(load_embedder("e5"), E5Embedder)
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    assert isinstance(load_embedder("auto"), HashingEmbedder)
    monkeypatch.setattr(module, "find_spec", lambda _: object())
    assert isinstance(load_embedder("auto"), E5Embedder)
