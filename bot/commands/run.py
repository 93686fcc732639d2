"""``qudao run``: the desk on the web."""

import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

import click
import uvicorn

from bot.app import open_desk
from bot.commands.common import configured, run
from bot.desk import Desk
from bot.links import sign_in_link
from bot.server import create_app
from bot.telemetry import logs, traces
from core.actor import system
from core.brand import service as brands
from core.errors import NotSetUp
from core.people import service as people
from core.settings import Settings

DEMO_PEOPLE = ("D001-buyer", "D001-owner", "D040-buyer", "rep-east", "manager", "trainer", "finance", "legal")
INVITE_LASTS = timedelta(hours=72)
STOP_SECONDS = 10


@click.command("run")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def command(host: str, port: int) -> None:
    """Open the desk: the web page, the API and the workers. It migrates the database by itself; Ctrl-C stops it."""
    logs.configure(configured())
    listening = _listen(host, port)
    try:
        run(_serve(listening, host))
    finally:
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    """Taken before anything is loaded, so that a port in use is said at once.

    The protocol is named: asyncio turns Nagle off only then, and each answer would wait 40 ms for the reader's ACK.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        why = error.strerror or str(error)
        raise click.ClickException(
            f"Port {port} of {host} can't be opened ({why}). Another program may be using it: "
            f"stop that one, or choose another port with --port."
        ) from error
    return listening


async def _serve(listening: socket.socket, host: str) -> None:
    settings = configured()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with traces.sent(settings):
        await _serve_desk(settings, listening, host)


async def _serve_desk(settings: Settings, listening: socket.socket, host: str) -> None:
    async with open_desk(settings) as desk:
        app = create_app(desk)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=STOP_SECONDS
        )
        port = listening.getsockname()[1]
        server = _Server(config, app.state.web.hub.close, lambda: _welcome(desk, host, port))
        await server.serve(sockets=[listening])


class _Server(uvicorn.Server):
    """Says where it is when it is ready, and ends the open streams first when it is told to stop."""

    def __init__(
        self, config: uvicorn.Config, closing: Callable[[], None], ready: Callable[[], Awaitable[None]]
    ) -> None:
        super().__init__(config)
        self._closing = closing
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            await self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, but the signal is not raised again afterwards: the desk is closed and the exit status is 0."""
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._closing()
        super().handle_exit(sig, frame)


async def _welcome(desk: Desk, host: str, port: int) -> None:
    """Where the desk is, and how to get in."""
    here = f"http://{_reachable(host)}:{port}"
    click.echo(f"Qudao is open at {desk.settings.public_url or here}  (Ctrl-C stops it)")
    now = desk.clock()
    try:
        async with desk.database.reads() as session:
            brand, _ = await brands.current_at(session, now)
    except NotSetUp:
        click.echo("There is no brand in the database yet: stop, then `qudao init` for yours or `qudao demo`.")
        return
    if not brand.is_demo:
        click.echo("To let somebody in: `qudao invite HANDLE` prints a link that works once.")
        return
    click.echo(f"Demo brand {brand.name}. Each link signs one browser in, once:")
    for handle in DEMO_PEOPLE:
        async with desk.database.writes.begin() as session:
            token = await people.invite(session, system("run"), handle, now, INVITE_LASTS)
        click.echo(f"  {handle:<12}{sign_in_link(desk.settings, token, here)}")


def _reachable(host: str) -> str:
    """The address to open on this machine where the server listens on every one."""
    local = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - read, not bound
    return local.get(host, f"[{host}]" if ":" in host else host)
