"""What is new: days that have anything, several days at once, one press office, page by page."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from lxml import html
from sqlalchemy import Engine

from db.archive.fetches import Vanished, record_fetch
from db.archive.imported import note_import
from db.operation.runs import SourceRecord, record_source, start_run
from db.tables import ChangeRow
from tests.support.offices import bundled_sources
from tests.support.releases import OFFICE, Page, moment, store_text
from web.app import create_app

NOW = datetime(2025, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def client(engine: Engine) -> TestClient:
    """Releases of the first and the tenth of June, nothing between or since."""
    first = Page("Brücken", "2025-06-01").says("Es sind 3 Brücken.", "3 Brücken", value="3", counted="Brücke")
    first.store(engine, fetched_at=moment("2025-06-01", 18))
    tenth = Page("Plätze", "2025-06-10")
    for n in range(70):
        tenth.says(f"Ort {n} hat {n + 100} Plätze.", f"{n + 100} Plätze", value=str(n + 100), counted="Platz")
    tenth.store(engine, fetched_at=moment("2025-06-10", 18), source_id="land")
    with engine.begin() as connection:  # changes are dated by the clock, which stands elsewhere here
        connection.execute(ChangeRow.__table__.delete())
    return TestClient(create_app(engine, sources=bundled_sources(), now=lambda: NOW), follow_redirects=False)


def shown(client: TestClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def test_the_offices_that_published_narrow_what_is_new(client: TestClient) -> None:
    page = shown(client, "/new?day=2025-06-10&since=2025-06-01")
    offices = page.xpath("//p[@class='suggestions']/a")
    assert [" ".join(each.text_content().split()) for each in offices] == [
        "land 1",
        "Presseportal der Landesregierung (Übungsausgabe) 1",
    ]
    only = shown(client, offices[0].get("href"))
    assert only.xpath("string(//h1)") == "1. Juni 2025 – 10. Juni 2025"
    assert only.xpath("//dl[@class='tally']//dd/text()") == ["1", "0", "70"]
    assert not only.xpath("//p[@class='suggestions']")


@pytest.mark.parametrize("path", ["/new", "/"])
@pytest.mark.parametrize("misspelt", ["uebungsportl", "Presseportal Landesregierung (Übungsausgabe)"])
def test_an_office_that_is_not_known_brings_those_that_may_be_meant(
    client: TestClient, path: str, misspelt: str
) -> None:
    page = shown(client, f"{path}?source={misspelt}")
    told = page.xpath("//p[@role='status']")[0]
    assert "Keine bekannte Pressestelle heißt" in told.text_content()
    assert any(f"source={OFFICE}" in link for link in told.xpath("a/@href"))
    assert not shown(client, f"{path}?source={OFFICE}").xpath("//p[@role='status']")


def test_a_programme_that_is_not_known_brings_those_of_the_same_days(client: TestClient, engine: Engine) -> None:
    Page("Steg", "2025-06-20", projects=["Stegprogramm"]).says("Es sind 3 Stege.", "3 Stege", value="3").store(engine)
    answer = client.get("/new?project=Stegprogram&day=2025-06-10&since=2025-06-01&state=BE")
    links = html.fromstring(answer.content).xpath("//p[@role='status']/a/@href")
    assert answer.status_code == 404
    assert "/new?state=BE&day=2025-06-10&since=2025-06-01&project=Stegprogramm" in links


def test_links_lead_to_days_that_have_anything(client: TestClient) -> None:
    page = shown(client, "/new")
    assert page.xpath("string(//h1)") == "10. Juni 2025"
    assert not page.xpath("//nav[@class='days']/a[@rel='next']")
    earlier = shown(client, page.xpath("string(//nav[@class='days']/a[@rel='prev']/@href)"))
    assert earlier.xpath("string(//h1)") == "1. Juni 2025"
    assert not earlier.xpath("//nav[@class='days']/a[@rel='prev']")
    assert shown(client, earlier.xpath("string(//a[@rel='next']/@href)")).xpath("string(//h1)") == "10. Juni 2025"
    empty = shown(client, "/new?day=2025-06-05")
    assert [link.split("day=")[1] for link in empty.xpath("//nav[@class='days']/a[@rel]/@href")] == [
        "2025-06-01", "2025-06-10",
    ]  # fmt: skip


def test_several_days_are_shown_page_by_page(client: TestClient) -> None:
    page = shown(client, "/new?since=2025-06-01&day=2025-06-10")
    assert page.xpath("string(//h1)") == "1. Juni 2025 – 10. Juni 2025"
    assert page.xpath("//dl[@class='tally']//dd/text()") == ["2", "0", "71"]
    more = shown(client, page.xpath("string(//a[@rel='next' and @class='button']/@href)"))
    keys = [set(each.xpath("//ul[@class='digest']//a/@href")) for each in (page, more)]
    assert len(keys[0]) == 60 and len(keys[0] | keys[1]) == 71
    assert not more.xpath("//a[@class='button' and @rel='next']")


def test_what_is_announced_is_not_shown_as_done(client: TestClient, engine: Engine) -> None:
    page = Page("Brücke", "2025-06-20")
    page.says("Die Brücke soll 2026 fertig sein.", "fertig", kind="status", status="completed", modality="planned")
    page.store(engine, fetched_at=moment("2025-06-20", 18))
    (told,) = shown(client, "/new?day=2025-06-20").xpath("//ul[@class='digest']//b/text()")
    assert told == "angekündigt: Abschluss"


def test_a_correction_counts_on_the_day_of_the_release_too(client: TestClient, engine: Engine) -> None:
    for hour, text in ((8, "Es sind 5 Wege."), (20, "Es sind 6 Wege.")):
        Page("Wege", "2025-06-20", body=text).store(engine, fetched_at=moment("2025-06-20", hour))
    page = shown(client, "/new?day=2025-06-20")
    assert page.xpath("//dl[@class='tally']//dd/text()")[:2] == ["1", "1"]


def test_a_number_that_was_corrected_is_told_once_with_both_sentences(engine: Engine) -> None:
    now = datetime.now(UTC)
    for done, ago in (("31", 1), ("34", 0)):
        page = Page("Netze", "2025-06-01", url="https://land.example/netz")
        sentence = f"{done} von 80 Schulen haben ein Netz, 12 davon neu."
        school = {"counted": "Schule", "subject": "Netzpakt"}
        page.says(
            sentence,
            f"{done} von 80 Schulen",
            value=done,
            of="80",
            **school,
            status="operating" if done == "34" else None,
        )
        page.says(sentence, "12 davon", value="12", **school)
        page.store(engine, fetched_at=now - timedelta(seconds=ago))
    client = TestClient(create_app(engine, sources=bundled_sources(), now=lambda: now), follow_redirects=False)
    found = client.get("/api/v1/new").json()
    assert [(each["before"]["value"], each["after"]["value"]) for each in found["changed"]] == [("31", "34")]
    assert "34" not in [each["value"] for each in found["claims"]], "it is no new claim"
    (told,) = shown(client, "/new").xpath("//ul[@class='digest']/li[contains(., 'geändert, vorher')]")
    assert "31 von 80 Schulen haben" in told.text_content() and "34 von 80 Schulen haben" in told.text_content()


def test_what_was_published_long_before_it_is_first_read_stands_apart(client: TestClient, engine: Engine) -> None:
    read = moment("2025-06-20", 18)
    for published, n in (("2012-03-01", 5), ("2025-05-10", 6), ("2025-06-19", 7)):
        page = Page(f"Wege {n}", published, url=f"https://presse.example/{published}")
        page.says(f"Es sind {n} Wege.", f"{n} Wege", value=str(n), counted="Weg", subject=f"Wegenetz {n}")
        page.store(engine, fetched_at=read)
    page = shown(client, "/new?day=2025-06-20")
    assert page.xpath("//dl[@class='tally']//dd/text()") == ["1", "0", "1"]
    text = " ".join(page.text_content().split())
    assert "Nicht neu, aber erstmals gelesen: 2 ältere Meldungen, veröffentlicht 1. März 2012 bis 10. Mai 2025." in text
    assert "Wege 7" in text and "Wege 5" not in text and "Wegenetz 6" not in text
    (link,) = page.xpath("//p[@class='notice']/a/@href")
    assert {"Wege 5", "Wege 6"} <= {each.strip() for each in shown(client, link).xpath("//ul//a/text()")}
    told = client.get("/api/v1/new?day=2025-06-20").json()
    assert [each["title"] for each in told["releases"]] == ["Wege 7"] and told["late"] == 2
    assert [each["value"] for each in told["claims"]] == ["7"]
    more = Page("Wege 5", "2012-03-01", url="https://presse.example/2012-03-01")
    more.says("Es sind 5 Wege.", "5 Wege", value="5", counted="Weg")
    more.says("Es sind 8 Stege.", "8 Stege", value="8", counted="Steg")
    more.store(engine, fetched_at=moment("2025-06-25", 18))
    corrected = client.get("/api/v1/new?day=2025-06-25").json()
    assert [each["value"] for each in corrected["claims"]] == ["8"], "what an old release comes to say is news"


def test_imports_are_no_news_and_said_to_be_elsewhere(client: TestClient, engine: Engine) -> None:
    note_import(engine, "archiv", "Archiv des Landes")
    Page("Alte Wege", "2005-06-05", body="Es sind 5 Wege.").store(
        engine, source_id="archiv", fetched_at=moment("2025-06-05", 9)
    )
    for address in ("/new?day=2025-06-05", "/new?day=2025-06-05&source=archiv", "/watch?q=Weg", "/watch?source=archiv"):
        page = shown(client, address)
        assert page.xpath("//p[@class='notice']/a/@href")[-1] == "/?source=archiv", address
        assert not page.xpath("//dl[@class='tally']") or page.xpath("//dl[@class='tally']//dd/text()") == ["0"] * 3
    assert client.get("/api/v1/new?day=2025-06-05&source=archiv").json()["releases"] == []
    assert not shown(client, "/new?day=2025-06-10").xpath("//p[@class='notice']/a")


def test_one_press_office_and_its_silent_releases(client: TestClient, engine: Engine) -> None:
    store_text(engine, "https://presse.example/still", "Stille Meldung", "Nichts gezählt.", "2025-06-01", OFFICE)
    run = start_run(engine, "ingest", now=NOW)
    for source, state in ((OFFICE, "failed"), ("land", "completed")):
        record_source(engine, SourceRecord(run, source, state, "403", {}, NOW, NOW))
    page = shown(client, f"/new?since=2025-06-01&day=2025-06-10&source={OFFICE}")
    assert page.xpath("//dl[@class='tally']//dd/text()") == ["2", "0", "1"]
    assert page.xpath("//ul[@class='list']//a/text()") == ["Stille Meldung"]
    assert "gescheitert" in page.xpath("string(//p[@class='notice'])")
    assert page.xpath("//select[@name='source']/option[@selected]/@value") == [OFFICE]


@pytest.fixture
def of_two_lands(engine: Engine) -> TestClient:
    """Releases of an office of Berlin and one of Bavaria, on two days each."""
    run = start_run(engine, "ingest", now=NOW)
    for day in ("2025-06-01", "2025-06-10"):
        for office in ("berlin", "bayern"):
            page = Page(f"{office} {day}", day, url=f"https://{office}.example/{day}")
            page.says("Es sind 3 Brücken.", "3 Brücken", value="3", counted="Brücke")
            page.store(engine, fetched_at=moment(day, 18), source_id=office)
    for office, state in (("berlin", "completed"), ("bayern", "failed")):
        record_source(engine, SourceRecord(run, office, state, None, {}, NOW, NOW))
    return TestClient(create_app(engine, sources=bundled_sources(), now=lambda: NOW), follow_redirects=False)


def test_what_is_new_is_narrowed_to_a_land_and_stays_so_from_day_to_day(of_two_lands: TestClient) -> None:
    page = shown(of_two_lands, "/new")
    lands = page.xpath("//select[@name='state']/option")
    assert [(each.get("value"), each.text) for each in lands] == [("", "alle"), ("BY", "Bayern"), ("BE", "Berlin")]
    assert page.xpath("//dl[@class='tally']//dd/text()") == ["2", "0", "2"]
    only = shown(of_two_lands, "/new?state=BE")
    assert only.xpath("//dl[@class='tally']//dd/text()") == ["1", "0", "1"]
    links = only.xpath(
        "//nav[@class='days']/a/@href | //form[@class='narrow']/a/@href | //link[@rel='alternate']/@href"
    )
    assert links and all("state=BE" in each for each in links)
    # An office of another Land that is not well is no news of this one.
    assert page.xpath("//p[@class='notice']") and not only.xpath("//p[@class='notice']")
    earlier = shown(of_two_lands, only.xpath("string(//nav[@class='days']/a[@rel='prev']/@href)"))
    assert earlier.xpath("//dl[@class='tally']//dd/text()") == ["1", "0", "1"]
    assert earlier.xpath("string(//select[@name='state']/option[@selected])") == "Berlin"
    assert not shown(of_two_lands, "/new?state=BE&source=bayern&day=2025-06-10").xpath("//section[@class='group']")


def test_the_feed_and_the_api_of_what_is_new_are_narrowed_alike(of_two_lands: TestClient, engine: Engine) -> None:
    with engine.begin() as connection:  # changes are dated by the clock, which stands elsewhere here
        connection.execute(ChangeRow.__table__.update().values(at=NOW))
    every, only = (of_two_lands.get(f"/new.atom{query}").text for query in ("", "?state=BE"))
    assert (every.count("<entry>"), only.count("<entry>")) == (4, 2)
    assert "Neu, Berlin" in only and "state=BE" in only
    found = of_two_lands.get("/api/v1/new?day=2025-06-10&state=BY").json()
    assert [each["source_id"] for each in found["releases"]] == ["bayern"]
    watched = of_two_lands.get("/watch.atom?state=BE").text
    assert watched.count("<entry>") <= 2 and "Berlin" in watched
    assert "bayern" not in watched
    about = shown(of_two_lands, "/watch?state=BE&kind=count").xpath("string(//h1)")
    assert about == "Beobachten: Anzahl, Berlin"
    assert shown(of_two_lands, "/watch?state=BE").xpath("string(//h1)") == "Beobachten: Berlin"


def test_where_nothing_is_new_the_nearest_days_of_publication_are_told(client: TestClient) -> None:
    page = shown(client, "/new?day=2025-06-05")
    (told,) = (each for each in page.xpath("//p[@class='notice']") if "veröffentlicht" in each.text_content())
    assert told.xpath("a/@href") == [f"/releases?since=2025-06-{day}&until=2025-06-{day}" for day in ("01", "10")]
    assert not shown(client, "/new?day=2025-06-10").xpath("//p[@class='notice']")


def test_an_archive_leads_to_what_was_published_on_a_day(client: TestClient, engine: Engine) -> None:
    note_import(engine, "archiv", "Archiv")
    Page("Alte Brücken", "2024-10-01").store(engine, fetched_at=moment("2025-06-30"), source_id="archiv")
    page = shown(client, "/new?day=2024-10-01&source=archiv")
    (address,) = page.xpath("//p[@class='notice']/a[contains(., 'Meldung')]/@href")
    listed = shown(client, address)
    assert listed.xpath("//main//h2/text()") == ["1. Oktober 2024"]
    assert listed.xpath("//ul[@class='list']//a/text()") == ["Alte Brücken"]


def test_a_release_that_its_office_deleted_is_called_so_wherever_its_claims_stand(
    client: TestClient, engine: Engine
) -> None:
    page = Page("Fähren", "2025-06-20", projects=["Fährpakt"], url="https://land.example/faehren")
    page.says("Im Fährpakt fahren 4 Fähren.", "4 Fähren", value="4", counted="Fähre", subject="Fährpakt")
    page.store(engine, source_id="land")
    search = shown(client, "/?project=Fährpakt")
    claim, release = (search.xpath(f"string(//article//a[starts-with(@href, '/{of}/')]/@href)")
                      for of in ("claims", "releases"))  # fmt: skip
    paths = ("/?project=Fährpakt", "/releases?project=Fährpakt", "/projects/Fährpakt", claim, release)

    def told() -> list[bool]:
        texts = [" ".join(shown(client, path).xpath("//main")[0].text_content().split()) for path in paths]
        return [any(words in text for words in ("Herausgeber gelöscht", "nicht mehr zu finden")) for text in texts]

    def in_files() -> tuple[str | None, str]:
        (stated,) = client.get("/api/v1/claims?project=Fährpakt").json()["claims"]
        table = client.get("/claims.csv?project=Fährpakt&format=csv-de").text.removeprefix("\ufeff")
        (row,) = csv.DictReader(table.splitlines(), delimiter=";")
        return stated["gone_at"], row["Gelöscht am"]

    assert (told(), in_files()) == ([False] * 5, (None, ""))
    record_fetch(engine, "land", page.url, Vanished(datetime(2025, 6, 30, tzinfo=UTC), 404, "not found"))
    assert (told(), in_files()) == ([True] * 5, ("2025-06-30T02:00:00+02:00", "2025-06-30"))
