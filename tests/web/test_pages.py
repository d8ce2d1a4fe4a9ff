"""The pages: what they show, in both languages, and what every answer carries."""

import csv
import json
import re
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient
from lxml import etree, html
from openpyxl import load_workbook
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from inquiries.series import make_series
from models.claim import Cue, Restriction
from output.formats.frames import claims_frame
from scrapers.registry import source
from tests.support.releases import Page
from tests.support.three_reports import PROGRAMME
from web.app import create_app

WEB = Path(__file__).parents[2] / "web"
MOST_BYTES = 60_000


def key_of(engine: Engine, **wanted: str) -> str:
    return claims(engine, ClaimFilter(**wanted)).claims[0].key


def paths(engine: Engine) -> list[str]:
    stored = claims(engine, ClaimFilter(status="completed")).claims[0]
    return [
        "/", "/?q=Vorhaben", f"/?project={PROGRAMME}&status=completed", "/?project=Unbekannt",
        f"/claims/{stored.key}", f"/releases/{stored.release_id}", "/comparison", f"/comparison?programme={PROGRAMME}",
        f"/comparison?programme={PROGRAMME}&programme=Ruhr-Konferenz", "/projects", f"/projects/{PROGRAMME}", "/new",
        "/new?day=2025-06-01", "/health", "/check", "/check/verdicts", "/review", "/api",
        "/series", "/series?q=Vorhaben", f"/series/{stored.key}", "/plans", "/plans?year=2024",
        f"/check?statement=Vom {PROGRAMME} sind 50 Vorhaben abgeschlossen.&said_on=2025-07-01",
    ]  # fmt: skip


@pytest.fixture
def reports(reports: Engine) -> Engine:
    """The three reports with the series that they make."""
    make_series(reports, datetime(2025, 6, 1, tzinfo=UTC))
    return reports


def test_every_page_in_both_languages(client: TestClient, reports: Engine) -> None:
    for path in paths(reports):
        for prefix, language in (("", "de"), ("/en", "en")):
            answer = client.get(prefix + path)
            assert answer.status_code == 200, path
            document = html.fromstring(answer.content)
            assert document.get("lang") == language
            assert len(document.xpath("//h1")) == 1, path
            assert len(answer.content) <= MOST_BYTES, path
            other = document.xpath("//a[@class='language']/@href")[0]
            assert client.get(other).status_code == 200


def test_words_of_releases_are_marked_as_german_on_english_pages(client: TestClient, reports: Engine) -> None:
    for path in paths(reports):
        body = html.fromstring(client.get("/en" + path).content).find("body")
        around = [text.getparent() for text in body.xpath(".//main//text()") if PROGRAMME in text or "Vorhaben" in text]
        unmarked = [each for each in around if each.xpath("string(ancestor-or-self::*[@lang][1]/@lang)") != "de"]
        # What was typed stands as it was typed, also in the page's own address; a citation has the publisher's title.
        echoes = [
            each
            for each in unmarked
            if each.get("class") in ("printed break", "citation") or each.xpath("ancestor::form")
        ]
        assert [html.tostring(each) for each in unmarked if each not in echoes] == [], path


def test_links_of_a_language_stay_in_it(client: TestClient, reports: Engine) -> None:
    for path in paths(reports):
        document = html.fromstring(client.get("/en" + path).content)
        own = [link for link in document.xpath("//main//a/@href") if link.startswith("/")]
        outside = ("/en/", "/en?", "/api/", "/releases/")
        assert [link for link in own if not link.startswith(outside) and link != "/en"] == [], path


def test_every_message_is_translated() -> None:
    found = extract_from_dir(
        str(WEB),
        [("**.py", "python"), ("templates/**.html", "jinja2")],
        options_map={"templates/**.html": {"trimmed": "true"}},
        keywords={"_": None, "gettext": None, "ngettext": (1, 2)},
    )
    with (WEB / "locale/en.po").open("rb") as source:
        catalogue = read_po(source, locale="en")
    used = {message for _, _, message, _, _ in found}
    known = {message.id: message.string for message in catalogue if message.id}
    assert used == set(known)
    assert all(known.values())


def test_readers_get_no_cookie_and_nothing_from_elsewhere(client: TestClient, reports: Engine) -> None:
    for path in paths(reports):
        answer = client.get(path)
        assert "set-cookie" not in answer.headers
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        document = html.fromstring(answer.content)
        loaded = document.xpath("//script/@src | //img/@src | //iframe/@src | //link[@rel='stylesheet']/@href")
        assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
        assert not document.xpath("//script[not(@src)][not(@type='application/ld+json')]")
        assert not document.xpath("//@style | //@onclick | //@onload")


