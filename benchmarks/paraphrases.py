"""Honest words about results: how many the checks let through, and whether a lie among them is caught.

``python -m benchmarks.paraphrases replies`` prints what tools answered on the demo, for an author to put in other
words; ``python -m benchmarks.paraphrases check FILE`` reads the author's YAML: ``reply`` (one of those ids),
``paraphrase``, and ``lie: true`` where it must be rejected. Each is told by an endpoint after the real tool call, as a
model would.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import click
import yaml

from agents.llm.sentences import plain
from benchmarks import demo
from benchmarks.lies import modelled
from bot.app import shared_parts
from bot.asking import Asked, ask
from bot.desk import Desk
from bot.evaluation.endpoint import Request, Says, endpoint
from bot.evaluation.running import Parts
from bot.incoming import Incoming
from core import plainyaml
from core.replies import Figure
from core.settings import Settings

BUYER, REP, MANAGER = "D001-buyer", "rep-east", "manager"
ASKED: Mapping[str, tuple[str, str]] = {
    "rebate-zh": (BUYER, "查一下返利"),
    "rebate-q3-zh": (BUYER, "第三季度返利多少"),
    "rebate-year-zh": (BUYER, "今年返利一共多少"),
    "account-zh": (BUYER, "我们还能订多少货"),
    "owed-zh": ("D004-buyer", "欠多少钱"),
    "price-zh": (BUYER, "绿茶多少钱一箱"),
    "price-100-zh": (BUYER, "矿泉水拿120箱多少钱"),
    "products-zh": (BUYER, "有哪些茶饮料"),
    "order-zh": (BUYER, "要10箱矿泉水，再来5箱绿茶"),
    "order-big-zh": (BUYER, "要60箱绿茶，30箱可乐，送浦东店"),
    "status-zh": (BUYER, "上一单到哪了"),
    "orders-zh": (BUYER, "10月的订单"),
    "sales-zh": (REP, "本月销售情况"),
    "sales-dealers-zh": (REP, "本月按经销商排销售额"),
    "overdue-zh": (MANAGER, "各区域逾期情况"),
    "silent-zh": (REP, "这个月谁还没下单"),
    "dealer-zh": (REP, "D001还能订多少货"),
    "rebate-en": (BUYER, "Show my rebate"),
    "rebate-q3-en": (BUYER, "my rebate for Q3"),
    "account-en": (BUYER, "How much credit is left?"),
    "owed-en": ("D004-buyer", "how much do we owe"),
    "price-en": (BUYER, "price of green tea"),
    "price-100-en": (BUYER, "how much for 120 cases of mineral water"),
    "order-en": (BUYER, "10 cases of mineral water please"),
    "status-en": (BUYER, "where is my last order"),
    "orders-en": (BUYER, "orders in October"),
    "sales-en": (REP, "sales this month compared with last year"),
    "sales-dealers-en": (REP, "sales by dealer this month"),
    "silent-en": (REP, "who hasn't ordered this month"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """An author's words about a reply."""

    reply: str
    paraphrase: str
    lie: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the desk did with them, and why where it rejected them."""

    item: Item
    shown: bool
    why: str

    @property
    def right(self) -> bool:
        """Honest words are shown, lies aren't."""
        return self.shown != self.item.lie


class Why(logging.Handler):
    """Keeps the last reason for going on without the model."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.said = record.getMessage().partition("without the model: ")[2]


async def _asked(desk: Desk, name: str) -> Asked:
    who, words = ASKED[name]
    return await ask(desk, Incoming("terminal", uuid4().hex, who, words))


async def replies(parts: Parts, template: Path) -> list[dict[str, Any]]:
    """What each question is answered by the built-in brain: calls, words and figures."""
    found: list[dict[str, Any]] = []
    async with endpoint(lambda _: Says()) as fake, modelled(parts, template, fake, "") as desk:
        for name, (who, words) in ASKED.items():
            asked = await _asked(desk, name)
            answer = asked.turn.answer
            found.append({
                "id": name, "as": who, "says": words, "tools": [call.name for call in answer.calls],
                "reply": asked.reply.plain().splitlines(),
                "figures": [_written(figure) for figure in asked.reply.figures],
            })  # fmt: skip
    return found


def _written(figure: Figure) -> dict[str, str]:
    return {key: str(value) for key, value in asdict(figure).items() if value}


async def check(parts: Parts, template: Path, items: Sequence[Item]) -> list[Verdict]:
    """Each item told by an endpoint of its own turn."""
    why = Why()
    logger = logging.getLogger("agents.llm.watching")
    logger.addHandler(why)
    logger.propagate = False
    calls = {name: await _calls(parts, template, name) for name in sorted({item.reply for item in items})}
    verdicts: list[Verdict] = []
    async with endpoint(lambda _: Says()) as fake, modelled(parts, template, fake, "") as desk:
        for item in items:
            why.said = ""

            def script(request: Request, item: Item = item) -> Says:
                return Says(item.paraphrase) if request.results else Says(calls=calls[item.reply])

            fake.script = script
            asked = await _asked(desk, item.reply)
            shown = bare(asked.reply.plain()).startswith(bare(item.paraphrase))
            verdicts.append(Verdict(item, shown, why.said))
    logger.removeHandler(why)
    return verdicts


def bare(text: str) -> str:
    """Words without marks of Markdown and white space, as they are compared."""
    return "".join(plain(text).split())


async def _calls(parts: Parts, template: Path, name: str) -> list[tuple[str, Mapping[str, Any]]]:
    async with endpoint(lambda _: Says()) as fake, modelled(parts, template, fake, "") as desk:
        return [(call.name, call.args) for call in (await _asked(desk, name)).turn.answer.calls]


def load(file: Path) -> list[Item]:
    """The author's items."""
    return [Item(**item) for item in plainyaml.load(file.read_text("utf-8"))]


async def _prepared(keep: Path) -> tuple[Parts, Path]:
    parts = shared_parts(Settings(_env_file=None, data_dir=keep, embedder="none"))
    template = await demo.kept(keep / "lies-demo.db", None)
    return parts, template


@click.group()
@click.option("--keep", type=click.Path(path_type=Path), default=Path("data/benchmarks"), show_default=True)
@click.pass_context
def main(ctx: click.Context, keep: Path) -> None:
    """Honest words about results."""
    ctx.obj = keep


@main.command("replies")
@click.pass_obj
def print_replies(keep: Path) -> None:
    """Print the replies to be paraphrased, as YAML."""

    async def run() -> list[dict[str, Any]]:
        logging.disable(logging.WARNING)
        return await replies(*await _prepared(keep))

    print(yaml.safe_dump(asyncio.run(run()), allow_unicode=True, sort_keys=False, width=200))


@main.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.pass_obj
def print_check(keep: Path, files: tuple[Path, ...]) -> None:
    """How many honest ones are rejected, and how many lies pass."""
    items = [item for file in files for item in load(file)]

    async def run() -> list[Verdict]:
        return await check(*await _prepared(keep), items)

    verdicts = asyncio.run(run())
    for verdict in verdicts:
        if not verdict.right:
            what = "lie shown" if verdict.item.lie else "rejected"
            print(f"{what}: {verdict.item.reply}: {verdict.item.paraphrase} | {verdict.why}")
    true = [one for one in verdicts if not one.item.lie]
    lies = [one for one in verdicts if one.item.lie]
    print(f"honest: {sum(not one.right for one in true)} of {len(true)} rejected")
    print(f"lies: {sum(not one.right for one in lies)} of {len(lies)} shown")


if __name__ == "__main__":
    main()
