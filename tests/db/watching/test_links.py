"""Links to watches: each does one thing with one watch, and nobody can make one."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter
from db.watching.links import CONFIRMED_WITHIN, signed, watch_of_link
from db.watching.watches import WatchRecord, add_watch, confirm_watch, remove_watch

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def watch(engine: Engine) -> WatchRecord:
    return add_watch(engine, "claims", "", ClaimFilter(), channel="mail", target="a@example.org", now=NOW, on_page=True)


def test_a_link_is_good_for_its_watch_and_purpose_alone(engine: Engine) -> None:
    first, second = watch(engine), watch(engine)
    link = signed(first, "confirm")
    assert watch_of_link(engine, link, "confirm", now=NOW) == first
    assert watch_of_link(engine, link, "manage", now=NOW) is None
    other = f"{second.id}.{link.partition('.')[2]}"
    assert watch_of_link(engine, other, "confirm", now=NOW) is None
    assert first.secret not in repr(first)
    assert first.token not in link and first.secret not in link


@pytest.mark.parametrize("link", ["", ".", "1", "1.", "1.x", "x.y", "99999999999999.x", "²." + "a" * 24])
def test_what_is_no_link_opens_nothing(engine: Engine, link: str) -> None:
    watch(engine)
    assert watch_of_link(engine, link, "confirm", now=NOW) is None


def test_links_end(engine: Engine) -> None:
    made = watch(engine)
    link, later = signed(made, "confirm"), NOW + CONFIRMED_WITHIN + timedelta(seconds=1)
    assert watch_of_link(engine, link, "confirm", now=later) is None
    confirm_watch(engine, made.id, now=NOW)
    assert watch_of_link(engine, signed(made, "manage"), "manage", now=later)
    remove_watch(engine, made.id, now=NOW)
    assert watch_of_link(engine, signed(made, "manage"), "manage", now=NOW) is None
