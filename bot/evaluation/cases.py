"""A dialogue file as typed cases; an unknown key or a wrong type is an error that names the case."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, field_validator

from core import plainyaml

BOOLEAN = "tag:yaml.org,2002:bool"


class Strict(BaseModel):
    """No key that we don't know."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Expectation(Strict):
    """What a turn must show; what is absent isn't checked. ``tool: null`` means that none was called."""

    tool: str | None = None
    tools: list[str] | None = None
    args: dict[str, Any] | None = None
    has: list[str | list[str]] = Field(default_factory=list)
    never: list[str] = Field(default_factory=list)
    buttons: list[str] = Field(default_factory=list)
    language: str | None = None
    cites: list[str] = Field(default_factory=list)
    database: Literal["unchanged"] | dict[str, int] | None = None

    @field_validator("cites", mode="before")
    @classmethod
    def _sources(cls, value: Any) -> Any:
        """One source may stand without a list."""
        return [value] if isinstance(value, str) else value

    @field_validator("has", "never", mode="before")
    @classmethod
    def _words(cls, value: Any) -> Any:
        """YAML reads 10 as a number; here it is words."""
        if not isinstance(value, list):
            value = [value]
        return [[str(one) for one in item] if isinstance(item, list) else str(item) for item in value]


class Turn(Strict):
    """Something said, pressed or sent, and what must come of it."""

    says: str | None = None
    presses: str | None = None
    sends_file: str | None = None
    sends_files: list[str] = Field(default_factory=list)
    code: Literal["demo", "wrong"] | None = None
    speaker: str | None = Field(default=None, alias="as")
    model: Literal["timeout", "error500", "garbage", "cut", "invents"] | None = None
    expect: Expectation = Field(default_factory=Expectation)

    def files(self, folder: Path) -> list[Path]:
        """What is sent, beside the dialogue's file."""
        return [folder / name for name in ([self.sends_file] if self.sends_file else self.sends_files)]

    @field_validator("says", "presses", mode="before")
    @classmethod
    def _said(cls, value: Any) -> Any:
        """Somebody who says 10 says words."""
        return value if value is None else str(value)


class Case(Strict):
    """One dialogue; ``brand`` are settings of the brand that are others in it than in the demo."""

    id: str
    tags: list[str] = Field(default_factory=list)
    speaker: str = Field(alias="as")
    today: str
    place: Literal["private", "group"] = Field(default="private", alias="in")
    channel: str = "terminal"
    brand: dict[str, bool | int] = Field(default_factory=dict)
    turns: list[Turn] = Field(min_length=1)
    folder: Path = Path()

    @field_validator("today", mode="before")
    @classmethod
    def _day(cls, value: Any) -> str:
        return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)


class Loader(plainyaml.Loader):  # type: ignore[misc, valid-type]  # libyaml's, or PyYAML's own
    """YAML in which ``says: yes`` is a word: only true and false are booleans."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != BOOLEAN]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


Loader.add_implicit_resolver(BOOLEAN, re.compile(r"^(?:true|false)$"), list("tf"))


class CaseError(ValueError):
    """A dialogue file that can't be read as one."""


def load_cases(file: Path) -> list[Case]:
    """The cases of a file, in order."""
    try:
        data = yaml.load(file.read_text("utf-8"), Loader)  # noqa: S506 - a SafeLoader
    except (OSError, yaml.YAMLError) as error:
        raise CaseError(f"{file}: {error}") from error
    if not isinstance(data, list):
        raise CaseError(f"{file}: a list of cases is expected")
    cases: list[Case] = []
    for place, item in enumerate(data, start=1):
        name = item.get("id", place) if isinstance(item, dict) else place
        try:
            cases.append(Case.model_validate({**item, "folder": file.parent}))
        except (ValueError, TypeError) as error:
            raise CaseError(f"{file}, case {name}: {error}") from error
    return cases
