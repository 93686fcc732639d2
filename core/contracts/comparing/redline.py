"""Two versions as one marked text: a Word file with tracked changes, and a page to read or print."""

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from typing import Any

from core.contracts.comparing.changes import Change, Deviation, Effect
from core.contracts.comparing.strips import Line, Mark, Strip, lines

_FONTS = (
    '"Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", SimSun, sans-serif'
)
_STYLE = f"""
body {{ max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.8 {_FONTS}; color: #1b1b1b;
  background: #fff; }}
h1 {{ font-size: 1.4rem; text-align: center; }}
p {{ margin: 0.35rem 0; overflow-wrap: anywhere; }}
ins {{ color: #0b5d2a; background: #e3f5e8; text-decoration: underline; text-underline-offset: 0.2em; }}
del {{ color: #9b1c1c; background: #fdeaea; text-decoration: line-through; }}
ins.moved {{ text-decoration-style: double; }} del.moved {{ text-decoration-style: double; }}
ins.break::after, del.break::after {{ content: "\\00b6"; }}
p.note {{ margin: 0.2rem 0 0.8rem 1.5rem; padding-left: 0.7rem; font-size: 0.85rem; line-height: 1.5; color: #444;
  border-left: 3px solid #999; break-inside: avoid; }}
p.weakened {{ border-color: #b42318; }} p.strengthened {{ border-color: #12783d; }}
@page {{ size: A4; margin: 2cm; }}
@media print {{ body {{ margin: 0; max-width: none; font-size: 10.5pt; }}
  ins, del {{ -webkit-print-color-adjust: exact; print-color-adjust: exact; }} p {{ orphans: 2; widows: 2; }} }}
"""
_LANGUAGES: Mapping[str, str] = {"zh": "zh-Hans", "zh_TW": "zh-Hant"}
_SIGNS: Mapping[Effect, str] = {Effect.WEAKENED: "▼", Effect.STRENGTHENED: "▲"}
_TAGS: Mapping[Mark, str] = {Mark.DELETED: "del", Mark.INSERTED: "ins"}


def as_html(deviation: Deviation, *, title: str) -> str:
    """A page of its own, nothing from outside in it; below a line stands whom its changes serve, and why."""
    body = "\n".join(_html_line(line, deviation.language) for line in lines(deviation))
    language = _LANGUAGES.get(deviation.language, deviation.language)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"{body}\n</body>\n</html>\n"
    )


def _html_line(line: Line, language: str) -> str:
    words = "".join(_html_strip(strip) for strip in line.strips)
    if line.end is not Mark.SAME and any(strip.mark is Mark.SAME for strip in line.strips):
        words += f'<{_TAGS[line.end]} class="break"></{_TAGS[line.end]}>'
    notes = [_note(change, language) for change in line.changes if change.effect is not Effect.NEUTRAL]
    return "\n".join([f"<p>{words}</p>" if words else "", *notes])


def _html_strip(strip: Strip) -> str:
    words = escape(strip.text)
    tag = _TAGS.get(strip.mark)
    if tag is None:
        return words
    return f'<{tag} class="moved">{words}</{tag}>' if strip.moved else f"<{tag}>{words}</{tag}>"


def _note(change: Change, language: str) -> str:
    title = change.title + ("：" if language.startswith("zh") else ": ")
    return f'<p class="note {change.effect}">{_SIGNS[change.effect]} {escape(title)}{escape(change.why)}</p>'


def as_docx(deviation: Deviation, *, title: str, author: str, at: datetime) -> bytes:
    """The newer version for Word, in which each change can be accepted or refused; ``author`` made them ``at`` a time.

    It carries the words and numbers of both versions, not how they were set.
    """
    import docx

    document = docx.Document()
    _set_fonts(document)
    document.core_properties.author = document.core_properties.last_modified_by = author
    document.core_properties.title = title
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = at.astimezone(UTC)
    document.add_heading(title, 0)
    tracked = _Tracked(author, at)
    for line in lines(deviation):
        tracked.write(document.add_paragraph()._p, line)  # noqa: SLF001 - the element itself, as python-docx names it
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_fonts(document: Any) -> None:
    from docx.oxml.ns import qn

    for name in ("Normal", "Title"):
        properties = document.styles[name].element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for kind, font in (("ascii", "Times New Roman"), ("hAnsi", "Times New Roman"), ("eastAsia", "SimSun")):
            fonts.set(qn(f"w:{kind}"), font)


class _Tracked:
    """Writes lines into paragraphs; every mark has a number of its own."""

    def __init__(self, author: str, at: datetime) -> None:
        self._author = author
        self._date = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._count = 0

    def write(self, paragraph: Any, line: Line) -> None:
        """The words, and whether the paragraph's own end came or went."""
        if line.end is not Mark.SAME:
            self._mark_end(paragraph, line.end)
        for strip in line.strips:
            run = _run(strip.text, deleted=strip.mark is Mark.DELETED)
            if strip.mark is Mark.SAME:
                paragraph.append(run)
            else:
                mark = self._mark(strip.mark)
                mark.append(run)
                paragraph.append(mark)

    def _mark_end(self, paragraph: Any, mark: Mark) -> None:
        from docx.oxml import OxmlElement

        properties = OxmlElement("w:rPr")
        properties.append(self._mark(mark))
        paragraph.get_or_add_pPr().append(properties)

    def _mark(self, mark: Mark) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self._count += 1
        element = OxmlElement(f"w:{_TAGS[mark]}")
        for key, value in (("id", str(self._count)), ("author", self._author), ("date", self._date)):
            element.set(qn(f"w:{key}"), value)
        return element


def _run(text: str, *, deleted: bool) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run, words = OxmlElement("w:r"), OxmlElement("w:delText" if deleted else "w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    return run
