"""Why a file can't be read, in words that its sender can act on.

UnreadableFile (core.errors.BadInput)
├── BrokenFile          damaged, or not what its name says
├── EncryptedFile       needs a password
├── EmptyFile           nothing in it
├── ScannedFile         pictures of pages, no text
├── UnsupportedFile     a kind that isn't read; ``supported`` names those that are
└── FileTooLarge        too many bytes or pages; ``limit`` and ``unit`` (megabytes, pages)

Each carries ``name``, the file's name.
"""

from core.errors import BadInput


class UnreadableFile(BadInput):
    """No text can be taken from the file."""

    key = "reading.unreadable"


class BrokenFile(UnreadableFile):
    """Damaged, or not what its name says."""

    key = "reading.broken"


class EncryptedFile(UnreadableFile):
    """Opens only with a password."""

    key = "reading.encrypted"


class EmptyFile(UnreadableFile):
    """Nothing in it to read."""

    key = "reading.empty"


class ScannedFile(UnreadableFile):
    """Pictures of pages without any text."""

    key = "reading.scanned"


class UnsupportedFile(UnreadableFile):
    """A kind of file that isn't read."""

    key = "reading.unsupported"


class FileTooLarge(UnreadableFile):
    """More than is read at once, packed or unpacked."""

    key = "reading.too_large"

    def __init__(self, *, name: str, limit: int, unit: str) -> None:
        super().__init__(f"{self.key}.{unit}", name=name, limit=limit, unit=unit)
