"""The text lint finds what belongs to one machine, and leaves the trade's own words alone."""

from pathlib import Path

import pytest

from tests.lints.words import texts, unwanted_words


@pytest.mark.parametrize(
    "line",
    [
        "see /root/notes.txt",
        "open('/work/main/core')",
        "cd /Users/someone/qudao",
        "cd /home/someone/qudao",
        "pip install --index-url https://example.org/simple",
        "https://pypi.org/simple",
        "there is no GPU in this sandbox",
        "as the CEO said",
        "Co-Authored-By: someone",
        "see ../shared/notes.md",
    ],
)
def test_words_of_one_machine_are_found(line: str) -> None:
    assert list(unwanted_words("docs/notes.md", line))


@pytest.mark.parametrize(
    "line",
    [
        "PATH=/home/qudao/.local/bin",
        "COPY . /opt/qudao",
        "a session of the database, an agent's tool, a dealer's root cause",
        "https://example.org/work/main/",
        "shared/price lists",
    ],
)
def test_the_trades_words_pass(line: str) -> None:
    assert list(unwanted_words("docs/notes.md", line)) == []


def test_only_the_projects_own_text_is_read(tmp_path: Path) -> None:
    for folder in ("docs", "core/data", ".ci", ".venv", "data"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.md").write_text("words", encoding="utf-8")
    (tmp_path / "c.png").write_bytes(b"\x89PNG\xff")
    assert [path for path, _ in texts(tmp_path)] == [".ci/a.md", "core/data/a.md", "docs/a.md"]
