"""The OpenAPI description, with errors under the content type that they really have."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from bot.api.problems import PROBLEM


def describe(app: FastAPI) -> None:
    """Make the app describe itself so; FastAPI writes every model down as plain JSON."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            for response in _problems(plain()):
                response["content"] = {PROBLEM: response["content"].pop("application/json")}
        schema: dict[str, Any] = plain()
        return schema

    app.openapi = described  # type: ignore[method-assign]


def _problems(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in schema["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400 and "application/json" in response.get("content", {}):
                    yield response
