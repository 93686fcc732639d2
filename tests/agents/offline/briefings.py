"""A briefing that knows a few products and nothing else."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from agents.offline.reading.briefing import Briefing
from agents.offline.reading.linking import Known, Linker

GOODS = (
    Known("product", "W-550", ("矿泉水", "Mineral water")),
    Known("product", "T-500", ("绿茶", "Green tea")),
    Known("product", "S-500C", ("可乐", "Cola")),
)


def briefing_of(known: tuple[Known, ...]) -> Briefing:
    """On 20 November 2026, in Chinese."""
    names = {thing.code: thing.names[0] for thing in known}
    fields: dict[str, Any] = {"actor": SimpleNamespace(), "words": SimpleNamespace(language="zh", tag="zh_CN")}
    return Briefing(**fields, today=date(2026, 11, 20), fiscal_year_start=1, linker=Linker(known), names=names)
