"""Time is handed in: one module reads it, so that a test or a replay decides what day it is."""

from collections.abc import Iterator

from tests.lints.source import Finding, Source

MAY_READ_THE_TIME = ("core/clock.py", "bot/cli.py", "bot/cli", "tests", "benchmarks")
READINGS = frozenset(
    {
        "datetime.datetime.now",
        "datetime.datetime.utcnow",
        "datetime.datetime.today",
        "datetime.date.today",
        "time.time",
        "time.time_ns",
        "time.localtime",
        "time.gmtime",
        "time.ctime",
        "pandas.Timestamp.now",
        "pandas.Timestamp.utcnow",
        "pandas.Timestamp.today",
        "numpy.datetime64.now",
        "sqlalchemy.func.now",
        "sqlalchemy.func.current_date",
        "sqlalchemy.func.current_timestamp",
    }
)


def unasked_clock(source: Source) -> Iterator[Finding]:
    """Calls and references alike: ``default=datetime.now`` reads the time too."""
    if source.inside(*MAY_READ_THE_TIME):
        return
    for node, name in source.references():
        if name in READINGS:
            yield source.finding(node, "clock", f"{name}: take the time from a Clock or as an argument")
