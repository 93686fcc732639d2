"""Files with keys in them: readable by their owner alone, there whole or not at all."""

import os
from hashlib import sha256
from pathlib import Path

from core.contracts.signing.people import Person


def private_folder(folder: Path) -> Path:
    """Made if it isn't there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep(path: Path, data: bytes) -> None:
    """Written beside, then put in its place."""
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
    beside.replace(path)


def stem_of(person: Person) -> str:
    """A file's name that shows nobody's."""
    return sha256(person.id.encode()).hexdigest()[:24]
