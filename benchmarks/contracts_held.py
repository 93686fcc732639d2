"""How sentences of the bank are judged, by words alone, by a model that has not learnt from them.

python -m benchmarks.contracts_held --synthetic DIR… [--author NAME] [--json]

Held out is the other half of the bank, or one author's sentences.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.contracts_risk import Sample, bank, learn_risk, planted, written_sentences
from benchmarks.figures import Figure, show
from core.contracts.findings import Side
from core.contracts.risk import Risk
from core.language.embedder import E5Embedder

LEARNT, HELD = 0, 1


def judged(folders: Sequence[Path], author: str) -> list[tuple[Sample, Risk]]:
    embedder = E5Embedder()
    learnt, held = (bank(not_by=author), list(bank(by=author))) if author else (bank(LEARNT), list(bank(HELD)))
    model = learn_risk([*planted(folders), *written_sentences(), *learnt], lambda text: embedder.passages([text])[0])
    signals = [each.signals for each in held]
    return list(zip(held, model.judge(signals, model.odds(signals), None), strict=True))


def figures(pairs: Sequence[tuple[Sample, Risk]]) -> Iterator[Figure]:
    for side in Side:
        hard = [
            (sample, set(risk.categories())) for sample, risk in pairs if sample.planted and sample.signals.side is side
        ]
        fair = [set(risk.categories()) for sample, risk in pairs if not sample.planted and sample.signals.side is side]
        values = {
            "hard sentences": float(len(hard)),
            "raised for what they are": sum(bool(sample.planted & names) for sample, names in hard) / len(hard),
            "raised at all": sum(bool(names) for _, names in hard) / len(hard),
            "fair sentences": float(len(fair)),
            "raised though fair": sum(map(bool, fair)) / len(fair),
        }
        for metric, value in values.items():
            yield Figure(dataset=f"bank, {side}", method="qudao", metric=metric, value=round(value, 4))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.contracts_held", description=__doc__)
    parser.add_argument("--synthetic", type=Path, nargs="+", required=True, metavar="DIR", help="contracts learnt from")
    parser.add_argument("--author", default="", metavar="NAME", help="hold this one's sentences out (formal, county …)")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    found = list(figures(judged(given.synthetic, given.author)))
    show(found, as_json=given.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
