"""Files become pages, blocks and passages; nothing here knows the database."""

from core.reading.document import Block, Document, Hidden, Kind, Page
from core.reading.errors import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    ScannedFile,
    UnreadableFile,
    UnsupportedFile,
)
from core.reading.passages import Passage, passages
from core.reading.reader import read

__all__ = [
    "Block",
    "BrokenFile",
    "Document",
    "EmptyFile",
    "EncryptedFile",
    "FileTooLarge",
    "Hidden",
    "Kind",
    "Page",
    "Passage",
    "ScannedFile",
    "UnreadableFile",
    "UnsupportedFile",
    "passages",
    "read",
]
