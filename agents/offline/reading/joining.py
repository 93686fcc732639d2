"""Two clauses read apart, put together again: what was found in the second counts from its new place."""

from dataclasses import replace

from agents.offline.reading.understanding import Reading


def put_together(first: Reading, second: Reading) -> Reading:
    """The second behind the first."""
    shift = len(first.text) + 1
    mentions = tuple(replace(m, start=m.start + shift, end=m.end + shift) for m in second.mentions)
    quantities, loose = (
        tuple(replace(q, span=(q.span[0] + shift, q.span[1] + shift)) for q in found)
        for found in (second.quantities, second.loose)
    )
    return Reading(
        f"{first.text}，{second.text}",
        f"{first.original}，{second.original}",
        first.mentions + mentions,
        first.quantities + quantities,
        first.period or second.period,
        first.wanted or second.wanted,
        first.orders + second.orders,
        first.stranger or second.stranger,
        first.loose + loose,
    )