def test_a_claim_page_proves_the_claim(client: TestClient, reports: Engine) -> None:
    stored = claims(reports, ClaimFilter(status="completed", since="2024")).claims[0]
    page = html.fromstring(client.get(f"/claims/{stored.key}").content)
    assert page.xpath("string(//h1)").split() == ["42", "von", "73", "Vorhaben"]
    assert page.xpath("//blockquote[@class='verbatim']//mark/text()") == ["42 abgeschlossen"]
    assert stored.snapshot_hash in page.text_content()
    series = page.xpath("//section[@aria-labelledby='series']//td[@class='num']/a/text()")
    assert series == ["22", "1"]
    assert page.xpath("//section[@aria-labelledby='series']//tr[@aria-current]//b/text()") == ["42"]
    described = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    assert (described["@type"], described["text"]) == ("Claim", stored.claim.sentence)
    assert "Bericht 2024" in client.get(f"/claims/{stored.key}/cite.ris").text
    assert "@misc{" in client.get(f"/claims/{stored.key}/cite.bib").text


def test_a_claim_page_says_where_its_project_was_read(client: TestClient, reports: Engine) -> None:
    page = Page("Hafenfest eröffnet", "2024-05-02", url="https://land.example/fest")
    page.body = "Das Hafenfest hat 31 Boote. Es gibt 32 Stände. Der Markt hat 33 Stände."
    for quote, cue in (("31 Boote", (24, 33)), ("32 Stände", (0, 9)), ("33 Stände", (24, 33))):
        sentence = next(each for each in page.body.split(". ") if quote in each)
        cues = (Cue("subject", *cue),)
        page.says(sentence, quote, value=quote[:2], counted="Ding", subject="Hafenfest", cues=cues)
    page.store(reports)
    said = {}
    for quote in ("31 Boote", "32 Stände", "33 Stände"):
        shown = html.fromstring(client.get(f"/claims/{key_of(reports, text=quote)}").content)
        said[quote] = shown.xpath(
            "string(//dl[@class='facts']//a[@href='/projects/Hafenfest']/following-sibling::small)"
        )
    assert said == {
        "31 Boote": "",
        "32 Stände": "(aus der Überschrift erschlossen)",
        "33 Stände": "(aus einem anderen Satz erschlossen)",
    }


def test_an_archived_text_that_the_page_shows_already_is_folded(client: TestClient, reports: Engine) -> None:
    for number, more in ((71, ""), (72, "\n\n" + "Es gab viele Gäste. " * 40)):
        page = Page(f"Boote {number}", "2024-05-01", url=f"https://land.example/{number}")
        page.says(f"Es sind {number} Boote.", f"{number} Boote", value=str(number), counted="Boot")
        page.body += more
        page.store(reports)
        shown = html.fromstring(client.get(f"/claims/{key_of(reports, text=f'{number} Boote')}").content)
        assert len(shown.xpath("//details/div[@class='sheet']")) == (1 if not more else 0)
        assert len(shown.xpath("//div[@class='sheet']")) == 1


def test_a_comparison_has_its_evidence_one_click_away(client: TestClient) -> None:
    page = html.fromstring(client.get("/comparison", params={"programme": PROGRAMME}).content)
    cells = page.xpath("//table[@class='numbers']//td//a/@href")
    assert len(cells) == 3 * 3
    for target in cells:
        assert page.xpath(f"//*[@id='{target.removeprefix('#')}']//blockquote"), target
    assert page.xpath("//figure//img/@src")
    assert "58 ohne Angabe" not in page.text_content() and "68 ohne Angabe" in page.text_content()


