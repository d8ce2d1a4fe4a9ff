"""Journeys in a real Chromium over a real server: find, follow, compare, check, correct, by keyboard, at 360 px."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter, claims
from db.curation.reviewers import add_token
from db.curation.reviews import retract_review
from inquiries.series import make_series
from models.stored import StoredClaim
from tests.support.browsing import (
    MARKS,
    NARROW,
    SHOTS,
    VIEWS,
    WIDER,
    assert_readable,
    broken,
    browser,
    serving,
    watched,
)
from tests.support.releases import Page as PressPage
from tests.support.three_reports import PROGRAMME as THREE_REPORTS

PROGRAMME = "Ruhr-Konferenz"
NOW = datetime(2025, 6, 1, tzinfo=UTC)
pytestmark = MARKS
__all__ = ["browser"]


@pytest.fixture(scope="module")
def address(office_engine: Engine) -> Iterator[str]:
    """A real server on loopback over the bundled releases."""
    with serving(office_engine) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with watched(browser, address) as page:
        yield page


@pytest.fixture
def stored(office_engine: Engine) -> StoredClaim:
    wanted = ClaimFilter(project=PROGRAMME, status="discontinued", since="2024")
    return claims(office_engine, wanted).claims[0]


@pytest.fixture
def every_page(office_engine: Engine, stored: StoredClaim) -> dict[str, str]:
    from db.releases.queries import release

    revision = release(office_engine, stored.release_id).revisions[0].id
    statement = "Ende 2022 waren 20 der 73 Projekte der Ruhr-Konferenz nicht weiterverfolgt worden."
    return {
        "search": "/", "results": "/?q=Professuren", "filtered": f"/?project={PROGRAMME}&year=2024",
        "nothing": "/?q=Mondbasis", "claim": f"/claims/{stored.key}", "release": f"/releases/{stored.release_id}",
        "snapshot": f"/releases/{stored.release_id}/revisions/{revision}", "compare": "/comparison",
        "comparison": f"/comparison?programme={PROGRAMME}",
        "several": f"/comparison?programme={PROGRAMME}&programme=Klinikfonds&programme=Mondbasis",
        "projects": "/projects", "plans": "/plans?year=2025", "series": "/series",
        "project": f"/projects/{PROGRAMME}", "new": "/new", "health": "/health", "check": "/check",
        "checked": f"/check?statement={quote(statement)}", "login": "/review", "api": "/api",
    }  # fmt: skip


@pytest.mark.timeout(1200)  # many pages, and the machine may be busy
def test_every_page_is_accessible(page: Page, every_page: dict[str, str]) -> None:
    for title, path in every_page.items():
        page.goto(path)
        assert_readable(page, title, VIEWS)


def test_a_wrong_address_is_explained(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/projects/Mondbasis")
    page.screenshot(path=SHOTS / "error-wide.png", full_page=True)
    assert broken(page) == []
    page.get_by_role("link", name="Zur Suche").click()
    expect(page.get_by_role("searchbox")).to_be_visible()
    context.close()


def test_from_a_search_to_the_archived_words(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("Professuren")
    page.get_by_role("button", name="Suchen").click()
    expect(page).to_have_url(re.compile(r"\?q=Professuren"))
    card = page.locator(".card", has_text="27 Professuren").first
    expect(card.locator(".big")).to_have_text("27")
    card.locator(".figure").click()
    expect(page.locator(".verbatim mark.m-quote")).to_contain_text("27 Professuren")
    page.locator(".sheet").scroll_into_view_if_needed()
    assert page.locator(".sheet").evaluate(
        "sheet => { const [outer, inner] = [sheet, sheet.querySelector('mark')].map(e => e.getBoundingClientRect());"
        " return outer.top <= inner.top && inner.bottom <= outer.bottom; }"
    )
    page.get_by_role("link", name="ansehen").click()
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_contain_text("Fortschrittsbericht 2024")


def test_comparing_the_years(page: Page) -> None:
    page.goto("/comparison")
    page.get_by_label("Programm oder Projekt").fill("Ruhrkonferenz")
    page.get_by_role("button", name="Vergleichen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PROGRAMME)
    table = page.locator("table.numbers")
    expect(table.locator("tbody tr")).to_have_count(4)
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Ende 2024"))
    row.get_by_role("link", name="15", exact=True).click()
    proof = page.locator(".cited:target")
    expect(proof).to_contain_text("15 wurden nicht weiterverfolgt.")
    expect(proof).to_be_in_viewport()
    assert page.locator(".chart img").evaluate("chart => chart.decode().then(() => chart.naturalWidth)") > 300
    proof.get_by_role("link", name="15").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("15")


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("Von den 73 Projekten der Ruhr-Konferenz sind mehr als 40 abgeschlossen.", "Belegt"),
        ("Von den 73 Projekten der Ruhr-Konferenz wurden 13 nicht weiterverfolgt.", "Überholt"),
        ("Ende 2022 waren 20 der 73 Projekte der Ruhr-Konferenz nicht weiterverfolgt worden.", "Widerlegt"),
        ("Von den 73 Projekten der Ruhr-Konferenz sind 50 abgeschlossen.", "Weicht ab"),
        ("Mehr als die Hälfte der 73 Projekte der Ruhr-Konferenz ist abgeschlossen.", "Belegt"),
        ("Kein einziges Projekt der Ruhr-Konferenz ist abgeschlossen.", "Weicht ab"),
        ("Sind bei der Ruhr-Konferenz wirklich 42 Projekte abgeschlossen?", "Belegt"),
        ("„Die Ruhr-Konferenz hat 22 Projekte abgeschlossen“, sagte die Ministerin am 5. Januar 2024.", "Belegt"),
        ("42 Projekte der Ruhr-Konferenz sind abgeschlossen, 55 in Umsetzung.", "Überholt"),
        ("Neun von zehn Projekten der Ruhr-Konferenz sind abgeschlossen.", "Nicht vergleichbar"),
    ],
)
def test_checking_a_statement(page: Page, statement: str, verdict: str) -> None:
    page.goto("/check")
    page.get_by_label("Satz oder Absatz mit Zahlen").fill(statement)
    page.get_by_role("button", name="Prüfen").click()
    expect(page.locator("#verdict")).to_contain_text(verdict)
    expect(page.locator(".finding .proof").first).to_be_visible()


def test_a_checked_statement_is_kept_and_handed_on(browser: Browser, address: str) -> None:
    statement = "Die Ministerin sagte am 5. Januar 2024: „Die Ruhr-Konferenz hat 22 Projekte abgeschlossen.“"
    with watched(browser, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto("/check")
        page.get_by_label("Satz oder Absatz mit Zahlen").fill(statement)
        page.get_by_role("button", name="Prüfen").click()
        # What was known then, and what is known now.
        expect(page.get_by_text("Geprüft nach dem, was am 5. Januar 2024 bekannt war.")).to_be_visible()
        expect(page.get_by_text("Nach dem, was heute bekannt ist: Überholt")).to_be_visible()
        permalink = page.locator("a.permalink")
        kept = permalink.evaluate("each => each.href")
        copying = page.get_by_role("button", name="Adresse kopieren")
        copying.click()
        expect(copying).to_contain_class("copied")
        assert page.evaluate("navigator.clipboard.readText()") == kept
        page.goto(kept)
        expect(page.locator("#verdict")).to_contain_text("Belegt")
        expect(page.get_by_label("Satz oder Absatz mit Zahlen")).to_have_value(statement)
        page.emulate_media(media="print")
        page.screenshot(path=SHOTS / "check-paper.png", full_page=True)
        expect(page.get_by_role("navigation", name="Hauptmenü")).to_be_hidden()
        expect(page.locator("form.statement")).to_be_hidden()
        expect(page.locator(".finding .proof").first).to_contain_text("22")


def test_what_the_verdicts_mean_in_both_languages(page: Page) -> None:
    page.goto("/check")
    page.get_by_role("link", name="Was die Urteile heißen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Was die Urteile heißen")
    for verdict in ("Belegt", "Überholt", "Widerlegt", "Weicht ab", "Nicht vergleichbar", "Nichts gefunden"):
        name = page.get_by_text(verdict, exact=True).first
        assert name.bounding_box()["x"] == pytest.approx(page.locator("dl.terms").bounding_box()["x"], abs=1)
    page.goto("/en/check?statement=Von den 73 Projekten der Ruhr-Konferenz sind 50 abgeschlossen.")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#verdict")).to_contain_text("Differs")
    expect(page.locator(".finding .lead").last).to_contain_text("The latest that was found is something else")


def test_correcting_a_claim(page: Page, office_engine: Engine, stored: StoredClaim) -> None:
    token = add_token(office_engine, "mira", scopes=["review"], label="test", now=datetime.now(UTC))
    page.goto("/review")
    page.get_by_label("Persönlicher Zugangsschlüssel").fill(token)
    page.get_by_role("button", name="Anmelden").click()
    page.goto(f"/claims/{stored.key}")
    page.get_by_text("Berichtigen", exact=True).click()
    page.get_by_role("textbox", name="Zahl").fill("14")
    page.get_by_label("Anmerkung").fill("nachgezählt")
    page.get_by_role("button", name="Berichtigung festhalten").click()
    expect(page.locator("h1 .big")).to_have_text("14")
    expect(page.locator(".log")).to_contain_text("nachgezählt")
    page.get_by_role("button", name="Entscheidung zurücknehmen").click()
    expect(page.locator("h1 .big")).to_have_text("15")
    page.goto("/review")
    page.get_by_role("button", name="Abmelden").click()
    page.goto(f"/claims/{stored.key}")
    expect(page.get_by_text("Berichtigen", exact=True)).to_have_count(0)


def test_a_queue_is_worked_off_by_keys(browser: Browser, address: str, office_engine: Engine) -> None:
    token = add_token(office_engine, "mira", scopes=["review"], label="test", now=datetime.now(UTC))
    with watched(browser, address, viewport={"width": 360, "height": 740}) as page:
        page.goto("/review")
        page.get_by_label("Persönlicher Zugangsschlüssel").fill(token)
        page.get_by_role("button", name="Anmelden").click()
        page.goto("/review/claims?queue=new")
        page.screenshot(path=SHOTS / "queue-narrow.png", full_page=True)
        assert broken(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        for key in "jjk":
            page.keyboard.press(key)
        first = page.locator(".queued:focus a.opens").get_attribute("href")
        page.keyboard.press("b")
        expect(page.locator("#progress")).to_contain_text("1 von")
        assert first and page.locator(f"a.opens[href='{first}']").count() == 0
        # What was left open stays so: the keys go on where they were, and the last decision can be taken back.
        left_open = page.locator(".queued:focus a.opens").get_attribute("href")
        for key in "jb":
            page.keyboard.press(key)
        expect(page.locator("#progress")).to_contain_text("2 von")
        assert page.locator(".queued a.opens").first.get_attribute("href") == left_open
        expect(page.locator(".queued").nth(1)).to_be_focused()
        page.keyboard.press("z")
        expect(page.locator("#progress")).to_contain_text("1 von")
    retract_review(office_engine, first.rsplit("/", 1)[1], now=datetime.now(UTC))


def test_adding_a_missed_claim_by_marking_it(page: Page, office_engine: Engine, stored: StoredClaim) -> None:
    token = add_token(office_engine, "mira", scopes=["review"], label="test", now=datetime.now(UTC))
    page.goto("/review")
    page.get_by_label("Persönlicher Zugangsschlüssel").fill(token)
    page.get_by_role("button", name="Anmelden").click()
    page.goto(f"/releases/{stored.release_id}")
    page.get_by_text("befristeter").first.dblclick()
    expect(page.get_by_label("Wörter")).not_to_have_value("")


def test_changing_the_language(page: Page) -> None:
    page.goto(f"/comparison?programme={PROGRAMME}")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/comparison\?programme="))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("columnheader", name="discontinued")).to_be_visible()
    page.get_by_role("link", name="Projects", exact=True).click()
    expect(page).to_have_url(re.compile("/en/projects$"))
    page.get_by_role("link", name="Deutsch", exact=True).click()
    expect(page).to_have_url(re.compile("[^n]/projects$"))
    assert page.context.cookies() == []


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("Partner")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=Partner"))
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('figure')"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("100")


def test_without_script_and_on_a_narrow_screen(browser: Browser, address: str) -> None:
    narrow = {"width": 360, "height": 740}
    with watched(browser, address, viewport=narrow, java_script_enabled=False) as page:
        page.goto("/")
        page.get_by_role("link", name="Eingrenzen").click()
        page.get_by_role("complementary").get_by_role("link", name=re.compile(f"^{PROGRAMME}")).click()
        page.locator(".figure").first.click()
        expect(page.locator(".verbatim")).to_be_visible()
        page.get_by_role("link", name="Prüfen").click()
        expect(page.get_by_role("button", name="Prüfen")).to_be_visible()


def test_tables_with_sentences_need_no_sliding_on_a_phone(browser: Browser, reports: Engine) -> None:
    make_series(reports, NOW)
    with serving(reports) as own, watched(browser, own, viewport={"width": 360, "height": 740}) as page:
        for place in ("/series", f"/comparison?programme={quote(THREE_REPORTS)}"):
            page.goto(place)
            assert page.locator("td .words").count() > 0, place
            beyond = page.evaluate(
                """() => [...document.querySelectorAll("tbody :is(td, th):has(.words), tr:has(.words) .num")]
                .filter(each => each.getBoundingClientRect().right > innerWidth).map(each => each.outerHTML)"""
            )
            assert beyond == [], place
            assert_readable(page, f"cards-{place[1:7]}", [NARROW])
        page.goto("/series")
        card = page.locator("tbody tr").first
        order = [card.locator(each).first.bounding_box()["y"] for each in ("th a", ".num", ".words")]
        assert order == sorted(order), "the thing, its numbers, the sentence"
        # What it looks like changes nothing for who hears it.
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        assert {"table", "row", "rowheader", "columnheader", "cell"} <= {each["role"]["value"] for each in tree}


def test_endless_words_of_a_headline_break_and_those_of_tables_stay_whole(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport={"width": 320, "height": 740}) as page:
        page.goto("/health")
        endless = "Antidiskriminierungsklauselverordnungsentwurf"
        page.evaluate(
            """word => document.querySelector("main").innerHTML = `<article class="release"><h1 lang="de">${word}</h1>
            <p>${word}</p></article><table><tr><td><a id="cell" href="/">${word}</a></td></tr></table>`""",
            endless,
        )
        assert page.evaluate("document.querySelector('.release').scrollWidth <= innerWidth")
        whole = page.evaluate("getComputedStyle(document.getElementById('cell')).overflowWrap")
        assert whole == "break-word"


def test_long_words_of_names_are_hyphenated_and_addresses_are_not(page: Page, stored: StoredClaim) -> None:
    for place, selector, hyphens in (
        ("/projects", ".cards a", "auto"),
        (f"/projects/{PROGRAMME}", ".event q", "auto"),
        (f"/releases/{stored.release_id}", "main a[rel~=external]", "none"),
    ):
        page.goto(place)
        assert page.locator(selector).first.evaluate("each => getComputedStyle(each).hyphens") == hyphens, place


def test_endless_names_stay_in_their_cards(browser: Browser, address: str) -> None:
    for width in (360, 1280):
        with watched(browser, address, viewport={"width": width, "height": 740}) as page:
            page.goto("/projects")
            page.evaluate(
                "document.querySelector('.cards a').firstChild.data = 'Dritte Infektionsschutz' + 'maßnahmen'.repeat(6)"
            )
            assert page.evaluate(WIDER) == []


def test_paper(page: Page, stored: StoredClaim) -> None:
    page.goto(f"/claims/{stored.key}")
    page.emulate_media(media="print")
    page.screenshot(path=SHOTS / "claim-paper.png", full_page=True)
    expect(page.get_by_role("navigation", name="Hauptmenü")).to_be_hidden()
    expect(page.locator(".verbatim")).to_be_visible()
    expect(page.locator(".printed")).to_contain_text(f"/claims/{stored.key}")


def test_a_name_without_a_place_to_break_stays_within_its_card(browser: Browser, reports: Engine) -> None:
    name = "Lebensmittelüberwachungstransparenzgesetz"
    law = PressPage("Ein Gesetz", "2025-06-01", url="https://presse.example/gesetz", projects=[name])
    law.says(
        f"Das {name} wurde beschlossen.", f"{name} wurde beschlossen", kind="status", status="approved", subject=name
    )
    law.store(reports)
    with serving(reports) as own, watched(browser, own, viewport={"width": 1280, "height": 740}) as page:
        page.goto(f"/projects?q={quote(name)}")
        card = page.locator(".cards a", has_text=name)
        assert card.evaluate("each => each.scrollWidth <= each.clientWidth")
