"""The demo brand's documents: which there are, and how their files are made from the sources in this folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from core.actor import Role

SOURCES = Path(__file__).parent
_STAMP = ".documents.sha256"
_FONTS = "pylopdf-fonts-zh-cn"
_PRICED = (Role.OWNER, Role.BUYER, Role.REP, Role.MANAGER, Role.TRAINER, Role.FINANCE, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """A document of the demo brand; ``audience`` names the roles that may read it, empty means everyone."""

    file_name: str
    title: str
    language: str
    audience: tuple[Role, ...]
    valid_from: date


def documents() -> list[DemoDocument]:
    """Every document of the demo brand, in the order in which they are published."""
    start = date(2026, 1, 1)
    return [
        DemoDocument("handbook.pdf", "经销商手册（2026 版）", "zh", (), start),
        DemoDocument("price-policy.pdf", "价格政策 2026", "zh", _PRICED, start),
        DemoDocument("rebate-policy.pdf", "返利政策 2026", "zh", _PRICED, start),
        DemoDocument("quick-guide.md", "Quick guide for dealers, 2026", "en", (), start),
    ]


def build(into: Path) -> list[Path]:
    """Make the documents' files in ``into``, in the order of ``documents()``; what stands there unchanged is kept."""
    into.mkdir(parents=True, exist_ok=True)
    paths = [into / document.file_name for document in documents()]
    stamp = into / _STAMP
    sources = _digest(_sources())
    if not (stamp.is_file() and stamp.read_text() == _stamp(sources, paths)):
        for path in paths:
            _write(path, _content(path.name))
        _write(stamp, _stamp(sources, paths).encode())
    return paths


def _content(file_name: str) -> bytes:
    """The bytes of a document: compiled where its source is Typst, else as it is."""
    source = SOURCES / file_name
    return _compile(source.with_suffix(".typ")) if source.suffix == ".pdf" else source.read_bytes()


def _compile(source: Path) -> bytes:
    """A PDF from a Typst source, with the packaged Chinese font and none of this computer's."""
    import typst
    from pylopdf_fonts_zh_cn import sans_path

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(sans_path().parent)])
    return bytes(typst.compile(source, root=SOURCES, font_paths=fonts, format="pdf", timestamp=0))


def _sources() -> Iterator[bytes]:
    """Everything that decides what the files contain."""
    for suffix in ("*.typ", "*.yaml", "*.md"):
        for path in sorted(SOURCES.rglob(suffix)):
            yield path.relative_to(SOURCES).as_posix().encode()
            yield path.read_bytes()
    for package in ("typst", _FONTS):
        yield f"{package}=={version(package)}".encode()


def _stamp(sources: str, paths: list[Path]) -> str:
    """One line for the sources and one for each file, so that a damaged file is made again."""
    files = (f"{path.name} {_digest([path.read_bytes()]) if path.is_file() else '-'}" for path in paths)
    return "\n".join([sources, *files])


def _digest(parts: Iterator[bytes] | list[bytes]) -> str:
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Write beside and move over, so that nobody reads half a file."""
    draft = path.with_name(f"{path.name}.part")
    draft.write_bytes(content)
    draft.replace(path)
