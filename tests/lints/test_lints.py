"""Each lint finds a bad sample, and lets the good form of the same thing pass."""

import subprocess
import sys
from textwrap import dedent

import pytest

from tests.lints import clocks, columns, purity, size, state
from tests.lints.source import Lint, parse

MODEL = "core/orders/models.py"
SERVICE = "core/orders/service.py"
RULES = "core/orders/rules.py"
TOOL = "tools/orders.py"

BAD = [
    (columns.raw_types, MODEL, "from sqlalchemy import DateTime\nx = DateTime()"),
    (columns.raw_types, MODEL, "import sqlalchemy as sa\nx = sa.types.Numeric(10, 2)"),
    (columns.raw_types, MODEL, "from sqlalchemy.dialects import mysql\nx = mysql.VARCHAR(10)"),
    (columns.raw_types, SERVICE, "from sqlalchemy import Float, cast\nx = cast(1, Float)"),
    (columns.implied_types, MODEL, "class A:\n    at: Mapped[datetime]"),
    (columns.implied_types, MODEL, "class A:\n    at: Mapped[datetime.datetime | None] = mapped_column(default=None)"),
    (columns.implied_types, MODEL, "class A:\n    words: Mapped[dict[str, int]] = mapped_column(nullable=True)"),
    (columns.spoken_sql, SERVICE, "from sqlalchemy import text\ntext('select 1')"),
    (columns.spoken_sql, SERVICE, "import sqlalchemy as sa\nsa.literal_column('1')"),
    (columns.spoken_sql, SERVICE, "async def f(c):\n    await c.exec_driver_sql('select 1')"),
    (columns.statements_outside_core, TOOL, "from sqlalchemy import select\nselect(1)"),
    (columns.statements_outside_core, "bot/desk.py", "import sqlalchemy\nsqlalchemy.update(1)"),
    (clocks.unasked_clock, SERVICE, "from datetime import datetime, UTC\ndatetime.now(UTC)"),
    (clocks.unasked_clock, SERVICE, "import datetime as dt\ndt.datetime.utcnow()"),
    (clocks.unasked_clock, SERVICE, "from datetime import date\nf(default=date.today)"),
    (clocks.unasked_clock, TOOL, "import time\ntime.time()"),
    (clocks.unasked_clock, MODEL, "from sqlalchemy import func\nfunc.now()"),
    (state.module_state, SERVICE, "CACHE = {}"),
    (state.module_state, SERVICE, "SEEN: set[str] = set()"),
    (state.module_state, SERVICE, "from typing import Final\nRATES: Final = {'a': 1}"),
    (state.module_state, SERVICE, "from collections import defaultdict\nCOUNTS = defaultdict(int)"),
    (state.module_state, SERVICE, "import asyncio\nLOCK = asyncio.Lock()"),
    (state.module_state, SERVICE, "if True:\n    NAMES = [1]"),
    (state.module_state, SERVICE, "X = 1\ndef f():\n    global X\n    X = 2"),
    (size.too_long, SERVICE, "x = 1\n" * 401),
    (size.too_long, SERVICE, "def f():\n" + "    x = 1\n" * 60),
    (purity.impure_rules, RULES, "from sqlalchemy import select"),
    (purity.impure_rules, RULES, "from core.settings import Settings"),
    (purity.impure_rules, RULES, "from core import db"),
    (purity.impure_rules, RULES, "from core.clock import system_clock"),
    (purity.impure_rules, RULES, "import time"),
    (purity.impure_rules, RULES, "def f():\n    from pathlib import Path"),
    (purity.impure_rules, RULES, "from . import service"),
]

GOOD = [
    (columns.raw_types, MODEL, "from sqlalchemy import Date, ForeignKey\nfrom core.db import Code\nx = Code(), Date()"),
    (columns.raw_types, "core/db.py", "from sqlalchemy import DateTime\nx = DateTime()"),
    (columns.raw_types, MODEL, "from enum import Enum\nclass A(Enum):\n    ONE = 1"),
    (
        columns.implied_types,
        MODEL,
        "class A:\n    at: Mapped[datetime] = mapped_column(UtcDateTime())\n    n: Mapped[int]",
    ),
    (columns.implied_types, MODEL, "class A:\n    lines: Mapped[list['Line']] = relationship(order_by='x')"),
    (columns.spoken_sql, "core/db.py", "from sqlalchemy import text\ntext('select 1')"),
    (columns.spoken_sql, SERVICE, "def f(text):\n    return text('words')"),
    (columns.statements_outside_core, SERVICE, "from sqlalchemy import select\nselect(1)"),
    (columns.statements_outside_core, TOOL, "from sqlalchemy.ext.asyncio import AsyncSession\nx: AsyncSession"),
    (clocks.unasked_clock, "core/clock.py", "from datetime import UTC, datetime\ndatetime.now(UTC)"),
    (clocks.unasked_clock, SERVICE, "import time\ntime.perf_counter()"),
    (clocks.unasked_clock, SERVICE, "def f(clock):\n    return clock.now()"),
    (state.module_state, SERVICE, "from collections.abc import Mapping\nRATES: Mapping[str, int] = {'a': 1}"),
    (state.module_state, SERVICE, "from typing import Final\nRATES: Final[Mapping[str, int]] = {'a': 1}"),
    (state.module_state, SERVICE, "NAMES = ('a', 'b')\nSOME = frozenset({1})\n__all__ = ['f']"),
    (state.module_state, SERVICE, "def f():\n    cache = {}\n    return cache"),
    (size.too_long, SERVICE, "x = 1\n" * 400),
    (size.too_long, SERVICE, "def f():\n" + "    x = 1\n" * 59),
    (purity.impure_rules, RULES, "from decimal import Decimal\nimport numpy as np\nfrom core.money import ZERO"),
    (purity.impure_rules, RULES, "from core.products.rules import in_bottles\nfrom core.errors import Refused"),
    (purity.impure_rules, SERVICE, "from sqlalchemy import select"),
]


@pytest.mark.parametrize(("lint", "path", "sample"), BAD)
def test_a_bad_sample_is_found(lint: Lint, path: str, sample: str) -> None:
    assert list(lint(parse(path, sample)))


@pytest.mark.parametrize(("lint", "path", "sample"), GOOD)
def test_the_good_form_passes(lint: Lint, path: str, sample: str) -> None:
    assert list(lint(parse(path, sample))) == []


def test_a_finding_names_file_line_and_rule() -> None:
    [finding] = clocks.unasked_clock(parse(SERVICE, dedent("""
        import time

        time.time()
    """)))  # fmt: skip
    assert str(finding).startswith("core/orders/service.py:4: clock: time.time")


@pytest.mark.parametrize(
    ("path", "printed_is_fine"),
    [("core/x.py", False), ("tools/x.py", False), ("bot/cli.py", True), ("benchmarks/x.py", True)],
)
def test_only_the_command_and_the_benchmarks_print(path: str, *, printed_is_fine: bool) -> None:
    ruff = [sys.executable, "-m", "ruff", "check", "--quiet", "--select", "T20", "--stdin-filename", path, "-"]
    assert (
        subprocess.run(ruff, input=b"print(1)\n", capture_output=True, check=False).returncode == 0
    ) is printed_is_fine
