"""The pages: HTML shells with the words put in, and the static files under a path that changes with their content."""

import hashlib
import json
import re
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from core.words import Words

FOLDER = "bot.pages"
BLANK = re.compile(r"\{\{([a-z_.]+)\}\}")


class Pages:
    """Read once from the package."""

    def __init__(self) -> None:
        folder = files(FOLDER)
        self._templates = {
            name: (folder / "templates" / f"{name}.html").read_text(encoding="utf-8") for name in ("shell", "notice")
        }
        self.digest = _digest(folder / "static")

    def shell(self, words: Words, title: str, start: dict[str, Any]) -> str:
        """The chat page; ``start`` is what its scripts are told."""
        return self._filled("shell", words, title=escape(title), start=_for_script(start))

    def notice(self, words: Words, brand: str, heading: str, text: str, action: str = "", button: str = "") -> str:
        """A page of a few words; with an action, one button that posts to it."""
        form = ""
        if action:
            form = (
                f'<form method="post" action="{escape(action)}">'
                f'<button class="primary wide" type="submit">{escape(button)}</button></form>'
            )
        paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
        return self._filled("notice", words, brand=escape(brand), heading=escape(heading), text=paragraphs, form=form)

    def _filled(self, template: str, words: Words, **html: str) -> str:
        """Each ``{{blank}}`` is HTML that was handed in, or an entry of the catalogue."""
        html["language"] = words.web_locale
        html["static"] = f"/static/{self.digest}"
        return BLANK.sub(lambda blank: html.get(blank[1]) or _entry(words, blank[1]), self._templates[template])


def _entry(words: Words, key: str) -> str:
    return escape(words(key)) if key in words else ""


def _for_script(value: dict[str, Any]) -> str:
    """JSON that can't end the element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


def _digest(folder: Traversable) -> str:
    digest = hashlib.sha256()
    for name, content in sorted(_contents(folder)):
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:12]


def _contents(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _contents(item, f"{prefix}{item.name}/")
        else:
            yield prefix + item.name, item.read_bytes()
