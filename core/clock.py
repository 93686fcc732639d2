"""The one place that reads the time; everything else is handed a Clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
MORNING = time(9, 30)


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def fixed_clock(moment: datetime) -> Clock:
    """A clock that always shows ``moment``."""
    if moment.tzinfo is None:
        raise ValueError("a clock's moment carries its zone")
    return lambda: moment


def business_day(moment: datetime, zone: str) -> date:
    """The calendar day of ``moment`` where the brand trades."""
    return moment.astimezone(ZoneInfo(zone)).date()


def at_local(day: date, at: time, zone: str) -> datetime:
    """The instant, in UTC, when the brand's clocks show ``at`` on ``day``."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def parse_moment(text: str, zone: str) -> datetime:
    """A date (09:30 of it) or a date with a time of day, where the brand trades, as an instant; else ValueError."""
    written = text.strip()
    if len(written) == len("2026-11-20"):
        return at_local(date.fromisoformat(written), MORNING, zone)
    parsed = datetime.fromisoformat(written)
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
