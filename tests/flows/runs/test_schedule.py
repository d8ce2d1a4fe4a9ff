"""Every night once, whatever the clocks do; and what was missed, once."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import islice

import pytest
from sqlalchemy import Engine

from db.operation.runs import set_due
from flows.runs import nightly
from flows.runs.nightly import due_offices
from flows.runs.schedule import EARLY, next_night
from models.calendar import BERLIN
from tests.support.simulator import FakeClock


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def nights(after: str, count: int) -> list[str]:
    moment, found = berlin(after), []
    for _ in range(count):
        moment = next_night(moment)
        found.append(f"{moment.astimezone(BERLIN):%m-%d %H:%M %z}")
    return found


def test_each_night_at_the_same_time_of_the_clock_on_the_wall() -> None:
    assert nights("2026-01-01T12:00", 2) == ["01-02 02:30 +0100", "01-03 02:30 +0100"]
    assert nights("2026-07-01T02:29", 2) == ["07-01 02:30 +0200", "07-02 02:30 +0200"]
    assert next_night(berlin("2026-07-01T02:30")) == berlin("2026-07-02T02:30")


def test_night_in_which_half_past_two_does_not_exist() -> None:
    assert nights("2026-03-28T12:00", 2) == ["03-29 03:30 +0200", "03-30 02:30 +0200"]


def test_night_in_which_half_past_two_exists_twice() -> None:
    assert nights("2026-10-24T12:00", 2) == ["10-25 02:30 +0200", "10-26 02:30 +0100"]
    between = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)  # two o'clock for the second time
    assert next_night(between) == berlin("2026-10-26T02:30")


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_prefects_own_schedule_meets_due_offices_once_a_night(prefect_server: None, day: str) -> None:
    import asyncio

    from prefect.server.schemas.schedules import CronSchedule

    schedule = CronSchedule(cron="30 2 * * *", timezone="Europe/Berlin")
    start = berlin(f"{day}T12:00") - timedelta(days=3)
    dates = asyncio.run(schedule.get_dates(8, start=start))
    due, read = next_night(start), []
    for moment in (datetime.fromtimestamp(found.timestamp(), UTC) for found in dates):
        if due <= moment + EARLY:
            read.append(moment.astimezone(BERLIN).date())
            due = next_night(moment)
    assert read == [start.date() + timedelta(days=number) for number in range(1, 9)]


class Watch:
    """An operator's machine: reads what is due, with a clock that passes only in sleep."""

    def __init__(self, engine: Engine, start: datetime) -> None:
        self.engine = engine
        self.clock = FakeClock(start)
        self.offices = ["land", "bund"]

    def read(self, due: list[str]) -> None:
        for office in due:
            set_due(self.engine, office, next_night(self.clock.now()))

    def runs(self) -> Iterator[tuple[str, list[str]]]:
        for due in due_offices(self.engine, lambda: self.offices, self.clock):
            began = f"{self.clock.now().astimezone(BERLIN):%m-%d %H:%M}"
            self.read(due)
            yield began, due


def test_offices_are_read_at_first_and_then_every_night_over_both_changes_of_the_clock(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nightly, "LONGEST_SLEEP", 3600.0)
    watch = Watch(engine, berlin("2026-03-27T20:00"))
    both = ["land", "bund"]
    spring = [("03-27 20:00", both), ("03-28 02:30", both), ("03-29 03:30", both), ("03-30 02:30", both)]
    assert list(islice(watch.runs(), 4)) == spring
    watch.clock.time = berlin("2026-10-24T02:00")
    autumn = list(islice(watch.runs(), 5))
    assert [began for began, _ in autumn] == ["10-24 02:00", "10-24 02:30", "10-25 02:30", "10-26 02:30", "10-27 02:30"]


def test_missed_nights_are_caught_up_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nightly, "LONGEST_SLEEP", 3600.0)
    watch = Watch(engine, berlin("2026-05-01T03:00"))
    runs = watch.runs()
    assert next(runs)[0] == "05-01 03:00"
    watch.clock.time = berlin("2026-05-09T11:00")
    assert [began for began, _ in islice(runs, 2)] == ["05-09 11:00", "05-10 02:30"]


def test_new_office_is_read_within_a_minute_and_the_others_are_left_alone(engine: Engine) -> None:
    watch = Watch(engine, berlin("2026-05-01T03:00"))
    runs = watch.runs()
    next(runs)
    watch.offices.append("neu")
    assert next(runs) == ("05-01 03:00", ["neu"])
    slept = watch.clock.slept
    watch.offices.append("noch-neuer")
    next(runs)
    assert watch.clock.slept - slept <= nightly.LONGEST_SLEEP


def test_run_that_was_killed_is_tried_again_an_hour_later(engine: Engine) -> None:
    watch = Watch(engine, berlin("2026-05-01T03:00"))
    watch.read = lambda due: None  # type: ignore[method-assign]
    assert [began for began, _ in islice(watch.runs(), 3)] == ["05-01 03:00", "05-01 04:00", "05-01 05:00"]


def test_the_night_may_be_at_another_time() -> None:
    assert next_night(berlin("2026-07-01T02:30"), time(4, 15)) == berlin("2026-07-01T04:15")
    assert next_night(berlin("2026-07-01T04:15"), time(4, 15)) == berlin("2026-07-02T04:15")
