"""The files of a new language: every entry with the English words above it, to be written."""

from collections.abc import Iterator
from pathlib import Path

from babel import Locale

from tests.catalogues.checks import FOLDER, Catalogue, read

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'


def begin(root: Path, locale: str) -> Iterator[Path]:
    """Write what the language lacks, file by file as the English catalogue has it; what is there stays as it is.

    An entry without words is answered in English until somebody writes them. UnknownLocaleError for no language.
    """
    folder = root / FOLDER / str(Locale.parse(locale))
    folder.mkdir(exist_ok=True)
    there = read(root, folder.name)
    by_file: dict[str, dict[str, str]] = {}
    for key, entry in read(root, "en").items():
        if key not in there:
            by_file.setdefault(Path(entry.path).name, {})[key] = entry.text
    for name, lacking in by_file.items():
        file = folder / name
        text = file.read_text("utf-8") if file.exists() else HEADER
        new = [_entry(key, english) for key, english in lacking.items() if f'msgid "{key}"' not in text]
        file.write_text("\n".join([text, *new]), "utf-8")
        if new:
            yield file


def _entry(key: str, english: str) -> str:
    """A key with nothing said yet."""
    shown = "".join(f"#. {line}\n" for line in english.split("\n"))
    return f'{shown}msgid "{key}"\nmsgstr ""\n'


def written(catalogue: Catalogue, english: Catalogue) -> str:
    """How far a language is: ``512 of 543``."""
    return f"{len(catalogue.keys() & english.keys())} of {len(english)}"
