"""What is told otherwise later, over all releases: only what is sure."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from inquiries.restatements import all_restatements
from tests.support.releases import extraction, moment, page, says, store

NOW = datetime(2025, 1, 1, tzinfo=UTC)
HOST = "https://office.example/"


def told(engine: Engine, day: str, sentence: str, quote: str, value: str, **fields: str) -> None:
    made = page("Aktuelle Kapazitäten der Seenhilfe", sentence, day)
    fields = {"counted": "Schlafplatz", "subject": "Seenhilfe", "as_of": "2022-04-03"} | fields
    claim = says(
        quote, within=sentence, value=value, reporting_date=fields["as_of"], reporting_basis="stated", **fields
    )
    store(engine, HOST + day, made, extraction(made, [claim]))


@pytest.fixture
def bulletins(engine: Engine) -> Engine:
    """The same date with two numbers, and another date."""
    told(engine, "2022-04-06", "Am 3. April 2022 standen 1.046 Schlafplätze bereit.", "1.046 Schlafplätze", "1046")
    told(engine, "2022-04-13", "Am 3. April 2022 standen 984 Schlafplätze bereit.", "984 Schlafplätze", "984")
    later = "Am 10. April 2022 standen 950 Schlafplätze bereit."
    told(engine, "2022-04-20", later, "950 Schlafplätze", "950", as_of="2022-04-10")
    return engine


def test_another_number_for_the_same_date_is_told_with_both_sentences(bulletins: Engine) -> None:
    (found,) = all_restatements(bulletins, now=NOW)
    assert (found.kind, found.before.value, found.after.value) == ("figure", 1046, 984)
    assert (found.before.published, found.after.published) == ("2022-04-06", "2022-04-13")
    assert all_restatements(bulletins, now=NOW, project="Seenhilfe") == [found]


def test_a_number_that_leaves_room_for_the_other_is_none(engine: Engine) -> None:
    told(engine, "2022-04-06", "Am 3. April 2022 standen 984 Schlafplätze bereit.", "984 Schlafplätze", "984")
    about = "Am 3. April 2022 standen rund 1.000 Schlafplätze bereit."
    told(engine, "2022-04-13", about, "rund 1.000 Schlafplätze", "1000", comparator="~")
    assert all_restatements(engine, now=NOW) == []


def test_what_an_office_changes_in_its_release_is_told(engine: Engine) -> None:
    for hour, value in ((8, "12"), (20, "13")):
        made = page("Häfen", f"Es sind {value} Häfen.", "2024-05-01")
        claim = says(f"{value} Häfen", value=value, counted="Hafen")
        store(engine, HOST + "hafen", made, extraction(made, [claim]), fetched_at=moment("2024-05-01", hour))
    (found,) = all_restatements(engine, now=datetime(2100, 1, 1, tzinfo=UTC))
    assert (found.kind, found.before.value, found.after.value) == ("correction", 12, 13)
