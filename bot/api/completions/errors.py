"""What went wrong, as clients of the OpenAI protocol read it."""

import logging
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from bot.api.problems import HTTP_KEYS, NoKey, TooManyTries, status_of, words_for
from core.errors import NotFound, QudaoError
from core.keys.repeats import StillAtWork

log = logging.getLogger(__name__)


class UnknownModel(NotFound):
    """There is one model here."""

    key = "api.unknown_model"


def add_error_handlers(app: FastAPI) -> None:
    """Every error in the protocol's own form."""
    app.add_exception_handler(QudaoError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _bug)


def error_object(status: int, message: str, code: str, param: str | None = None) -> dict[str, Any]:
    """The protocol's error; ``code`` is the catalogue key, or the protocol's own where clients look for it."""
    return {"error": {"message": message, "type": _type(status), "param": param, "code": code}}


def _type(status: int) -> str:
    kinds = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}
    return kinds.get(status, "server_error" if status >= 500 else "invalid_request_error")


def _code(error: QudaoError) -> str:
    codes = ((NoKey, "invalid_api_key"), (TooManyTries, "rate_limit_exceeded"), (UnknownModel, "model_not_found"))
    return next((code for kind, code in codes if isinstance(error, kind)), error.message_key)


def refused_object(request: Request, error: QudaoError) -> tuple[int, dict[str, Any]]:
    """A refusal with its status."""
    status = status_of(error)
    return status, error_object(status, words_for(request).error(error), _code(error))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, QudaoError)
    response = JSONResponse(*reversed(refused_object(request, error)))
    if isinstance(error, TooManyTries | StillAtWork):
        response.headers["retry-after"] = str(error.params["seconds"])
    if isinstance(error, NoKey):
        response.headers["www-authenticate"] = "Bearer"
    return response


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    key = HTTP_KEYS.get(error.status_code, "error.bad_input")
    body = error_object(error.status_code, words_for(request)(key), key)
    return JSONResponse(body, error.status_code, error.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    places = [".".join(str(part) for part in one["loc"] if part != "body") for one in error.errors()]
    body = error_object(HTTPStatus.BAD_REQUEST, words_for(request)("error.bad_input"), "error.bad_input", places[0])
    return JSONResponse(body, HTTPStatus.BAD_REQUEST)


async def _bug(request: Request, error: Exception) -> Response:
    """Whole into the log, with a reference for the user."""
    reference = uuid4().hex[:8]
    log.error("request %s failed: %s %s", reference, request.method, request.url.path, exc_info=error)
    return JSONResponse(error_object(500, words_for(request)("web.bug", reference=reference), "web.bug"), 500)