@pytest.mark.parametrize(("form", "start"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_charts_are_images(client: TestClient, form: str, start: bytes) -> None:
    for theme, size in (("light", "wide"), ("dark", "narrow")):
        asked = {"programme": PROGRAMME, "theme": theme, "size": size}
        image = client.get(f"/comparison/chart.{form}", params=asked)
        assert image.content.startswith(start)


def test_parts_of_a_chart_carry_their_numbers(client: TestClient) -> None:
    wide, narrow = (
        etree.fromstring(client.get("/comparison/chart.svg", params={"programme": PROGRAMME, "size": size}).content)
        for size in ("wide", "narrow")
    )
    written = [set(chart.xpath("//*[local-name()='text']/text()")) for chart in (wide, narrow)]
    assert {"42", "22", "15", "13", "4", "Ende 2024", "abgeschlossen"} <= written[0]
    # The number of a last part that has no room stands beside it.
    assert {"42", "22", "15", "13", "4"} <= written[1]
    assert float(narrow.get("width")) < 360 < float(wide.get("width"))


def test_a_check_of_several_statements_counts_its_verdicts(client: TestClient, reports: Engine) -> None:
    true, false = (f"Vom {PROGRAMME} sind {number} Vorhaben abgeschlossen." for number in (42, 50))
    told = {
        statement: " ".join(html.fromstring(client.get("/check", params={"statement": statement}).content)
                            .get_element_by_id("verdict").text_content().split())
        for statement in (true, f"{true} {false}")
    }  # fmt: skip
    assert told == {true: "Belegt", f"{true} {false}": "1 × Weicht ab 1 × Belegt"}


def test_a_disputed_number_is_shown_with_both_sentences(client: TestClient, reports: Engine) -> None:
    said = [f"Am 3. April 2022 standen {number} Schlafplätze bereit." for number in ("984", "1.046")]
    seen = {"counted": "Schlafplatz", "subject": "Seenhilfe", "as_of": "2022-04-03", "reporting_basis": "stated"}
    for day, sentence, value in zip(("2022-04-13", "2022-04-06"), said, ("984", "1046"), strict=True):
        page = Page("Aktuelle Plätze", day, "2022-04-03", url=f"https://land.example/plaetze-{day}")
        page.says(sentence, sentence.split("standen ")[1].removesuffix(" bereit."), value=value, **seen).store(reports)
    statement = "Am 3. April 2022 standen in der Seenhilfe 984 Schlafplätze bereit."
    shown = html.fromstring(client.get("/check", params={"statement": statement}).content)
    assert " ".join(shown.get_element_by_id("verdict").text_content().split()) == "Strittig"
    quotes = [" ".join(each.text_content().split()) for each in shown.findall(".//article/article/blockquote")]
    assert quotes == said
    (finding,) = client.get("/api/v1/check", params={"statement": statement}).json()["findings"]
    assert (finding["verdict"], [each["value"] for each in finding["evidence"]]) == ("disputed", ["984", "1046"])
    assert html.fromstring(client.get("/check/verdicts").content).get_element_by_id("disputed") is not None


def test_a_slip_of_the_week_is_told_at_each_number_of_the_release(client: TestClient, reports: Engine) -> None:
    seen = {"as_of": "2022-04-03", "reporting_date": "2022-04-03", "reporting_basis": "stated", "subject": "Seenhilfe"}
    for week, day, places, taken in (("13", "2022-04-06", "1046", "980"), ("14", "2022-04-13", "984", "920")):
        page = Page(f"Aktuelle Plätze der Seenhilfe ({week}. KW 2022)", day, url=f"https://land.example/plaetze-{day}")
        sentence = f"In der vergangenen Woche (13. KW) standen {places} Schlafplätze bereit."
        page.says(sentence, f"{places} Schlafplätze", value=places, counted="Schlafplatz", **seen)
        page.says(f"{taken} Schlafplätze waren belegt.", f"{taken} Schlafplätze", value=taken, counted="Schlafplatz",
                  predicate="belegt", status="operating", **seen).store(reports)  # fmt: skip
    shown = html.fromstring(client.get("/restatements").content)
    cases = [section for section in shown.findall(".//section") if "Schlafplätze" in section.text_content()]
    assert len(cases) == 2
    for case in cases:
        told = " ".join(case.text_content().split())
        assert told.count("Die Überschrift nennt „14. KW“, ein Satz „13. KW“; eines davon ist ein Versehen") == 1
        assert "Gelesen für denselben Stichtag: 3. April 2022" in told
        assert case.find("h2/del") is None, "which number holds is not known"
        assert "%" not in told


def test_what_was_told_otherwise_is_called_as_its_sentence_calls_it(client: TestClient, reports: Engine) -> None:
    seen = {"as_of": "2021-09", "reporting_date": "2021-09", "reporting_basis": "stated", "counted": "Arbeitsloser"}
    for day, value in (("2021-09-30", "190435"), ("2021-11-30", "180292")):
        page = Page("Zum Arbeitsmarkt", day, url=f"https://land.example/arbeit-{day}")
        sentence = f"“ Im September 2021 waren insgesamt {value} Arbeitslose gemeldet."
        page.says(sentence, f"{value} Arbeitslose", value=value, **seen).store(reports)
    shown = html.fromstring(client.get("/restatements").content)
    assert "Arbeitslose 190.435" in " ".join(shown.find(".//h2").text_content().split())
    quotes = [" ".join(each.text_content().split()) for each in shown.findall(".//blockquote")]
    assert quotes[0] == "Im September 2021 waren insgesamt 190435 Arbeitslose gemeldet."


def test_a_number_of_a_table_is_not_listed_again_below_it(client: TestClient, reports: Engine) -> None:
    sub = {"counted": "Helferin", "subject": PROGRAMME}
    for year, number in (("2021", 61), ("2022", 62)):
        page = Page(f"Hilfe {year}", f"{year}-06-01", url=f"https://land.example/hilfe-{year}", projects=[PROGRAMME])
        page.says(f"Im {PROGRAMME} gibt es {number} Helferinnen.", f"{number} Helferinnen", value=str(number), **sub)
        if year == "2021":
            page.says(
                f"Im {PROGRAMME} wirken {number} Helferinnen und 7 Boten mit.",
                f"{number} Helferinnen",
                value=str(number),
                status="operating",
                **sub,
            )
            page.says(f"Im {PROGRAMME} wirken {number} Helferinnen und 7 Boten mit.", "7 Boten", value="7",
                      counted="Bote", subject=PROGRAMME)  # fmt: skip
        page.store(reports)
    shown = html.fromstring(client.get(f"/comparison?programme={PROGRAMME}").content)
    alone = shown.xpath("//div[starts-with(@aria-label, 'Weitere Zahlen')]//th[@scope='row']//a/text()")
    assert "7" in alone and "61" not in alone


def test_plans_of_a_year_and_later_ones(client: TestClient, reports: Engine) -> None:
    for year in ("2027", "2041"):
        page = Page(f"Uferfonds {year}", "2025-06-01", url=f"https://land.example/{year}", projects=["Uferfonds"])
        page.says(f"Im Uferfonds sollen bis {year} neun Stege entstehen.", "neun Stege", value="9", counted="Steg",
                  modality="planned", until=year, subject="Uferfonds")  # fmt: skip
        page.store(reports)
    for address, due in (("/plans?year=2027", ["2027"]), ("/plans?year=2027&later=true", ["2027", "2041"])):
        shown = html.fromstring(client.get(address).content)
        assert shown.xpath("//article//b[starts-with(., 'fällig')]/text()") == [f"fällig {year}" for year in due]
        assert shown.xpath("//nav[@aria-label='Fällig im Jahr']/a[contains(., 'und später')]/@href") == [
            "/plans?year=2027&later=true"
        ]
    newest = html.fromstring(client.get("/plans?year=2027&later=true&sort=announced").content)
    assert newest.xpath("//article//a[@class='opens']") and newest.xpath("//p[@class='sorted']/b/text()") == [
        "was zuletzt angekündigt wurde"
    ]
    # What is counted is no state of the programme that the sentence names.
    named = newest.xpath("//article//span[starts-with(., 'genannt:')]/a/text()")
    assert named == ["Uferfonds", "Uferfonds"]
    every = html.fromstring(client.get("/plans?year=2041").content).xpath("//p[@class='lead']/a/@href")[0]
    assert every == "/?modality=planned&due_since=2041&due_until=2041"
    found = html.fromstring(client.get(every).content)
    assert found.xpath("//h2[@id='count']/text()") == ["1 Angabe"] and "2041" in found.text_content()


def test_programmes_stand_side_by_side(office_client: TestClient) -> None:
    asked = {"programme": ["Ruhr-Konferenz", "Klinikfonds", "Mondbasis"]}
    page = html.fromstring(office_client.get("/comparison", params=asked).content)
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("th | td")]
        for row in page.xpath("(//table[@class='numbers'])[1]//tr")
    ]
    assert rows[0][1:] == ["gesamt", "in Umsetzung", "abgeschlossen", "nicht weiterverfolgt"]
    assert rows[1:] == [["Ruhr-KonferenzEnde 2024", "73", "1622 %", "4258 %", "1521 %"]]
    # Of one date alone a number does not show how things stand; that is said, and what else is stated stands below.
    assert "Ohne solche Zahlen: Klinikfonds." in page.text_content()
    assert page.xpath("//section[@aria-labelledby='p2']//table")
    assert "heißt „Mondbasis“" in page.xpath("string(//p[@role='status'])")
    twin = page.xpath("//link[@type='application/json']/@href")[0]
    known = office_client.get(twin).json()["comparisons"]
    assert [each["programme"] for each in known] == ["Ruhr-Konferenz", "Klinikfonds"]
    table = office_client.get(f"{twin}&format=csv").text
    assert "\nRuhr-Konferenz," in table and "\nKlinikfonds," not in table
    assert office_client.get("/api/v1/comparisons", params={"programme": "Mondbasis"}).status_code == 404


