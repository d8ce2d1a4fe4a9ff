"""What the tests of fetching and discovery share."""

from collections.abc import Callable
from typing import Any

import pytest

from models.source import Source
from scrapers.http.fetch import Fetcher
from tests.support.simulator import FakeClock, PressOffice


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fetcher(clock: FakeClock) -> Fetcher:
    return Fetcher(clock=clock)


@pytest.fixture
def office(offices: Any) -> PressOffice:
    """An office whose answers are all scripted."""
    opened: PressOffice = offices.open()
    return opened


@pytest.fixture
def source(office: PressOffice) -> Source:
    return local_source(office)


def local_source(office: PressOffice, **changes: Any) -> Source:
    """A source of an office that is read from nowhere but the given addresses."""
    return Source.model_validate(
        {
            "id": "uebung",
            "publisher": "Amt für Übungen",
            "level": "land",
            "state": "NW",
            "homepage": office.url + "/",
            "hosts": ["127.0.0.1"],
            "family": "generic",
            "local": True,
            "verified": "never",
            "feeds": [office.url + "/feed.xml"],
            "politeness": {"spacing": 0},
            **changes,
        }
    )


@pytest.fixture
def make_source() -> Callable[..., Source]:
    return local_source


CONTACT = "redaktion@example.org"


@pytest.fixture
def with_contact(clock: FakeClock) -> Fetcher:
    """A fetcher that says who asks, as an operator sets it."""
    return Fetcher(clock=clock, contact=CONTACT)
