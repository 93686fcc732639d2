"""How spans of days read."""

from datetime import date, timedelta

from babel.dates import format_interval, format_skeleton

from core.words import Words


def span_words(start: date, end: date, words: Words) -> str:
    """Half-open days as people say them: ``2026年``, ``2026年第4季度``, ``2026年11月``, ``2026年11月1日至20日``."""
    months = _whole_months(start, end)
    if months == 12 and start.month == 1:
        return _shaped("y", start, words)
    if months == 3 and start.month % 3 == 1:
        return _shaped("yQQQ", start, words)
    if months == 1:
        return _shaped("yMMMM", start, words)
    last = end - timedelta(days=1)
    if start >= last:
        return words.day(start)
    return str(format_interval(start, last, "yMMM" if months else "yMMMd", locale=words.locale))


def month_words(start: date, words: Words, *, year: bool = False) -> str:
    """``11月``, with its year where asked."""
    return _shaped("yMMM" if year else "MMM", start, words)


def _shaped(skeleton: str, day: date, words: Words) -> str:
    return str(format_skeleton(skeleton, day, locale=words.locale))


def _whole_months(start: date, end: date) -> int:
    """How many months the days make up; 0 where they don't begin and end with one."""
    if start.day != 1 or end.day != 1:
        return 0
    return (end.year - start.year) * 12 + end.month - start.month
