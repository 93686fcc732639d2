"""Contracts of our own, written for these tests, as files."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import docx

from benchmarks.contracts_synthetic import as_pdf, paragraphs
from core import plainyaml

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = plainyaml.load((SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def pdf(name: str, *more: str) -> bytes:
    """The sample printed, with more clauses at its end."""
    contract = dict(sample(name))
    contract["clauses"] = [*contract["clauses"], *({"number": "", "text": text} for text in more)]
    return as_pdf(contract)


def word(name: str, *more: str) -> bytes:
    """The sample as Word writes it."""
    return written([str(sample(name)["title"]), *paragraphs(sample(name)), *more])


def written(lines: list[str]) -> bytes:
    """A Word file of these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()
