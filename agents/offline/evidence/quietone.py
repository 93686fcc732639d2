"""「邯郸这月是不是一单没有」, 「太原最近没动静吧」: whether one dealer who is named has ordered at all."""

from agents.offline.evidence.cues import SILENT
from agents.offline.reading.understanding import Reading
from core.actor import Role

SELLS = frozenset({Role.REP, Role.MANAGER, Role.FINANCE})


def of_a_quiet_one(reading: Reading, role: Role) -> dict[str, float]:
    """That dealer's orders of the time that is named, else the latest one."""
    if role not in SELLS or not reading.of_kind("dealer") or not SILENT.search(reading.text):
        return {}
    return {"list_orders" if reading.period else "order_status": 0.9, "sales_summary": -0.3}
