"""``/v1``: models and chat completions, plain and streamed."""

from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, FastAPI, Header, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from bot.api.callers import Programs, Visit, visiting
from bot.api.completions.asked import MODEL, Completion, conversation_name, request_key, usage
from bot.api.completions.errors import UnknownModel, add_error_handlers
from bot.api.completions.markdown import to_markdown
from bot.api.completions.speaking import say
from bot.api.completions.streaming import Exchange, stream
from core.keys.scopes import Scope

CONVERSATION = "x-qudao-conversation"

router = APIRouter()
Speaker = Annotated[Visit, visiting(Scope.MESSAGES)]
Name = Annotated[str | None, Header(alias=CONVERSATION)]
RequestKey = Annotated[str | None, Header(alias="idempotency-key")]


def completions_app(programs: Programs, max_body_size: int) -> FastAPI:
    """The app at ``/v1``; errors are in the protocol's form."""
    app = FastAPI(title="Qudao", docs_url=None, redoc_url=None, openapi_url=None, max_body_size=max_body_size)
    app.state.programs = programs
    app.state.desk = programs.desk
    add_error_handlers(app)
    app.include_router(router)
    return app


@router.get("/models")
async def models(visit: Annotated[Visit, visiting()]) -> dict[str, Any]:
    """The desk is the one model."""
    return {"object": "list", "data": [_model()]}


@router.get("/models/{name}")
async def model(name: str, visit: Annotated[Visit, visiting()]) -> dict[str, Any]:
    """The model of this name."""
    if name != MODEL:
        raise UnknownModel(model=name[:64])
    return _model()


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": 1_763_596_800, "owned_by": MODEL}


@router.post("/chat/completions", response_model=None)
async def complete(
    request: Request, visit: Speaker, asked: Completion, conversation: Name = None, key: RequestKey = None
) -> Response:
    """Say the last user message to the desk."""
    if asked.model != MODEL:
        raise UnknownModel(model=asked.model[:64])
    exchange = Exchange(
        f"chatcmpl-{uuid4().hex}", visit, asked, asked.said, conversation_name(conversation), request_key(key)
    )
    headers = {CONVERSATION: exchange.conversation, "cache-control": "no-store"}
    if asked.stream:
        return StreamingResponse(
            stream(request, exchange), media_type="text/event-stream", headers=headers | {"x-accel-buffering": "no"}
        )
    answered = await say(visit, exchange.said, exchange.conversation, exchange.key)
    text = "\n\n".join(to_markdown(answered.reply, visit.words))
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text, "refusal": None},
        "logprobs": None,
        "finish_reason": "stop",
    }
    body = exchange.envelope("chat.completion") | {"choices": [choice], "usage": usage(exchange.said, text)}
    return JSONResponse(body, headers=headers)