def test_a_correction_is_shown_as_a_difference(client: TestClient, reports: Engine) -> None:
    later = Page("Bericht 2024", "2025-06-01", "2024-12-31", projects=[PROGRAMME])
    sentence = "Von den 73 Vorhaben sind 44 abgeschlossen, 15 wurden aufgegeben."
    later.says(sentence, "44 abgeschlossen", value="44", counted="Vorhaben", of="73", status="completed",
               subject=PROGRAMME)  # fmt: skip
    stored = later.store(reports, fetched_at=datetime(2025, 7, 1, tzinfo=UTC))
    assert stored.corrected
    page = html.fromstring(client.get(f"/releases/{stored.release_id}").content)
    assert "42" in page.xpath("//del/text()")
    assert "44" in page.xpath("//ins/text()")
    assert len(page.xpath("//section[@aria-labelledby='proof']//li")) == 2


def test_one_release_of_two_offices_names_the_other(client: TestClient, reports: Engine) -> None:
    sentence = "Im Land sind von 40 Brücken heute 31 saniert, neun weitere folgen bis 2030."
    offices = ("land-nrw", "nrw-munv")
    urls = {office: f"https://{office}.example/bruecken" for office in offices}
    stored = {
        office: Page("Brücken saniert", "2025-09-01", url=urls[office])
        .says(sentence, "31 saniert", value="31", counted="Brücke")
        .store(reports, source_id=office)
        for office in offices
    }
    for office, other in (offices, offices[::-1]):
        page = html.fromstring(client.get(f"/en/releases/{stored[office].release_id}").content)
        (link,) = page.xpath("//p[@class='twins']/a")
        assert link.get("href") == f"/en/releases/{stored[other].release_id}"
        assert link.text == source(other).publisher
        assert "The same release at:" in page.text_content()
        assert "(100 % of the text alike)" in page.text_content()
        assert client.get(link.get("href")).status_code == 200
        (twin,) = client.get(f"/api/v1/releases/{stored[office].release_id}").json()["twins"]
        assert twin == {
            "release_id": stored[other].release_id,
            "source_id": other,
            "url": urls[other],
            "title": "Brücken saniert",
            "similarity": 1.0,
        }
    alone = claims(reports, ClaimFilter(status="completed")).claims[0].release_id
    assert client.get(f"/api/v1/releases/{alone}").json()["twins"] == []
    assert "Dieselbe Mitteilung" not in client.get(f"/releases/{alone}").text


