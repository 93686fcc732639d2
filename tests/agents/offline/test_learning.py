"""Candidates that say the same come together; a model with what was learnt is compared before it counts."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from agents.offline.intents import IntentClassifier
from agents.offline.model.clustering import Said, clusters
from agents.offline.model.examples import Intent, content_hash, hints
from agents.offline.model.learnt import ADOPTED, add_examples, read_examples, weights_file, weights_of, with_learnt
from agents.offline.model.remembering import remembering
from agents.offline.model.retraining import Report, labelled, report_file, retrain
from core.language.embedder import HashingEmbedder, Vector, load_embedder
from core.language.normalise import fold

PRICE = tuple(f"{name}多少钱一{unit}" for name in ("水", "绿茶", "可乐", "橙汁") for unit in ("箱", "件", "瓶"))
ORDER = tuple(f"来{number}箱{name}" for name in ("水", "绿茶", "可乐", "橙汁") for number in (5, 10, 20))
WHERE = tuple(f"{which}到哪{end}" for which in ("上一单", "昨天那单", "这单", "货") for end in ("了", "了呀", "里了"))
INTENTS = (
    Intent("quote", "quote", PRICE),
    Intent("propose_order", "propose_order", ORDER),
    Intent("order_status", "order_status", WHERE),
)
NEW = {"quote": ("水啥价", "绿茶啥价位", "可乐啥价呀"), "gone": ("不在了",)}


class TestClusters:
    def test_the_same_in_other_words_is_together_and_the_largest_is_first(self) -> None:
        said = [
            Said(1, "发票抬头怎么改", "unsure", (("show_account", 0.3),)),
            Said(2, "发票抬头在哪改", "unsure", (("show_account", 0.5),)),
            Said(3, "冰柜坏了找谁", "disliked"),
            Said(4, "发票的抬头怎么改", "corrected"),
        ]
        first, second = clusters(said, None)
        assert [one.id for one in first.members] == [1, 2, 4]
        assert first.kinds == {"unsure": 2, "corrected": 1}
        assert first.likeliest == (("show_account", 0.27),)
        assert second.texts == ("冰柜坏了找谁",)

    def test_a_clusters_name_stays(self) -> None:
        one, two = Said(1, "冰柜坏了找谁", "unsure"), Said(2, "冰柜坏了该找谁", "unsure")
        assert clusters([one], None)[0].name == clusters([one, two], None)[0].name

    def test_nothing_gives_nothing(self) -> None:
        assert clusters([], None) == []


class TestExamples:
    def test_an_accepted_example_is_kept_once_whatever_its_letters(self, tmp_path: Path) -> None:
        file = tmp_path / "learnt" / "accepted.yaml"
        assert add_examples(file, "quote", ["What's the damage?", "啥价"]) == 2
        assert add_examples(file, "propose_order", ["WHAT'S THE DAMAGE?", " 啥价 ", "整10箱"]) == 1
        assert read_examples(file) == {"propose_order": ("整10箱",), "quote": ("What's the damage?", "啥价")}

    def test_learnt_examples_stand_behind_the_shipped_ones(self) -> None:
        learnt = with_learnt(INTENTS, {**NEW, "quote": (*NEW["quote"], PRICE[0])})
        assert learnt[0].examples == (*PRICE, *NEW["quote"])
        assert learnt[1:] == INTENTS[1:]
        assert content_hash(learnt) != content_hash(INTENTS)


class TestRetraining:
    def test_the_difference_is_told_and_the_weights_lie_by_their_hash(self, tmp_path: Path) -> None:
        told: list[str] = []
        embedder = load_embedder("hash")
        assert embedder is not None
        learnt = with_learnt(INTENTS, NEW)
        report = retrain(INTENTS, learnt, embedder, tmp_path, told.append)
        assert (report.examples, report.added) == (39, 3)
        assert 0 <= report.before <= 1
        assert report.added_after >= report.added_before
        assert all(flip.before != flip.after for flip in report.flips)
        assert Report.load(report_file(tmp_path, report.trained_on)) == report
        assert any("39 examples, 3 of them new" in line for line in told)
        kept = weights_of(learnt, embedder, tmp_path)
        assert kept is not None
        assert kept.trained_on == content_hash(learnt)
        model = IntentClassifier(embedder=embedder, weights=kept, hints=hints(learnt))
        assert model.predict(["可乐啥价呀"])[0].label == "quote"
        assert not (tmp_path / ADOPTED).exists()

    def test_what_is_in_use_is_trained_once_for_all_comparisons(self, tmp_path: Path) -> None:
        embedder = load_embedder("hash")
        retrain(INTENTS, with_learnt(INTENTS, {"quote": NEW["quote"][:1]}), embedder, tmp_path, lambda _: None)
        parts = {file: file.stat().st_mtime_ns for file in tmp_path.glob("part-*.npz")}
        assert len(parts) == 3
        retrain(INTENTS, with_learnt(INTENTS, NEW), embedder, tmp_path, lambda _: None)
        assert {file: file.stat().st_mtime_ns for file in tmp_path.glob("part-*.npz")} == parts

    def test_other_examples_find_no_weights(self, tmp_path: Path) -> None:
        assert weights_of(INTENTS, None, tmp_path) is None

    def test_what_was_embedded_before_an_interruption_is_kept(self, tmp_path: Path) -> None:
        class Stopped(HashingEmbedder):
            left = 3

            def query(self, text: str) -> Vector:
                self.left -= 1
                if self.left < 0:
                    raise KeyboardInterrupt
                return super().query(text)

        examples = labelled(INTENTS)
        with pytest.raises(KeyboardInterrupt):
            remembering(Stopped(), None, examples, examples, tmp_path, lambda _: None)
        told: list[str] = []
        remembering(HashingEmbedder(), None, examples, examples, tmp_path, told.append)
        left = len({fold(text) for text, _ in examples}) - 3
        assert told == [f"Embedding: {left} of {left}"]

    def test_vectors_come_back_from_weights(self, tmp_path: Path) -> None:
        embedder = load_embedder("hash")
        assert embedder is not None
        examples = labelled(INTENTS)
        model = IntentClassifier(embedder=embedder).fit(*zip(*examples, strict=True))
        assert model.weights is not None
        file = weights_file(tmp_path, "x", embedder.name)
        replace(model.weights, trained_on="x").save(file)
        told: list[str] = []
        shared = remembering(embedder, type(model.weights).load(file), examples, examples, tmp_path, told.append)
        assert shared is not None
        assert told == []
        for text, _ in examples:
            assert float(np.dot(shared.query(text), embedder.query(text))) > 0.99
