"""What one holds no other has: leases of runs, and the turns of hosts."""

from datetime import timedelta

from sqlalchemy import Engine

from db.operation.leases import DatabaseSlots, drop_lease, take_lease
from tests.support.releases import moment

NOW = moment("2026-01-01")


def test_a_lease_has_one_holder_until_it_ends(engine: Engine) -> None:
    assert take_lease(engine, "source:land", "a", now=NOW, seconds=60)
    assert not take_lease(engine, "source:land", "b", now=NOW + timedelta(seconds=59), seconds=60)
    assert take_lease(engine, "source:land", "a", now=NOW + timedelta(seconds=59), seconds=60)
    assert take_lease(engine, "source:land", "b", now=NOW + timedelta(seconds=119), seconds=60)
    drop_lease(engine, "source:land", "a")
    assert not take_lease(engine, "source:land", "a", now=NOW + timedelta(seconds=120), seconds=60)
    drop_lease(engine, "source:land", "b")
    assert take_lease(engine, "source:land", "a", now=NOW + timedelta(seconds=120), seconds=60)


def test_hosts_are_given_to_one_request_at_a_time(engine: Engine) -> None:
    slots = DatabaseSlots(engine)
    assert slots.reserve("a.example", now=NOW, lease=30) == 0
    assert slots.reserve("a.example", now=NOW + timedelta(seconds=10), lease=30) == 20
    assert slots.reserve("b.example", now=NOW, lease=30) == 0
    slots.release("a.example", now=NOW + timedelta(seconds=12), pause=2)
    assert slots.reserve("a.example", now=NOW + timedelta(seconds=13), lease=30) == 1
    assert slots.reserve("a.example", now=NOW + timedelta(seconds=14), lease=30) == 0


def test_a_clock_that_ran_ahead_holds_nothing(engine: Engine) -> None:
    ahead = NOW + timedelta(days=365)
    assert take_lease(engine, "source:land", "a", now=ahead, seconds=900)
    assert take_lease(engine, "source:land", "b", now=NOW, seconds=900)
    slots = DatabaseSlots(engine)
    slots.reserve("a.example", now=ahead, lease=30)
    slots.release("a.example", now=ahead, pause=2)
    assert slots.reserve("a.example", now=NOW, lease=30) == 0