def test_the_archived_page_can_do_nothing(engine: Engine, client: TestClient, reports: Engine) -> None:
    page = Page("Mit Skript", "2025-09-01").says("Es sind 3 Brücken.", "3 Brücken", value="3", counted="Brücke")
    stored = page.store(
        reports,
        html="<html><head><script>alert(1)</script><link rel=stylesheet href=https://evil.example/x.css></head>"
        "<body onload=alert(2)><h1>Mit Skript</h1><img src=https://evil.example/p.png onerror=alert(3)>"
        "<a href='javascript:alert(4)'>klick</a><form action=/x><input></form>Es sind 3 Brücken.</body></html>",
    )
    place = f"/releases/{stored.release_id}/revisions/{stored.revision_id}"
    shown = client.get(f"{place}/page")
    assert shown.headers["content-security-policy"].startswith("sandbox;")
    assert not re.search(r"script|onload|onerror|evil|<form|href", shown.text)
    assert "Es sind 3 Brücken." in shown.text
    saved = client.get(f"{place}/bytes")
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["content-disposition"].startswith("attachment")
    assert b"alert(1)" in saved.content
    frame = html.fromstring(client.get(place).content).xpath("//iframe")[0]
    assert frame.get("sandbox") == "" and frame.get("src") == f"{place}/page"


