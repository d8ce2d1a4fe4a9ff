"""Years are read from an archive: politely, each content once, under its own time, and told to nobody."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select

from db.claims.queries import ClaimFilter, claims
from db.operation.health import health
from db.operation.leases import DatabaseSlots
from db.operation.runs import runs
from db.releases.queries import release, releases
from db.tables import CaptureRow, ChangeRow, Fetch, ReleaseRow, Revision
from db.upkeep.verify import verify
from flows.history.plan import HistoryPlan, plan_history
from flows.history.read import HistoryRead, read_history
from models.archive import Archive
from models.source import Source
from scrapers.archives.client import ArchiveClient
from scrapers.http.fetch import Fetcher
from tests.support.archive import WebArchive, described
from tests.support.databases import rows
from tests.support.simulator.clock import FakeClock
from tests.support.simulator.server import PressOffice
from tests.support.years import CHALLENGE, HOST, Kept, at, listing, office, page

SINCE = date(2012, 1, 1)
FIRST = at("2016-05-01T10:00:00")


def url(number: int, host: str = f"www.{HOST}", scheme: str = "https") -> str:
    return f"{scheme}://{host}/pm/{number}"


@dataclass
class Probe:
    """An archive on loopback and who asks it, by a clock that only sleeping moves."""

    engine: Engine
    site: WebArchive
    archive: Archive
    clock: FakeClock
    source: Source

    def client(self) -> ArchiveClient:
        return ArchiveClient(self.archive, Fetcher(DatabaseSlots(self.engine), clock=self.clock))

    def plan(self) -> HistoryPlan:
        return plan_history(self.engine, self.client(), self.source, SINCE)

    def read(self, allowed: Callable[[str], bool] = lambda _url: True) -> HistoryRead:
        return read_history(self.engine, self.client(), self.source, SINCE, allowed)

    def values(self) -> list[int]:
        found = claims(self.engine, ClaimFilter(source="amt", status="completed"), limit=500).claims
        return sorted(int(each.claim.value) for each in found if each.claim.value is not None)

    def outcomes(self) -> dict[str, str]:
        with self.engine.connect() as connection:
            found = connection.execute(select(CaptureRow.original, CaptureRow.archived_at, CaptureRow.outcome))
            return {f"{row.original} {row.archived_at:%Y-%m-%d}": row.outcome for row in found}

    def reasons(self) -> dict[str, str]:
        with self.engine.connect() as connection:
            found = connection.execute(select(CaptureRow.original, CaptureRow.reason))
            return {row.original: row.reason for row in found if row.reason}


Begin = Callable[..., Probe]


@pytest.fixture
def probe(engine: Engine) -> Iterator[Begin]:
    opened: list[PressOffice] = []

    def begin(records: list[Kept], dialect: str = "wayback", source: Source | None = None, **moods: object) -> Probe:
        clock = FakeClock()
        site = WebArchive(records, clock.now, **moods)  # type: ignore[arg-type]
        server = PressOffice(site)
        opened.append(server)
        server.__enter__()
        return Probe(engine, site, described(server.url, dialect), clock, source or office())

    yield begin
    for server in opened:
        server.__exit__()


def years(count: int) -> list[Kept]:
    """Releases, each copied three times, of which the last brings another number."""
    return [
        Kept(url(number), FIRST + timedelta(days=30 * turn, minutes=number), page(number, 10 * number + turn // 2))
        for number in range(1, count + 1)
        for turn in range(3)
    ]


def test_plan_tells_what_reading_takes_and_a_second_time_nothing_is_asked(probe: Begin) -> None:
    found = probe(years(30), rows=50)
    plan = found.plan()
    assert found.site.count("replay") == 0
    assert found.site.count("index") == 2 + 2  # two pages of releases, the feed, the list
    by_year = {year.year: year for year in plan.years}
    assert (by_year[2016].copies, by_year[2016].contents, by_year[2016].addresses) == (90, 60, 30)
    assert by_year[2015].copies == by_year[2017].copies == 0
    assert (plan.requests, plan.lists, plan.unanswered, plan.ended) == (60, 0, 0, None)
    began = found.clock.now()
    read = found.read()
    assert (read.outcome.new, read.outcome.corrected, read.left, read.state) == (30, 30, 0, "completed")
    assert (read.requests, found.site.count("replay"), found.site.count("index")) == (60, 60, 4)
    took = (found.clock.now() - began).total_seconds() / 60
    assert 0.8 * took <= plan.minutes <= 1.2 * took
    assert found.values() == [10 * number + 1 for number in range(1, 31)]
    again = found.read()
    assert (again.requests, again.outcome.found, len(found.site.log)) == (0, 0, 64)
    assert found.plan().requests == 0
    assert len(found.site.log) == 64
    assert verify(found.engine) == []


def test_pace_is_kept_in_every_window(probe: Begin) -> None:
    found = probe(years(20), rows=7)
    found.read()
    asked = [moment for moment, kind, _ in found.site.log if kind == "index"]
    assert all(sum(0 <= (each - start).total_seconds() < 60 for each in asked) <= 20 for start in asked)
    pauses = [after - before for (before, *_), (after, *_) in zip(found.site.log, found.site.log[1:], strict=False)]
    assert min(pauses) >= timedelta(seconds=1)


def test_history_knows_archive_and_time_and_is_no_news(probe: Begin) -> None:
    found = probe(years(1))
    found.read()
    (summary,) = releases(found.engine, source="amt")
    first, second = release(found.engine, summary.id).revisions
    assert (first.seen_at, second.seen_at) == (FIRST + timedelta(minutes=1), FIRST + timedelta(days=60, minutes=1))
    assert second.unchanged_until == FIRST + timedelta(days=30, minutes=1)
    by = second.snapshot.archived
    assert by is not None
    assert (by.archive, by.address) == ("Probearchiv", f"{found.archive.homepage}web/20160630100100/{url(1)}")
    assert by.retrieved_at >= found.clock.now() - timedelta(minutes=1)
    assert summary.published is not None
    assert summary.published.year == 2015
    assert rows(found.engine, ChangeRow) == 0
    assert [(each.kind, each.state) for each in runs(found.engine)] == [("history", "completed")]
    assert [each.state for each in health(found.engine)] == [None]


def test_turn_is_over_once_the_archive_says_so_and_the_next_goes_on(probe: Begin) -> None:
    found = probe(years(10), refuse=lambda number, _kind: 429 if number == 9 else None)
    first = found.read()
    assert first.ended is not None
    assert "429" in first.ended
    assert (first.state, first.left) == ("degraded", 15)
    asked = len(found.site.log)
    assert found.read().ended is not None
    found.clock.pass_by(2000)
    assert found.read().requests == 0
    assert len(found.site.log) == asked == 9
    found.clock.pass_by(1600)
    last = found.read()
    assert (last.left, last.state, found.site.count("replay")) == (0, "completed", 21)
    assert found.values() == [10 * number + 1 for number in range(1, 11)]


@pytest.mark.parametrize("shows_nearest", [False, True])
def test_copy_of_another_time_is_never_taken_for_the_one_asked_for(probe: Begin, shows_nearest: bool) -> None:
    records = [Kept(url(1), FIRST + timedelta(days=day), page(1, day)) for day in range(40)]
    planted = {id(each) for each in records[3::8]}
    found = probe(records, elsewhere=planted, shows_nearest=shows_nearest)
    read = found.read()
    assert (read.outcome.broken, found.site.count("replay")) == (5, 40)
    assert list(found.outcomes().values()).count("refused") == 5
    (summary,) = releases(found.engine, source="amt")
    for revision in release(found.engine, summary.id).revisions:
        day = (revision.seen_at - FIRST).days
        assert f"sind {day} fertiggestellt" in revision.release.text
    assert summary.revisions == 35


def test_contents_are_asked_for_once_whatever_their_address(probe: Begin) -> None:
    first = Kept(url(1), FIRST, page(1, 25), encoding="gzip")
    records = [
        first,
        Kept(url(1, HOST), FIRST + timedelta(days=1), page(1, 25), encoding="gzip"),
        Kept(url(1, HOST, "http"), FIRST + timedelta(days=2), repeats=first),
        Kept(f"{url(1)};jsessionid=4F", FIRST + timedelta(days=3), page(1, 25), encoding="gzip"),
        Kept(url(1), FIRST + timedelta(days=4), page(1, 30), encoding="gzip"),
        Kept(url(1), FIRST + timedelta(days=5), repeats=first),
        Kept(url(2), FIRST + timedelta(days=6), page(1, 25), encoding="gzip"),
    ]
    found = probe(records)
    assert found.plan().requests == 2
    read = found.read()
    assert (read.requests, found.site.count("replay"), read.outcome.new) == (2, 2, 1)
    (summary,) = releases(found.engine, source="amt")
    shown = release(found.engine, summary.id).revisions
    assert [each.seen_at for each in shown] == [FIRST, FIRST + timedelta(days=4), FIRST + timedelta(days=5)]
    assert shown[1].unchanged_until == FIRST + timedelta(days=3)
    assert found.values() == [25]


def test_nobody_elses_words_are_taken_for_the_offices(probe: Begin) -> None:
    records = [
        Kept(url(1), FIRST, CHALLENGE),
        Kept(url(2), FIRST, page(2, 2), headers=(("cf-mitigated", "challenge"),)),
        Kept(url(3), FIRST, b"%PDF-1.4", content_type="application/pdf"),
        Kept(url(4), FIRST, b"gone", status="404 Not Found"),
        Kept(url(5), FIRST, page(5, 5)),
        Kept(url(6), FIRST, page(6, 6)[:300]),
        Kept("https://andere.example/pm/7", FIRST, page(7, 7)),
    ]
    found = probe(records, excluded={url(5)})
    read = found.read()
    assert rows(found.engine, ReleaseRow) == rows(found.engine, Fetch) == int(found.values() != [])
    assert found.outcomes() == {
        f"{url(1)} 2016-05-01": "blocked",
        f"{url(2)} 2016-05-01": "blocked",
        f"{url(5)} 2016-05-01": "excluded",
        f"{url(6)} 2016-05-01": found.outcomes()[f"{url(6)} 2016-05-01"],
    }
    assert "Blocked By Robots" in found.reasons()[url(5)] or "AccessControl" in found.reasons()[url(5)]
    assert read.state == "degraded"
    assert not any(url(5) in each for each in read.outcome.problems)


def test_failures_end_in_giving_up_a_copy_and_never_the_others(probe: Begin) -> None:
    broken = years(1)[0]
    found = probe([broken, *years(4)[3:]], refuse=lambda _number, _kind: None)
    answer = found.site._memento
    found.site._memento = lambda kept: (  # type: ignore[method-assign]
        type(answer(kept))(b"error", 503) if kept is broken else answer(kept)
    )
    for turn in range(3):
        read = found.read()
        assert (read.ended, read.left) == (None, 1 if turn < 2 else 0)
    assert found.site.count("replay") == 3 + 6
    assert found.outcomes()[f"{url(1)} 2016-05-01"] == "unavailable"
    assert len(found.values()) == 3


def test_archived_lists_name_what_the_index_of_paths_does_not(probe: Begin) -> None:
    source = office(release_url=None)
    home = f"https://www.{HOST}/pm"
    records = [
        *(Kept(home, FIRST + timedelta(days=day), listing(day // 10 + 1)) for day in range(40)),
        *(Kept(url(number), FIRST + timedelta(days=50), page(number, number)) for number in range(1, 6)),
    ]
    found = probe(records, source=source)
    plan = found.plan()
    assert plan.requests == plan.lists == 4
    read = found.read()
    assert (read.outcome.new, found.values()) == (4, [1, 2, 3, 4])
    assert found.site.count("replay") == 4 + 4
    assert found.read().requests == 0


def test_archived_sitemaps_and_json_name_releases_too(probe: Begin) -> None:
    home = f"https://www.{HOST}"
    paging = {"kind": "page", "first": 1}
    source = office(
        feeds=(),
        lists=(),
        sitemaps=(f"{home}/sitemap.xml",),
        endpoints=({"url": f"{home}/news?page={{page}}", "paging": paging, "items": "all", "link": "to"},),
        release_url=None,
    )
    sitemap = "".join(f"<url><loc>{home}/alt/{number}</loc></url>" for number in (1, 2))
    found_by_json = json.dumps({"all": [{"to": f"/alt/{number}"} for number in (2, 3)]})
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    records = [
        Kept(f"{home}/sitemap.xml", FIRST, f'<urlset xmlns="{space}">{sitemap}</urlset>'.encode(),
             content_type="application/xml"),
        Kept(f"{home}/news?page=1", FIRST, found_by_json.encode(), content_type="application/json"),
        *(Kept(f"{home}/alt/{number}", FIRST, page(number, number)) for number in range(1, 5)),
    ]  # fmt: skip
    found = probe(records, source=source)
    read = found.read()
    assert (read.outcome.new, read.outcome.problems, found.values()) == (3, (), [1, 2, 3])


def test_index_of_sitemaps_names_nothing_by_itself(probe: Begin) -> None:
    home = f"https://www.{HOST}"
    index = f"<sitemapindex><sitemap><loc>{home}/sitemap-1.xml</loc></sitemap></sitemapindex>"
    records = [Kept(f"{home}/sitemap.xml", FIRST, index.encode(), content_type="application/xml")]
    found = probe(records, source=office(feeds=(), lists=(), sitemaps=(f"{home}/sitemap.xml",)))
    (problem,) = found.read().outcome.problems
    assert "leads to" in problem


def test_what_the_office_forbids_today_is_not_read_from_archives(probe: Begin) -> None:
    found = probe(years(2))
    found.read(lambda address: address != url(2))
    assert (found.values(), found.site.count("replay")) == ([11], 2)
    assert "robots.txt" in found.reasons()[url(2)]


@pytest.mark.parametrize("dialect", ["cdxj", "timemap", "common-crawl"])
def test_other_archives_speak_other_dialects(probe: Begin, dialect: str) -> None:
    records = years(3)
    records[5].encoding = "gzip"
    records[5].chunked = True
    records += [Kept(f"https://www.{HOST}/pm", FIRST, listing(1, 2, 3))]
    found = probe(records, dialect)
    read = found.read()
    assert (read.outcome.new, read.outcome.corrected, read.left, read.ended) == (3, 3, 0, None)
    assert found.values() == [11, 21, 31]
    # A TimeMap names no contents, so that each copy is asked for.
    assert found.site.count("replay") == 1 + (9 if dialect == "timemap" else 6)
    assert found.read().requests == 0
    (revision, *_) = release(found.engine, releases(found.engine, source="amt")[0].id).revisions
    assert revision.snapshot.archived is not None
    assert revision.snapshot.archived.place.startswith(found.archive.homepage)
    assert verify(found.engine) == []


def test_index_that_may_not_tell_is_no_error(probe: Begin) -> None:
    found = probe(years(2), excluded={f"https://www.{HOST}/"})
    plan = found.plan()
    assert [reason for _, reason in plan.refusals if "AdministrativeAccessControl" in reason]
    assert (plan.ended, plan.unanswered) == (None, 0)


def test_two_archives_fill_one_past(engine: Engine, probe: Begin) -> None:
    found = probe(years(2)[:1])
    found.read()
    other = probe([Kept(url(1), FIRST + timedelta(days=400), page(1, 300))])
    other.archive = other.archive.model_copy(update={"id": "zweites", "name": "Zweites Archiv"})
    other.read()
    (summary,) = releases(engine, source="amt")
    assert summary.revisions == rows(engine, Revision) == 2


@pytest.mark.long
def test_of_two_thousand_copies_none_stands_under_a_wrong_time(probe: Begin) -> None:
    records: list[Kept] = []
    for number in range(1, 101):
        for turn in range(20):
            moment = FIRST + timedelta(days=30 * turn, minutes=number)
            address = (url(number), url(number, HOST), url(number, HOST, "http"))[turn % 3]
            records.append(Kept(address, moment, page(number, number + turn // 2 * 100)))
    planted = records[7::20]
    found = probe(records, elsewhere={id(each) for each in planted}, rows=500)
    plan = found.plan()
    began = found.clock.now()
    read = found.read()
    took = (found.clock.now() - began).total_seconds() / 60
    requests = found.site.count("replay")
    contents = len({each.body for each in records})
    assert len(planted) == 100
    assert requests <= 1.05 * contents + len(planted)
    assert 0.8 * requests <= plan.requests <= 1.2 * requests
    assert 0.8 * took <= plan.minutes <= 1.2 * took
    assert read.left == 0
    said = {(each.stamp, each.body) for each in records if each not in planted}
    for summary in releases(found.engine, source="amt", limit=200):
        for revision in release(found.engine, summary.id).revisions:
            assert (revision.seen_at.strftime("%Y%m%d%H%M%S"), revision.snapshot.body) in said
    before = len(found.site.log)
    found.read()
    assert len(found.site.log) == before
    assert verify(found.engine) == []
