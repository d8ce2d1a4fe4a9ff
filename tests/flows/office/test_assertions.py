"""What a source file asserts, held against what its office delivers; and releases that two offices publish."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select

from db.operation.health import health
from db.operation.runs import SourceRecord, end_run, record_source, start_run
from db.releases.twins import twins
from db.tables import ClaimRow, Fetch, ReleaseRow, SourceRow
from flows.office.assertions import check_freshness
from flows.office.steps import ingest_source
from flows.runs.outcome import SourceReport
from models.calendar import BERLIN
from models.source import Assertions, Source
from output.recognised import recognised
from scrapers.http.fetch import Fetcher
from scrapers.registry import load_source
from tests.support.databases import rows
from tests.support.offices import write_source
from tests.support.simulator import CMS, PressOffice, Published, samples
from tests.support.simulator.server import Answer, Request


def asserting(source: Source, **changes: Any) -> Source:
    return source.model_copy(update={"assertions": Assertions.model_validate({"freshness_days": 36500, **changes})})


def ingest(engine: Engine, source: Source, **changes: Any) -> SourceReport:
    return ingest_source(engine, asserting(source, **changes), Fetcher())


class Changing(CMS):
    """A site whose pages can be changed all at once."""

    change: tuple[bytes, bytes] = (b"", b"")

    def answer(self, request: Request, base: str) -> Answer | None:
        found = super().answer(request, base)
        if found is None or not request.url.startswith("/foerderung"):
            return found
        return replace(found, body=re.sub(*self.change, found.body))


@pytest.fixture
def cms() -> Changing:
    return Changing("wordpress", samples(12))


NO_DATE = (b"<time.*?</time>", b"")


def test_pages_without_dates_are_not_published(engine: Engine, source: Source, office: PressOffice, cms) -> None:
    cms.change = NO_DATE
    report = ingest(engine, source)
    assert (report.state, report.outcome.new) == ("failed", 0)
    assert "pages with a date: 0% of 12 pages, 95% at least are asserted (min_share_with_date)" in str(report.reason)
    assert rows(engine, ReleaseRow) == rows(engine, ClaimRow) == 0
    with engine.connect() as connection:
        kept = connection.execute(select(Fetch).where(Fetch.reason.is_not(None))).all()
    assert len(kept) == 12
    assert all(row.snapshot_hash and row.snapshot_hash[:12] in row.reason for row in kept)


def test_last_good_releases_stay_when_the_layout_changes_overnight(engine: Engine, source: Source, cms) -> None:
    fresh = samples(16)
    assert ingest(engine, source).outcome.new == 12
    before = rows(engine, ClaimRow)
    cms.releases[:] = fresh
    cms.change = NO_DATE
    assert ingest(engine, source).state == "failed"
    assert (rows(engine, ReleaseRow), rows(engine, ClaimRow)) == (12, before)
    cms.change = (b"", b"")
    report = ingest(engine, source)
    assert (report.state, report.outcome.new, rows(engine, ReleaseRow)) == ("completed", 4, 16)


def test_digits_that_get_lost_stop_the_run(engine: Engine, source: Source, cms) -> None:
    figures = b"".join(b"<li>Kreis %d: %d Vorhaben</li>" % (number, number * 7919) for number in range(10, 60))
    cms.change = (b"</p></div>", b"</p><ul class='sharedaddy'>" + figures + b"</ul></div>")
    report = ingest(engine, source)
    assert (report.state, rows(engine, ReleaseRow)) == ("failed", 0)
    assert "min_digits_share" in str(report.reason)


def test_one_odd_page_warns_only(engine: Engine, source: Source, cms) -> None:
    del cms.releases[1:]
    cms.change = NO_DATE
    report = ingest(engine, source)
    assert (report.state, report.outcome.new) == ("degraded", 1)
    assert "pages with a date: 0% of 1 pages" in str(report.reason)


def test_too_few_releases_a_month_stop_the_run(engine: Engine, source: Source, office: PressOffice, cms) -> None:
    quiet = source.model_copy(update={"sitemaps": ()})
    report = ingest(engine, quiet, min_releases_a_month=5)
    assert (report.state, rows(engine, ReleaseRow)) == ("failed", 0)
    assert "0 releases in 30 days, 5 at least are asserted (min_releases_a_month)" in str(report.reason)
    assert not [request for request in office.requests if request.url.startswith("/foerderung")]


def test_too_many_releases_a_month_warn(engine: Engine, source: Source, cms) -> None:
    today = datetime.now(UTC).date()
    cms.releases[:] = samples(10, newest=today)
    report = ingest(engine, source, max_releases_a_month=4, min_releases_a_month=8)
    assert (report.state, report.outcome.new) == ("degraded", 10)
    assert "10 releases in 30 days, 4 at most are asserted (max_releases_a_month)" in str(report.reason)


@pytest.mark.parametrize(
    ("silent", "expected"), [(13, None), (15, "15 days ago; its longest pause of late was 7 days")]
)
def test_silence_is_measured_by_the_rhythm_of_the_office(engine: Engine, source: Source, silent, expected) -> None:
    now = datetime.now(UTC)
    # Every second day, and once a week's holiday.
    ages = [silent + 2 * number + (5 if number > 10 else 0) for number in range(25)]
    with engine.begin() as connection:
        connection.execute(insert(SourceRow).values(id=source.id, paused=False))
        connection.execute(
            insert(ReleaseRow),
            [
                {"id": f"r{age}", "source_id": source.id, "url": f"https://x.example/{age}", "title": "t",
                 "published": now - timedelta(days=age), "first_seen": now, "reporting_basis": "published"}
                for age in ages
            ],
        )  # fmt: skip
    warning = check_freshness(engine, asserting(source, freshness_days=None), now)
    assert warning is None if expected is None else str(warning).endswith(expected)
    assert check_freshness(engine, asserting(source, freshness_days=1), now) is not None


def test_silence_is_counted_from_the_day_in_germany(engine: Engine, source: Source) -> None:
    with engine.begin() as connection:
        connection.execute(insert(SourceRow).values(id=source.id, paused=False))
        midnight = datetime(2025, 10, 1, tzinfo=BERLIN)
        given = {"id": "r", "source_id": source.id, "url": "https://x.example/1", "title": "t", "published": midnight}
        connection.execute(insert(ReleaseRow).values(**given, first_seen=midnight, reporting_basis="published"))
    warning = check_freshness(engine, asserting(source, freshness_days=None), datetime(2026, 1, 1, 12, tzinfo=BERLIN))
    assert warning == "no release since 2025-10-01, 92 days ago; 31 days without one are usual for any office"
    told = "keine Meldung seit 01.10.2025, vor 92 Tagen; 31 Tage ohne eine sind bei jeder Pressestelle üblich"
    assert recognised(warning, "de") == told


def test_silence_is_said_and_seen_in_the_health_of_the_sources(engine: Engine, source: Source) -> None:
    report = ingest(engine, source, freshness_days=7)
    assert (report.state, report.outcome.new) == ("degraded", 12)
    assert "no release since 2025-06-01" in str(report.reason)
    assert "7 are asserted (freshness_days)" in str(report.reason)
    run_id = start_run(engine, "ingest", now=report.started_at)
    record_source(
        engine,
        SourceRecord(
            run_id, source.id, report.state, report.reason, report.outcome.counts, report.started_at, report.ended_at
        ),
    )
    end_run(engine, run_id, "degraded", now=report.ended_at)
    (found,) = health(engine)
    assert (found.state, found.reason, found.releases) == ("degraded", report.reason, 12)


def test_unforeseen_error_on_one_page_loses_no_other(
    engine: Engine, source: Source, office: PressOffice, cms, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.office import pages as reading

    odd, read_page = office.url + cms.path(cms.releases[3]), reading.read_page

    def stumbling(body: bytes, *, url: str, **options: Any):
        if url == odd:
            raise IndexError("list index out of range")
        return read_page(body, url=url, **options)

    monkeypatch.setattr(reading, "read_page", stumbling)
    report = ingest(engine, source)
    assert (report.state, report.outcome.new, report.outcome.broken) == ("degraded", 11, 1)
    assert "the program failed on it (IndexError: list index out of range)" in str(report.reason)
    assert "(snapshot " in str(report.reason)
    monkeypatch.undo()
    assert ingest(engine, source).outcome.new == 1


def test_page_that_the_selectors_do_not_fit_is_read_generically_and_said_so(
    engine: Engine, source: Source, cms
) -> None:
    del cms.releases[1:]
    cms.change = (b'class="entry-title"', b'class="headline"')
    report = ingest(engine, source)
    assert (report.state, report.outcome.new) == ("degraded", 1)
    assert "Read generically: " in str(report.reason)
    assert re.search(r"layout 'current'.*\(snapshot [0-9a-f]{12}\)", str(report.reason))


# one release, two offices


def test_one_release_of_two_offices_is_two_that_know_of_each_other(engine: Engine, offices, tmp_path) -> None:
    portal, ministry = CMS("wordpress", samples(4)), CMS("drupal-nrw", samples(4))
    shared = portal.releases[0]
    teaser = "Die Landesregierung teilt mit:"
    portal.releases[0] = replace(shared, number=900, paragraphs=[teaser, *shared.paragraphs])
    alone = Published(901, shared.day, "Hafen bleibt offen", ["Am Hafen arbeiten heute 300 Menschen. " * 12])
    ministry.releases[1:] = [alone]
    found = {}
    for name, cms in {"portal": portal, "ministerium": ministry}.items():
        source = load_source(write_source(offices.open(cms), cms, tmp_path, name))
        assert ingest(engine, source).state == "completed"
        with engine.connect() as connection:
            found[name] = dict(
                connection.execute(select(ReleaseRow.title, ReleaseRow.id).where(ReleaseRow.source_id == name)).all()
            )
    one, other = found["portal"][shared.title], found["ministerium"][shared.title]
    linked = twins(engine, [one, other, found["ministerium"][alone.title]])
    assert {release_id: [twin.release_id for twin in of] for release_id, of in linked.items()} == {
        one: [other],
        other: [one],
    }
    assert linked[other][0].source_id == "portal"
    assert linked[one][0].similarity >= 0.9
    # A correction that says something else is the same release no longer.
    ministry.releases[0] = replace(shared, paragraphs=["Der Termin entfällt. " * 30])
    assert ingest(engine, source).outcome.corrected == 1
    assert twins(engine, [one, other]) == {}


def test_of_several_releases_alike_the_two_most_alike_are_twins(engine: Engine, offices, tmp_path) -> None:
    day = samples(1)[0].day
    sentence = "Im Kreis {} sind von 40 Brücken heute {} saniert, die übrigen folgen bis 2030. "

    def of(number: int, district: str, done: int) -> Published:
        return Published(number, day, f"Brücken im Kreis {district}", [sentence.format(district, done) * 6])

    north, south = of(1, "Nord", 31), of(2, "Süd", 22)
    found = {}
    # The less alike pair is met first and has to give way.
    for name, releases in {"portal": [north], "ministerium": [of(3, "Süd", 22)], "land": [north]}.items():
        site = CMS("wordpress", releases)
        found[name] = load_source(write_source(offices.open(site), site, tmp_path, name)), site
        ingest(engine, found[name][0])
    source, site = found["portal"]
    site.releases.insert(0, south)
    assert ingest(engine, source).outcome.new == 1
    with engine.connect() as connection:
        ids = {(row.source_id, row.title[-4:].strip()): row.id for row in connection.execute(select(ReleaseRow))}
    found_twins = twins(engine, ids.values())
    linked = {pair: {twin.release_id for twin in found_twins.get(release_id, ())} for pair, release_id in ids.items()}
    assert ids["ministerium", "Süd"] in linked["portal", "Süd"]
    assert ids["portal", "Nord"] not in linked["ministerium", "Süd"]
    assert ids["land", "Nord"] in linked["portal", "Nord"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((rb"<p>Satz [1-6].*?</p>", b""), "hold 2 paragraphs, those before them 8"),
        ((rb'<time class="entry-date" datetime="([-0-9]+).*?</time>', rb"<p>\1</p>"), "were found by"),
        ((rb">Land f.*?rdert \d+ Br.*?</h1>", b">Presse und Medien</h1>"), "have the headline 'Presse und Medien'"),
    ],
    ids=["half the text", "days elsewhere", "another headline"],
)
def test_pages_that_yield_less_than_before_degrade_the_run(
    engine: Engine, source: Source, office: PressOffice, cms, change: tuple[bytes, bytes], words: str
) -> None:
    for release in cms.releases:
        release.paragraphs = [
            f"Satz {n} der Mitteilung über {release.number} Brücken im Land.{' ' * 200}" for n in range(1, 9)
        ]
    assert ingest(engine, source).state == "completed"
    paragraphs = cms.releases[0].paragraphs
    for number in range(101, 107):
        published = Published(number, date(2025, 6, 2), f"Land fördert {number} Brücken", list(paragraphs))
        cms.releases.insert(0, published)
    cms.change = change
    report = ingest(engine, source, min_share_with_date=0)
    assert report.state == "degraded"
    assert words in str(report.reason)
    assert "/foerderung-" in str(report.reason)


def test_text_that_was_left_out_is_told_unless_all_pages_show_it(
    engine: Engine, source: Source, office: PressOffice, cms
) -> None:
    for number, release in enumerate(cms.releases):
        release.title = f"{release.title} {number}"
    cms.change = (rb"</h1>", "</h1><div><p>Alle 16 Ämter im Land sind am Freitag geschlossen.</p></div>".encode())
    assert ingest(engine, source).state == "completed"
    cms.releases.insert(0, Published(101, date(2025, 6, 2), "Land fördert Fähren", ["Satz eins.", "Satz zwei. " * 40]))
    lost = "<div><p>Von 12 Fähren im Land sind bis heute 9 auf Strom umgestellt.</p></div>"
    cms.change = (rb"(Land f[^<]*hren)</h1>", rb"\1</h1>" + lost.encode())
    report = ingest(engine, source)
    assert report.state == "degraded"
    assert "1 of 1 new pages show text that was left out: „Von 12 Fähren" in str(report.reason)
