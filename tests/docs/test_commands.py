"""What the documents tell people to type exists, and what they point to is there."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import qudao
from core.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCED = re.compile(r"^```[a-z]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^(?: {4}(?! ).*\n)+", re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def _typed(text: str) -> Iterator[str]:
    """Every ``qudao …`` of a page, in blocks or in a sentence; those of compose's ``desk`` service too."""
    for block in [*FENCED.findall(text), *INDENTED.findall(text)]:
        for line in map(str.strip, block.splitlines()):
            if line.startswith("qudao "):
                yield line
            elif " desk " in line and line.startswith("docker compose run"):
                yield "qudao " + line.split(" desk ", 1)[1]
    yield from (words for words in INLINE.findall(FENCED.sub("", text)) if words.startswith("qudao "))


COMMANDS = sorted({(page.name, line) for page in PAGES for line in _typed(page.read_text("utf-8"))})


@pytest.mark.parametrize(("page", "line"), COMMANDS)
def test_a_command_in_the_documents_exists_with_its_options(page: str, line: str) -> None:
    words = shlex.split(line.split("  #", maxsplit=1)[0])[1:]
    command: click.Command = qudao
    context = click.Context(qudao)
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0]) if words else None
        if found is None:
            assert not words or words[0].startswith("-"), f"{page}: no command {words[0]!r}"
            return
        command, words = found, words[1:]
    known = {name for option in command.params for name in option.opts} | {"--help"}
    given = {word.split("=")[0] for word in words if word.startswith("--")}
    assert not given - known, f"{page}: {line}"


@pytest.mark.parametrize(("page", "line"), COMMANDS)
def test_a_document_in_a_command_is_there(page: str, line: str) -> None:
    missing = [word for word in shlex.split(line) if word.endswith(".pdf") and not (ROOT / word).is_file()]
    assert not missing, f"{page}: {line}"


def test_there_are_commands_to_look_at() -> None:
    assert {line.split()[1] for _, line in COMMANDS} >= {"ask", "chat", "demo", "doctor", "eval", "ingest", "init"}


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_in_the_table(field: str) -> None:
    assert f"| `QUDAO_{field.upper()}` |" in (ROOT / "docs" / "install.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert not broken


def test_make_targets_named_in_the_readme_exist() -> None:
    named = set(re.findall(r"make (\w+) +#", (ROOT / "README.md").read_text("utf-8")))
    made = set(re.findall(r"^(\w+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert named
    assert named <= made
