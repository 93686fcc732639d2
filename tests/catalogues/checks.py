"""Every language says everything, with the same parameters, and nothing that nobody asks for."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.pofile import PoFileError, read_po

from core.words import LOCALES
from tests.catalogues.keys import Used, used
from tests.lints.source import Finding

FOLDER = Path("prompts") / "locale"
RULE = "catalogue"
MSGID = re.compile(r'^msgid "(.+)"$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a catalogue says for a key, and where."""

    text: str
    path: str
    line: int

    @property
    def parameters(self) -> frozenset[str]:
        """Names in braces; ValueError where a brace is left open."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.text) if name is not None)


Catalogue = Mapping[str, Entry]


def findings(root: Path) -> Iterator[Finding]:
    """All that is wrong with the catalogues under ``root``."""
    asked = used(root)
    catalogues: dict[str, Catalogue] = {}
    for locale in LOCALES.values():
        for file in sorted((root / FOLDER / locale).glob("*.po")):
            yield from _unreadable(file, root)
        catalogues[locale] = read(root, locale)
    for locale, catalogue in catalogues.items():
        yield from missing(locale, catalogue, catalogues, asked)
        yield from other_parameters(catalogue, catalogues["en"], asked)
    yield from unused(catalogues["en"], asked)


def read(root: Path, locale: str) -> dict[str, Entry]:
    """A language's entries that say something."""
    found: dict[str, Entry] = {}
    for file in sorted((root / FOLDER / locale).glob("*.po")):
        path = file.relative_to(root).as_posix()
        for message in read_po(io.BytesIO(file.read_bytes())):
            if message.id and message.string:
                found[str(message.id)] = Entry(str(message.string), path, message.lineno or 1)
    return found


def missing(locale: str, catalogue: Catalogue, all_of_them: Mapping[str, Catalogue], asked: Used) -> Iterator[Finding]:
    """Keys that another language or the code has, and this language hasn't."""
    places = {key: entry.path for other in all_of_them.values() for key, entry in other.items()}
    places |= {use.key: f"{use.path}:{use.line}" for use in asked.uses}
    for key, place in sorted(places.items()):
        if key not in catalogue:
            yield Finding((FOLDER / locale).as_posix(), 1, RULE, f"{key} is missing ({place})")


def other_parameters(catalogue: Catalogue, english: Catalogue, asked: Used) -> Iterator[Finding]:
    """Parameters that differ from the English ones, or that a call doesn't give."""
    handed = [use for use in asked.uses if use.given is not None]
    for key, entry in catalogue.items():
        try:
            here = entry.parameters
            wanted = english[key].parameters if key in english else here
        except ValueError as error:
            yield Finding(entry.path, entry.line, RULE, f"{key}: {error}")
            continue
        if here != wanted and not key.endswith(".one"):  # "1 case" may leave its number out
            yield Finding(entry.path, entry.line, RULE, f"{key} has {_braced(here)}, the English {_braced(wanted)}")
        for use in handed:
            if use.key == key and use.given is not None and not here <= use.given:
                lacking = _braced(here - use.given)
                yield Finding(use.path, use.line, RULE, f"{key} is not given {lacking}, which {entry.path} uses")


def unused(catalogue: Catalogue, asked: Used) -> Iterator[Finding]:
    """Entries that no code asks for."""
    for key, entry in catalogue.items():
        if not asked.holds(key):
            yield Finding(entry.path, entry.line, RULE, f"{key} is asked for nowhere")


def _unreadable(file: Path, root: Path) -> Iterator[Finding]:
    path, text = file.relative_to(root).as_posix(), file.read_text("utf-8")
    for key, times in Counter(MSGID.findall(text)).items():
        if times > 1:
            yield Finding(path, 1, RULE, f"{key} stands {times} times")
    try:
        read_po(io.StringIO(text), abort_invalid=True)
    except PoFileError as error:
        yield Finding(path, 1, RULE, str(error))


def _braced(names: frozenset[str]) -> str:
    return " ".join(f"{{{name}}}" for name in sorted(names)) or "none"