def test_unknown_pages_say_so(client: TestClient) -> None:
    for path in ("/nothing", "/claims/" + "0" * 16, "/projects/Unbekannt", "/releases/" + "f" * 16):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Das gibt es hier nicht" in answer.text
        assert "Nothing is stored at this address" in client.get("/en" + path).text


def test_what_cannot_be_understood_is_named_without_english(client: TestClient) -> None:
    page = html.fromstring(client.get("/", params={"status": "abgeschlosen", "q": "Vorhaben"}).content)
    (link,) = page.xpath("//p[@role='status']/a")
    assert link.text == "abgeschlossen"
    shown = client.get(link.get("href"))
    assert shown.status_code == 200 and "42 abgeschlossen" in html.fromstring(shown.content).text_content()
    assert "Jahr: „zwanzig“" in client.get("/?year=zwanzig").text
    unlike = html.fromstring(client.get("/", params={"status": "xyz"}).content)
    assert "Möglich sind:" in unlike.text_content()
    assert "abgeschlossen" in [link.text for link in unlike.xpath("//p[@role='status']/a")]
    for path in ("/?year=zwanzig", "/nothing", "/claims/" + "0" * 16, "/review/claims"):
        text = html.fromstring(client.get(path).content).xpath("string(//main)")
        assert not re.search(r"\b(should|There is|token|Not Found|with)\b", text), path


def test_nouns_stand_as_the_release_writes_them(client: TestClient, reports: Engine) -> None:
    page = Page("Züge", "2025-10-01").says("Es fahren 24 neue „Regio“-Züge.", "24", value="24", counted="Zug")
    stored = page.store(reports)
    key = key_of(reports, release=stored.release_id)
    shown = html.fromstring(client.get(f"/claims/{key}").content)
    assert shown.xpath("string(//h1)").split() == ["24", "Züge"]
    assert shown.xpath("string(//p[@class='citation'])").startswith("„Es fahren 24 neue ‚Regio‘-Züge.“ ")
    assert "<title>24 Züge, 1. Oktober 2025</title>" in client.get("/claims.atom", params={"q": "Züge"}).text


def test_restrictions_stand_as_the_release_writes_them(client: TestClient, reports: Engine) -> None:
    sentence = "In Pankow leben 90 Menschen unter erschwerten Bedingungen."
    report = Page("Bericht", "2024-03-01", url="https://presse.example/lage")
    begin = len("Bericht\n\n")
    place, group = (begin + sentence.index(words) for words in ("Pankow", "erschwerten"))
    scope = (
        Restriction("place", "Pankow", place, place + len("Pankow")),
        Restriction("group", "erschwert Bedingung", group, group + len("erschwerten Bedingungen")),
    )
    stored = report.says(sentence, "90 Menschen", value=90, counted="Mensch", scope=scope).store(reports)
    shown = html.fromstring(client.get(f"/claims/{key_of(reports, release=stored.release_id)}").content)
    restricted = shown.xpath("//div[dt='Beschränkt auf']/dd")[0]
    told = " ".join(restricted.text_content().split())
    assert told == "Ort: Pankow; Gruppe: „erschwerten Bedingungen“"
    asked = {"release": stored.release_id}
    tables = [("/claims.csv", "csv", ","), ("/claims.csv", "csv-de", ";"), ("/api/v1/claims", "csv", ",")]
    given = [(client.get(path, params=asked | {"format": form}).text, cut) for path, form, cut in tables]
    rows = [next(csv.DictReader(StringIO(text), delimiter=cut)) for text, cut in given]
    plain = "place: Pankow; group: „erschwerten Bedingungen“"
    assert [each.get("restricted_to") or each.get("Beschränkt auf") for each in rows] == [plain, told, plain]
    (claim,) = client.get("/api/v1/claims", params=asked).json()["claims"]
    assert (claim["restricted_to"], len(claim["scope"])) == (plain, 2)
    (sheet,) = load_workbook(BytesIO(client.get("/en/claims.xlsx", params=asked).content)).worksheets
    names, row = sheet.iter_rows(values_only=True)
    assert row[names.index("Restricted to")] == "place: Pankow; group: „erschwerten Bedingungen“"
    assert claims_frame(reports, ClaimFilter(release=stored.release_id))["restricted_to"].to_list() == [plain]


