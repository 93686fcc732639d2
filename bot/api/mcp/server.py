"""The MCP server: tools listed and called under the permissions of the key that each request carries."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from bot.api.callers import Visit, visit_of
from bot.api.mcp.calls import call, offered
from bot.api.problems import NoKey, problem_response, status_of
from core.errors import QudaoError
from core.keys.scopes import Scope as KeyScope
from tools.registry import Effect, ToolSpec, json_schema

VISIT = "qudao.visit"
BODY_BYTES = 1_000_000
BEARER = "bearer "
INSTRUCTIONS = (
    "Tools of a dealer desk: products, prices, orders, account, rebates, documents. They act for one person, who is "
    "given by the key. A tool whose name begins with propose_ changes nothing: it makes a proposal, which only that "
    "person can confirm, on the desk's own page or chat. Never say that something was ordered when it was proposed."
)
Context = ServerRequestContext[Any, Request]


class Door:
    """The endpoint: a key is asked for before the protocol is spoken. Open while ``running`` runs."""

    def __init__(self) -> None:
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Open the door for as long as the block runs. Each request is a session of its own: nothing is remembered."""
        manager = StreamableHTTPSessionManager(
            app=_server(),
            json_response=True,
            stateless=True,
            max_request_body_size=BODY_BYTES,
            # A page that a browser was tricked onto has no key, so the names that this host goes by don't matter.
            security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        async with manager.run():
            self._manager = manager
            try:
                yield
            finally:
                self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the key, then hand on."""
        request = Request(scope, receive)
        try:
            visit = await visit_of(request, _token(request))
            visit.needs(KeyScope.TOOLS)
        except QudaoError as error:
            response = problem_response(scope, status_of(error), error.message_key, **error.params)
            if isinstance(error, NoKey):
                response.headers["www-authenticate"] = "Bearer"
            if "seconds" in error.params:
                response.headers["retry-after"] = str(error.params["seconds"])
            await response(scope, receive, send)
            return
        if self._manager is None:
            await problem_response(scope, 503, "error.not_set_up")(scope, receive, send)
            return
        scope[VISIT] = visit
        await self._manager.handle_request(scope, receive, send)


def _token(request: Request) -> str:
    header = request.headers.get("authorization", "")
    return header[len(BEARER) :].strip() if header.lower().startswith(BEARER) else ""


def _server() -> Server[Any]:
    return Server(
        "qudao",
        version=version("qudao"),
        title="Qudao",
        instructions=INSTRUCTIONS,
        on_list_tools=_list_tools,
        on_call_tool=_call_tool,
    )


def _visit(ctx: Context) -> Visit:
    assert ctx.request is not None
    visit: Visit = ctx.request.scope[VISIT]
    return visit


async def _list_tools(ctx: Context, _: PaginatedRequestParams | None) -> ListToolsResult:
    return ListToolsResult(tools=[_tool(spec) for spec in offered(_visit(ctx))])


def _tool(spec: ToolSpec) -> Tool:
    reads = spec.effect is Effect.READ
    return Tool(
        name=spec.name,
        description=spec.tool.description,
        input_schema=json_schema(spec.tool),
        annotations=ToolAnnotations(read_only_hint=reads, destructive_hint=False, open_world_hint=False),
    )


async def _call_tool(ctx: Context, params: CallToolRequestParams) -> CallToolResult:
    shown = await call(_visit(ctx), params.name, params.arguments or {})
    return CallToolResult(
        content=[TextContent(type="text", text=shown.text)],
        structured_content=shown.content if shown.ok else None,
        is_error=not shown.ok,
    )
