"""How much one address may ask."""

from bot.api.limits import ADDRESSES, Buckets


def test_a_bucket_empties_and_fills_again() -> None:
    now = 0.0
    buckets = Buckets(3, 6.0, lambda: now)
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 0]
    assert buckets.take("a") == 6.0
    assert buckets.take("b") == 0
    now = 6.0
    assert buckets.take("a") == 0
    assert buckets.take("a") == 6.0
    now = 600.0
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 6.0]


def test_many_addresses_take_no_more_than_their_room() -> None:
    buckets = Buckets(1, 6.0, lambda: 0.0)
    for i in range(ADDRESSES + 10):
        buckets.take(str(i))
    assert buckets.take(str(ADDRESSES + 9)) > 0
    assert buckets.take("0") == 0