def test_files_and_the_api_say_where_the_scale_is_uncertain(client: TestClient, reports: Engine) -> None:
    page = Page("Etat", "2025-10-01").says(
        "Es sind 1.665 Millionen Euro.", "1.665 Millionen Euro", kind="money", value="1665000", unit="EUR"
    )
    page.says("Davon sind 12 Euro da.", "12 Euro", kind="money", value="12", unit="EUR")
    asked = {"release": page.store(reports).release_id}
    told = {each["value"]: each["two_scales"] for each in client.get("/api/v1/claims", params=asked).json()["claims"]}
    assert told == {"1665000": "1.665 Millionen", "12": None}
    (sheet,) = load_workbook(BytesIO(client.get("/claims.xlsx", params=asked).content)).worksheets
    names, *rows = sheet.iter_rows(values_only=True)
    assert {row[names.index("Größenordnung unsicher")] for row in rows} == {"1.665 Millionen", None}


@pytest.mark.parametrize("path", ["/api", "/en/api"])
def test_names_for_programs_are_set_as_such(client: TestClient, path: str) -> None:
    shown = html.fromstring(client.get(path).content)
    assert "`" not in shown.text_content()
    assert shown.xpath("//td/code[text()='q']")


def test_more_values_of_a_facet_are_as_many_as_it_opens(client: TestClient, reports: Engine) -> None:
    report = Page("Bericht", "2024-03-01", url="https://presse.example/viele")
    for count in range(10, 65):
        report.says(f"Pakt {count} hat {count} Ziele.", f"{count} Ziele", value=count, subject=f"Pakt {count}")
    report.store(reports)
    shown = html.fromstring(client.get("/").content)
    opened = shown.xpath("//aside//section[ul[@aria-labelledby='f-project']]/details")[0]
    assert opened.xpath("normalize-space(summary)") == f"die nächsten {len(opened.xpath('.//li'))}" == "die nächsten 33"


def test_names_like_an_unknown_one_are_proposed(client: TestClient) -> None:
    for path, parameter in (("/", "project"), ("/comparison", "programme")):
        page = html.fromstring(client.get(path, params={parameter: "Modelprogram Altmark"}).content)
        assert page.xpath("//p[@role='status']/a")[0].text_content() == PROGRAMME
        assert client.get(page.xpath("//p[@role='status']/a/@href")[0]).text.count(PROGRAMME) > 2


def test_our_own_faults_are_pages_too(reports: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.news.whats_new", lambda *_, **__: 1 / 0)
    monkeypatch.setattr("web.api.news.whats_new", lambda *_, **__: 1 / 0)
    client = TestClient(create_app(reports), raise_server_exceptions=False)
    page = client.get("/new")
    assert (page.status_code, "Der Fehler liegt bei uns" in page.text) == (500, True)
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "ZeroDivision" not in page.text
    problem = client.get("/api/v1/new")
    assert (problem.status_code, problem.headers["content-type"]) == (500, "application/problem+json")


def test_a_comparison_of_many_dates_stays_small_and_each_number_leads_to_its_proof(
    client: TestClient, reports: Engine
) -> None:
    for month in range(1, 41):
        day = f"{2018 + month // 12}-{month % 12 + 1:02d}-01"
        report = Page(f"Stand {month}", day, day, url=f"https://presse.example/stand-{month}", projects=["Bettenplan"])
        said = {"subject": "Bettenplan", "counted": "Bett"}
        sentence = f"Im Bettenplan sind von 200 Betten {month + 50} fertig."
        report.says(sentence, "200 Betten", value="200", **said)
        report.says(sentence, f"{month + 50} fertig", value=str(month + 50), status="completed", of="200",
                    whole=0, **said).store(reports)  # fmt: skip
    answer = client.get("/comparison", params={"programme": "Bettenplan"})
    shown = html.fromstring(answer.content)
    assert len(answer.content) < MOST_BYTES
    cells = shown.xpath("//table[@class='numbers']//a[@class='cell']/@href")
    assert len(cells) == 80
    for place in cells:
        assert place.startswith("/claims/") or shown.xpath(f"//*[@id='{place.removeprefix('#')}']"), place


def test_the_list_says_that_the_search_finds_more_names_than_it_has(client: TestClient) -> None:
    told = "Aufgeführt sind Programme; die Suche findet auch jeden anderen Namen."
    listed, searched = (client.get(path).text for path in ("/projects", f"/projects?q={PROGRAMME}"))
    assert told in listed and told not in searched
