"""What a client of the OpenAI protocol sends, as far as a desk has use for it."""

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from core.errors import BadInput, EmptyMessage

MODEL = "qudao"
NAME = re.compile(r"[A-Za-z0-9_.:-]{1,48}")
REQUEST_KEY = re.compile(r"[\x21-\x7e]{1,100}")


class Part(BaseModel):
    """A piece of a message; only words are read."""

    model_config = ConfigDict(extra="ignore")
    type: str = "text"
    text: str | None = None


class Message(BaseModel):
    """One message of the client's history. The desk keeps its own: the last one of the user counts."""

    model_config = ConfigDict(extra="ignore")
    role: str
    content: str | list[Part] | None = None

    @property
    def words(self) -> str:
        """What it says, pieces joined."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or [] if part.text)


class StreamOptions(BaseModel):
    """Whether a stream ends with the count of tokens."""

    model_config = ConfigDict(extra="ignore")
    include_usage: bool | None = None


class Completion(BaseModel):
    """A request for a completion; what steers a model (temperature, tools, …) is taken and has no effect."""

    model_config = ConfigDict(extra="ignore")
    model: str
    messages: Annotated[list[Message], Field(min_length=1, max_length=2000)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = None

    @property
    def said(self) -> str:
        """The words of the last message that the user sent; EmptyMessage where there are none."""
        last = next((message.words for message in reversed(self.messages) if message.role == "user"), "")
        if not last.strip():
            raise EmptyMessage
        return last


def conversation_name(given: str | None) -> str:
    """A conversation's name from a header; empty is the person's own. BadInput for what is no name."""
    if given and not NAME.fullmatch(given):
        raise BadInput("api.bad_conversation")
    return given or ""


def request_key(given: str | None) -> str:
    """The Idempotency-Key, if any; BadInput for one that can't be kept."""
    if given and not REQUEST_KEY.fullmatch(given):
        raise BadInput("api.bad_request_key")
    return given or ""


def rough_tokens(text: str) -> int:
    """About how many tokens a model would count: a Chinese character is one, four others make one."""
    wide = sum(1 for char in text if char > "\u2e80")
    return wide + (len(text) - wide + 3) // 4


def usage(said: str, answered: str) -> dict[str, Any]:
    """The protocol's count, estimated: no model may have been asked."""
    prompt, completion = rough_tokens(said), rough_tokens(answered)
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
