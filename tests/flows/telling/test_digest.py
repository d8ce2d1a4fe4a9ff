"""The digest: what is new and changed, each told once."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from flows.telling.digest import digest
from models.claim import Cue
from tests.support.releases import extraction, moment, page, says, store

EVER = {"since": datetime(2000, 1, 1, tzinfo=UTC), "until": datetime(2200, 1, 1, tzinfo=UTC)}
# Changes are dated by the clock, and what was published long before them is no news.
LONG_AGO, LATELY, TODAY = ((date.today() - timedelta(days=days)).isoformat() for days in (400, 9, 0))


def report(engine: Engine, done: str, url: str, day: str, fetched: str) -> None:
    release = page("Deiche", f"Am Fluss sind {done} Deiche fertig.", day)
    claim = says(f"{done} Deiche", value=done, counted="Deich", subject="Deichpakt", status="completed")
    store(engine, url, release, extraction(release, [claim]), fetched_at=moment(fetched))


def test_what_was_new_and_then_changed_is_told_by_its_change(engine: Engine) -> None:
    report(engine, "31", "https://land.example/1", "2024-05-01", "2024-05-01")
    report(engine, "33", "https://land.example/1", "2024-05-01", "2024-05-03")
    told = digest(engine, **EVER)
    assert "~~31 Deiche, completed, Deichpakt~~ **33 Deiche, completed, Deichpakt**" in told
    assert "## New claims" not in told
    assert "more." not in told


def test_offices_have_their_names_and_statuses_the_words_of_their_sentences(engine: Engine) -> None:
    release = page("Deiche", "Der Bescheid wurde bewilligt: 31 Deiche.", TODAY)
    at = release.text.index("bewilligt")
    told = Cue("status", at, at + len("bewilligt"))
    claim = says("31 Deiche", value="31", counted="Deich", status="approved", cues=(told,))
    store(engine, "https://land.example/1", release, extraction(release, [claim]), fetched_at=moment(TODAY))
    told = digest(engine, **EVER, publisher=lambda source_id: f"Ministerium *{source_id}*")
    assert "31 Deiche, granted" in told
    assert "), Ministerium \\*land\\*, release " in told


def test_a_number_that_stayed_is_not_told_as_the_one_before(engine: Engine) -> None:
    report(engine, "31", "https://land.example/1", LONG_AGO, LONG_AGO)
    report(engine, "31", "https://land.example/2", LATELY, LATELY)
    assert "before" not in digest(engine, **EVER)
    report(engine, "33", "https://land.example/3", TODAY, TODAY)
    assert "**33 Deiche, completed, Deichpakt** (before: 31 Deiche, completed, Deichpakt)" in digest(engine, **EVER)
