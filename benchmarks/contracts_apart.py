"""Contracts reviewed by a model that has learnt from all other authors, but not from theirs.

python -m benchmarks.contracts_apart FOLDER… [--details] [--json]

An author is what the contracts' ids begin with, up to the dash.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from unittest.mock import patch

from benchmarks.contracts_risk import Sample, bank, learn_risk, planted, written_sentences
from benchmarks.contracts_synthetic import Score, figures, measure
from benchmarks.figures import Figure, show
from core.language.embedder import E5Embedder


def author_of(contract: str) -> str:
    return contract.partition("-")[0]


def files_by_author(folders: Sequence[Path]) -> dict[str, list[Path]]:
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for file in sorted(file for folder in folders for file in folder.glob("*.yaml")):
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        found[author_of(first.removeprefix("id:").strip())].append(file)
    return found


def apart(folders: Sequence[Path]) -> Iterator[tuple[str, Score]]:
    embedder = E5Embedder()
    meaning = cache(lambda text: embedder.passages([text])[0])
    samples: list[Sample] = [*planted(folders), *written_sentences(), *bank()]
    for author, files in files_by_author(folders).items():
        others = [each for each in samples if not each.in_contract or author_of(each.contract) != author]
        model = learn_risk(others, meaning)
        with patch("core.contracts.learnt.risk_model", lambda model=model: model):
            yield author, measure(files)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.contracts_apart", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="with YAML files of contracts")
    parser.add_argument("--details", action="store_true", help="each thing that was missed or wrongly found")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    found: list[Figure] = []
    for author, score in apart(given.folders):
        found += figures(f"without {author}", score)
        if given.details:
            print("\n".join(score.details), file=sys.stderr)
    show(found, as_json=given.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
