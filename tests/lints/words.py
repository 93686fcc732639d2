"""What is committed is about the trade and true on every machine, not only on the one it was written on."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.lints.source import Finding

OWN_FILES = ("tests/lints/words.py", "tests/lints/test_words.py")
MADE_IN_ROOT = frozenset({"build", "data", "dist", "htmlcov"})
MADE_ANYWHERE = frozenset({"node_modules", "__pycache__"})
OUR_HIDDEN_FOLDERS = frozenset({".ci", ".github"})
LARGEST = 1_000_000
UNWANTED = re.compile(
    r"(?<![\w.}])/(?:root|work|Users/\w+|home/(?!qudao)\w+|opt/(?:pypi|wheels))/"
    r"|--?(?:extra-)?index-url|--?find-links|trusted-host"
    r"|\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|deb\.debian\.org)\b"
    r"|\b(?:this|our|the) (?:workplace|sandbox|coding session)\b"
    r"|\bthe CEO\b|\bsub-?agents?\b|\bas an AI\b|\bco-authored-by\b|(?<!\w)\.\./shared/",
    re.IGNORECASE,
)


def unwanted_words(path: str, text: str) -> Iterator[Finding]:
    """Each line that speaks of one machine or of how the text was made."""
    if path in OWN_FILES:
        return
    for number, line in enumerate(text.splitlines(), 1):
        if found := UNWANTED.search(line):
            yield Finding(path, number, "words", f"{found.group()!r} has no place in the project")


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Every text file of the project with its path; what can't be read as text is no text."""
    for file in _files(root, MADE_IN_ROOT | MADE_ANYWHERE):
        try:
            yield file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def _files(folder: Path, skipped: frozenset[str] = MADE_ANYWHERE) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            hidden = entry.name.startswith(".") and entry.name not in OUR_HIDDEN_FOLDERS
            if not hidden and entry.name not in skipped and not entry.name.endswith(".egg-info"):
                yield from _files(entry)
        elif entry.stat().st_size <= LARGEST and not entry.name.startswith(".coverage") and entry.name != ".env":
            yield entry
