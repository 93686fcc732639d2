"""The pictures of the page in docs/screenshots, taken from a demo as it is: `python -m benchmarks.screenshots`."""

import argparse
import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.async_api import Browser

from bot.app import put_together, shared_parts
from core import migrations
from core.clock import parse_moment
from core.db import Database
from core.demo.build import build
from core.settings import Settings
from knowledge.demo import publish_demo_documents
from tests.browser.page import PHONE, Chat
from tests.serving import Site, chromium, served

UNTIL = date(2026, 11, 20)
MORNING = parse_moment("2026-11-20 09:30", "Asia/Shanghai")
LARGEST = 300_000


@dataclass(frozen=True, slots=True)
class Scene:
    """Who says what in which window; a press is written with a slash."""

    name: str
    handle: str
    window: dict[str, Any]
    says: tuple[str, ...]


SCENES = (
    Scene(
        "desktop",
        "D001-buyer",
        {"viewport": {"width": 1280, "height": 880}},
        ("查一下返利", "要10箱矿泉水，再来5箱绿茶"),
    ),
    Scene(
        "forecast",
        "D001-buyer",
        PHONE | {"viewport": {"width": 360, "height": 1000}, "device_scale_factor": 2},
        ("绿茶未来三个月预测",),
    ),
    Scene("phone", "rep-east", PHONE | {"device_scale_factor": 2}, ("本月销售情况",)),
)


@asynccontextmanager
async def demo_site(folder: Path) -> AsyncIterator[Site]:
    """A desk over a fresh demo whose clock starts at 09:30 on its last day."""
    settings = Settings(data_dir=folder, database_url="", embedder="none", public_url="", _env_file=None)
    await migrations.upgrade(settings.url)
    database = Database(settings.url)
    began = datetime.now(UTC)
    try:
        await build(database, until=UNTIL, seed=1)
        await publish_demo_documents(database)
        desk = put_together(settings, database, shared_parts(settings), lambda: MORNING + (datetime.now(UTC) - began))
        async with served(desk) as site:
            yield site
    finally:
        await database.close()


async def play(browser: Browser, site: Site, scene: Scene) -> Chat:
    """The window at the end of the scene."""
    chat = await Chat.opened(browser, site, scene.handle, **scene.window)
    await chat.page.clock.set_fixed_time(site.desk.clock())
    await chat.page.reload()
    await chat.ready()
    for line in scene.says:
        if line.startswith("/"):
            count = await chat.replies.count()
            await chat.replies.last.locator(f'button[data-button="{line[1:]}"]').click()
            await chat.answer(count)
        else:
            await chat.say(line)
    if await chat.page.locator(".drawing").count():
        await chat.page.locator(".drawing canvas").last.wait_for()
    await chat.page.evaluate("document.activeElement.blur()")
    await chat.page.evaluate("document.fonts.ready")
    return chat


def smaller(picture: bytes) -> bytes:
    """The same in a palette of 256 colours, which a page of few colours doesn't miss."""
    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


async def take(folder: Path, scenes: tuple[Scene, ...]) -> None:
    """Write one picture a scene."""
    with TemporaryDirectory(prefix="qudao-screenshots-") as data:
        async with demo_site(Path(data)) as site, chromium() as browser:
            for scene in scenes:
                chat = await play(browser, site, scene)
                picture = smaller(await chat.page.screenshot())
                if chat.complaints or len(picture) > LARGEST:
                    raise SystemExit(f"{scene.name}: {len(picture)} bytes, {chat.complaints}")
                (folder / f"{scene.name}.png").write_bytes(picture)
                print(f"{folder / scene.name}.png  {len(picture) / 1000:.0f} kB")
                await chat.page.context.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"))
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(out, SCENES))
