"""``python -m tests.catalogues [check | keys | new LOCALE]``: what every language must say."""

import sys
from pathlib import Path

from babel import UnknownLocaleError

from core.words import LOCALES
from tests.catalogues.checks import FOLDER, findings, read
from tests.catalogues.keys import used
from tests.catalogues.skeletons import begin, written

ROOT = Path(__file__).parents[2]
USAGE = """\
check         what is missing, left over, or has other parameters; 1 where anything is (without an argument, too)
keys          every key that the code asks for, with its places
new LOCALE    begin a language such as ja or pt_BR, or add what one lacks"""


def check() -> int:
    """Print how far each language is, and what is wrong."""
    english = read(ROOT, "en")
    for folder in sorted(path for path in (ROOT / FOLDER).iterdir() if path.is_dir()):
        offered = "" if folder.name in LOCALES.values() else "  (not offered: core/words.py)"
        print(f"{folder.name:<8}{written(read(ROOT, folder.name), english)}{offered}")
    found = sorted(findings(ROOT))
    for finding in found:
        print(finding)
    return 1 if found else 0


def keys() -> int:
    """Print what is asked for."""
    places: dict[str, list[str]] = {}
    for use in used(ROOT).uses:
        places.setdefault(use.key, []).append(f"{use.path}:{use.line}")
    for key in sorted(places):
        print(key, *sorted(set(places[key])))
    return 0


def new(locale: str) -> int:
    """Begin a language."""
    try:
        files = list(begin(ROOT, locale))
    except (ValueError, UnknownLocaleError) as error:
        print(error, file=sys.stderr)
        return 2
    for file in files:
        print(file.relative_to(ROOT))
    if not files:
        print("Nothing is missing.")
    return 0


def main(arguments: list[str]) -> int:
    """Do what is asked; 2 for wrong usage."""
    match arguments:
        case [] | ["check"]:
            return check()
        case ["keys"]:
            return keys()
        case ["new", locale]:
            return new(locale)
    print(USAGE, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
