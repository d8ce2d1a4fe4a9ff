"""What is told otherwise later, over all releases and in checks: only what is sure."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from sqlalchemy import Engine

from comparison.findings import Finding
from extractors.claims import extract
from inquiries.restatements import all_restatements
from inquiries.statement import check
from models.settings import settings
from tests.support.releases import extraction, moment, page, says, store

NOW = datetime(2025, 1, 1, tzinfo=UTC)
HOST = "https://office.example/"


TITLE = "Aktuelle Kapazitäten der Seenhilfe"


def told(
    engine: Engine, day: str, sentence: str, quote: str, value: str, *, title: str = TITLE, **fields: str | None
) -> None:
    made = page(title, sentence, day)
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
    assert found.same_words  # so that the date may have been kept from the week before
    assert all_restatements(bulletins, now=NOW, project="Seenhilfe") == [found]


def test_told_in_other_words_the_date_is_meant(engine: Engine) -> None:
    told(engine, "2022-04-06", "Am 3. April 2022 standen 1.046 Schlafplätze bereit.", "1.046 Schlafplätze", "1046")
    again = "Am 3. April 2022 standen korrigiert 984 Schlafplätze bereit."
    told(engine, "2022-05-13", again, "984 Schlafplätze", "984")
    (found,) = all_restatements(engine, now=NOW)
    assert not found.same_words


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


def checked(engine: Engine, statement: str, *, said_on: date | None = None) -> Finding:
    extractor = partial(extract, published=said_on or NOW.date(), tagger=settings().spacy_model)
    return check(engine, statement, extractor, said_on=said_on).findings[0]


@pytest.mark.parametrize(("said", "other"), [("984", 1046), ("1.046", 984)])
def test_a_check_of_what_another_release_tells_otherwise_shows_both(bulletins: Engine, said: str, other: int) -> None:
    finding = checked(bulletins, f"Am 3. April 2022 standen in der Seenhilfe {said} Schlafplätze bereit.")
    assert (finding.verdict, finding.reason) == ("disputed", "otherwise_too")
    assert [each.value for each in (*finding.stated, *finding.otherwise)] == [int(said.replace(".", "")), other]


def test_a_number_of_one_date_is_none_of_another_day_of_its_month(bulletins: Engine) -> None:
    finding = checked(bulletins, "Am 12. April 2022 standen in der Seenhilfe 950 Schlafplätze bereit.")
    assert finding.verdict == "not_comparable"
    finding = checked(bulletins, "Am 10. April 2022 standen in der Seenhilfe 950 Schlafplätze bereit.")
    assert finding.verdict == "supported"


def test_what_was_told_otherwise_later_was_not_known_before(bulletins: Engine) -> None:
    statement = "Am 3. April 2022 standen in der Seenhilfe 1.046 Schlafplätze bereit."
    assert checked(bulletins, statement, said_on=date(2022, 4, 10)).verdict == "supported"


@pytest.mark.parametrize(("said", "verdict"), [("1.046", "outdated"), ("984", "supported")])
def test_what_calls_itself_a_correction_overtakes_what_it_corrects(engine: Engine, said: str, verdict: str) -> None:
    told(engine, "2022-04-06", "Am 3. April 2022 standen 1.046 Schlafplätze bereit.", "1.046 Schlafplätze", "1046")
    corrects = "Am 3. April 2022 standen 984 Schlafplätze bereit."
    told(engine, "2022-04-08", corrects, "984 Schlafplätze", "984", title=f"Korrektur: {TITLE}")
    assert checked(engine, f"Am 3. April 2022 standen in der Seenhilfe {said} Schlafplätze bereit.").verdict == verdict


def test_an_average_does_not_dispute_a_level(engine: Engine) -> None:
    told(engine, "2022-04-06", "Am 3. April 2022 standen 1.046 Schlafplätze bereit.", "1.046 Schlafplätze", "1046")
    average = "Am 3. April 2022 standen im Schnitt 984 Schlafplätze bereit."
    told(engine, "2022-04-13", average, "984 Schlafplätze", "984", aspect="average")
    statement = "Am 3. April 2022 standen in der Seenhilfe 1.046 Schlafplätze bereit."
    assert checked(engine, statement).verdict == "supported"


@pytest.mark.parametrize("said", ["190.435", "180.292"])
def test_both_numbers_are_disputed_in_whatever_words_they_are_said(engine: Engine, said: str) -> None:
    seen = {"counted": "Arbeitsloser", "predicate": "gemeldet", "as_of": "2021-09", "subject": None}
    for day, number in (("2021-09-30", "190.435"), ("2021-11-30", "180.292")):
        sentence = f"Im September 2021 waren in Altmark insgesamt {number} Arbeitslose gemeldet."
        told(engine, day, sentence, f"{number} Arbeitslose", number.replace(".", ""), title="Zum Arbeitsmarkt", **seen)
    assert checked(engine, f"Im September 2021 gab es in Altmark {said} Arbeitslose.").verdict == "disputed"
