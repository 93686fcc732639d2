"""What went wrong, as problem+json in the reader's words."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import Scope

from core.errors import BadInput, NotFound, NotPermitted, NotSetUp, QudaoError, Refused, Stale
from core.keys.repeats import KeyReused, StillAtWork
from core.words import LOCALES, Words, our_language

log = logging.getLogger(__name__)

LANGUAGE_COOKIE = "language"
PROBLEM = "application/problem+json"


class NotSignedIn(QudaoError):
    """The request carries no session that is alive."""

    key = "web.not_signed_in"


class NoKey(QudaoError):
    """The request shows no key that is alive."""

    key = "api.no_key"


class ForeignPage(QudaoError):
    """Another site's page sent this, or something that doesn't say where it comes from."""

    key = "web.foreign_page"


class TooLarge(BadInput):
    """A file or a message is larger than the desk takes."""

    key = "web.file_too_large"


class TooManyTries(QudaoError):
    """The same address asks too often."""

    key = "web.too_many_tries"


STATUSES: tuple[tuple[type[QudaoError], int], ...] = (
    (NotSignedIn, 401),
    (NoKey, 401),
    (KeyReused, 409),
    (StillAtWork, 409),
    (ForeignPage, 403),
    (TooLarge, 413),
    (TooManyTries, 429),
    (BadInput, 422),
    (NotFound, 404),
    (NotPermitted, 403),
    (Stale, 410),
    (Refused, 409),
    (NotSetUp, 503),
)
HTTP_KEYS: Mapping[int, str] = {404: "web.no_such_page", 405: "web.no_such_page", 413: "web.too_large"}


def status_of(error: QudaoError) -> int:
    """The HTTP status that fits a refusal."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 400)


def reading_language(request: Request, default: str = "") -> str:
    """The language chosen on the page, else the person's, else what the browser asks for, else Chinese."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LOCALES:
        return chosen
    return default if default in LOCALES else accepted_language(request) or "zh"


def accepted_language(request: Request) -> str | None:
    """The first of our languages in the order that the client prefers them; None where it names none of ours."""
    header = request.headers.get("accept-language", "")
    wanted: list[tuple[float, str]] = []
    for item in header[:200].split(","):
        tag, _, weight = item.strip().partition(";q=")
        try:
            wanted.append((float(weight or 1), our_language(tag)))
        except ValueError:
            continue
    ours = [language for weight, language in sorted(wanted, key=lambda one: -one[0]) if language and weight]
    return ours[0] if ours else None


def words_for(request: Request) -> Words:
    """The catalogue in the language of this request."""
    language = getattr(request.state, "language", "") or reading_language(request)
    words: Words = request.app.state.desk.catalogues.words(language)
    return words


def problem_response(scope: Scope, status: int, key: str, /, **params: Any) -> Response:
    """A problem as a response, in the language of the request."""
    body = problem_body(words_for(Request(scope)), status, key, **params)
    return JSONResponse(body, status, media_type=PROBLEM)


def problem_body(words: Words, status: int, key: str, /, **params: Any) -> dict[str, Any]:
    """RFC 9457: a stable type, and a sentence that may be shown as it is."""
    return {
        "type": f"urn:qudao:problem:{key}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": words(key, **params),
    }


def add_problem_handlers(app: FastAPI) -> None:
    """Every error of the API in one form; pages answer theirs themselves."""
    app.add_exception_handler(QudaoError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _bug)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, QudaoError)
    response = problem_response(request.scope, status_of(error), error.message_key, **error.params)
    if isinstance(error, TooManyTries | StillAtWork):
        response.headers["retry-after"] = str(error.params["seconds"])
    if isinstance(error, NoKey):
        response.headers["www-authenticate"] = "Bearer"
    return response


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    key = HTTP_KEYS.get(error.status_code, "error.bad_input")
    response = problem_response(request.scope, error.status_code, key)
    response.headers.update(error.headers or {})
    return response


async def _invalid(request: Request, error: Exception) -> Response:
    """With each place that doesn't fit, for whoever writes the program."""
    assert isinstance(error, RequestValidationError)
    wrong = [
        {"at": "/" + "/".join(str(part) for part in one["loc"]), "kind": one["type"], "text": one["msg"]}
        for one in error.errors()[:20]
    ]
    body = problem_body(words_for(request), 422, "error.bad_input") | {"errors": wrong}
    return JSONResponse(body, 422, media_type=PROBLEM)


async def _bug(request: Request, error: Exception) -> Response:
    """Whole into the log, with a reference for the user."""
    reference = uuid4().hex[:8]
    log.error("request %s failed: %s %s", reference, request.method, request.url.path, exc_info=error)
    return problem_response(request.scope, 500, "web.bug", reference=reference)
