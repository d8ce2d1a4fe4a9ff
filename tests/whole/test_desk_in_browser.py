"""Watching, the desk for names, corrections and texts in a real Chromium, as readers and reviewers go through them."""

import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from db.archive.fetches import Vanished, record_fetch
from db.claims.queries import ClaimFilter, claims
from db.curation.judgements import judge
from db.curation.nouns import join_nouns
from db.curation.reviewers import add_token, holder
from db.curation.reviews import decide
from db.engine import connect
from db.releases.queries import releases
from db.watching.watches import watches
from inquiries.series import make_series
from models.settings import settings
from tests.support.browsing import MARKS, SHOTS, VIEWS, WINDOWS, View, assert_readable, browser, serving, watched
from tests.support.receivers import Mailbox, mail_server
from tests.support.releases import Page as Release
from tests.support.servers import free_port
from tests.support.simulator.server import Answer

pytestmark = MARKS
__all__ = ["browser"]
PROGRAMME = "Ruhr-Konferenz"
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def engine(office_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The bundled releases with what people decided, and one release that is gone."""
    engine = connect(f"sqlite:///{shutil.copy(office_database, tmp_path_factory.mktemp('desk') / 'bilanz.db')}")
    make_series(engine, NOW)
    reviewer = holder(engine, add_token(engine, "ina", scopes=["review"], label="test", now=NOW))
    assert reviewer is not None
    first, second = claims(engine, ClaimFilter(project=PROGRAMME, status="completed")).claims[:2]
    decide(engine, first.key, "corrected", user_id=reviewer.user_id, now=NOW, corrected={"value": "41"}, note="gezählt")
    decide(engine, second.key, "rejected", user_id=reviewer.user_id, now=NOW)
    judge(engine, PROGRAMME, "Klinikfonds", "different", author="ina", now=NOW, note="zwei Programme")
    join_nouns(engine, "Projekt", ["Werkstück"], author="ina", now=NOW)
    gone = releases(engine, project=PROGRAMME, limit=1)[0]
    record_fetch(engine, gone.source_id, gone.url, Vanished(NOW, 404, "not found"))
    for number, name in enumerate(("Uferprogramm Havelland", "Uferprogram Havelland"), start=1):
        release = Release(f"Ufer {number}", f"2025-07-0{number}", projects=[name])
        release.says(f"Im {name} sind {number}7 Stege fertig.", f"{number}7 Stege", value=f"{number}7", subject=name)
        release.store(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    with pytest.MonkeyPatch.context() as patch:
        box, port = Mailbox(), free_port()
        for name, value in {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "MAIL_FROM": "b@example.org"}.items():
            patch.setenv(f"BILANZ_{name}", value)
        settings.cache_clear()
        with mail_server(box, port):
            yield box
    settings.cache_clear()


@pytest.fixture(scope="module")
def address(engine: Engine, mailbox: Mailbox) -> Iterator[str]:
    with serving(engine) as address:
        yield address


@pytest.fixture(scope="module")
def token(engine: Engine) -> str:
    return add_token(engine, "mira", scopes=["review"], label="test", now=NOW)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with watched(browser, address) as page:
        yield page


def log_in(page: Page, token: str) -> None:
    page.goto("/review")
    page.get_by_label("Persönlicher Zugangsschlüssel").fill(token)
    page.get_by_role("button", name="Anmelden").click()


@pytest.mark.timeout(1200)  # many pages, and the machine may be busy
def test_every_page_is_accessible(page: Page, engine: Engine, token: str) -> None:
    claim = claims(engine, ClaimFilter(project=PROGRAMME)).claims[0].key
    pages = {
        "watch": f"/watch?project={PROGRAMME}&parts=with", "watch-unknown": "/watch?project=Ruhrkonferentz",
        "watch-source": "/watch?topic=sources&source=uebungsportal", "new-programme": f"/new?project={PROGRAMME}",
        "method": "/method", "limits": "/limits", "imprint": "/imprint",
        "corrections": "/corrections", "health-watch": "/health", "embedded-claim": f"/embed/claims/{claim}",
        "embedded-chart": f"/embed/comparison?programme={PROGRAMME}", "names": "/review/names",
        "nouns": f"/review/nouns?programme={PROGRAMME}", "search-watch": f"/?project={PROGRAMME}&parts=with",
    }  # fmt: skip
    log_in(page, token)
    for title, path in pages.items():
        page.goto(path)
        assert_readable(page, title, VIEWS)


@pytest.mark.parametrize("views", WINDOWS)
def test_from_a_programme_to_a_watch_and_out_again(
    browser: Browser,
    address: str,
    engine: Engine,
    mailbox: Mailbox,
    views: Sequence[View],
) -> None:
    mailbox.mails.clear()
    with watched(browser, address, viewport=views[0].size) as page:
        page.goto(f"/projects/{PROGRAMME}")
        page.get_by_role("link", name="Beobachten").click()
        expect(page.get_by_text("Das wäre in den letzten 90 Tagen gemeldet worden")).to_be_visible()
        expect(page.get_by_role("link", name="Ohne die Teile")).to_be_visible()
        page.get_by_label("Weg").select_option("mail")
        page.get_by_label("Adresse").fill("ina@example.org")
        page.get_by_label("Wie oft höchstens").select_option("week")
        page.get_by_role("button", name="Beobachten").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Bitte bestätigen")
        assert_readable(page, "asked", views)
        (mail,) = mailbox.mails
        link = re.search(r"http://\S+/watches/confirm/\S+", mail.get_content())
        assert link
        page.goto(urlsplit(link[0]).path)
        assert_readable(page, "confirm", views)
        page.get_by_role("button", name="Ja, das möchte ich").click()
        expect(page.get_by_text("läuft seit")).to_be_visible()
        assert_readable(page, "manage", views)
        page.get_by_role("button", name="Pausieren").click()
        expect(page.get_by_text("pausiert seit")).to_be_visible()
        page.get_by_role("button", name="Fortsetzen").click()
        page.get_by_label("Wie oft höchstens").select_option("day")
        page.get_by_role("button", name="Ändern").click()
        expect(page.get_by_label("Wie oft höchstens")).to_have_value("day")
        (watch,) = watches(engine)
        assert (watch.query, watch.frequency) == (f"project={PROGRAMME}&parts=with", "day")
        page.get_by_role("link", name="Was sich zuletzt geändert hat").click()
        assert_readable(page, "watch-page", views)
        page.go_back()
        page.get_by_role("button", name="Beenden").click()
        expect(page.get_by_text("die Adresse ist gelöscht")).to_be_visible()
        assert_readable(page, "ended", views)
    assert watches(engine) == []


@pytest.mark.parametrize("views", WINDOWS)
def test_an_error_is_reported_on_the_page_of_a_claim_and_answered_by_a_reviewer(
    browser: Browser, address: str, engine: Engine, token: str, views: Sequence[View]
) -> None:
    key = claims(engine, ClaimFilter(project="Uferprogramm Havelland")).claims[0].key
    with watched(browser, address, viewport=views[0].size) as page:
        page.goto(f"/claims/{key}")
        page.get_by_text("Was stimmt an dieser Angabe nicht?").click()
        page.get_by_label("Was ist falsch?").select_option("value")
        page.get_by_label("In einem Satz").fill(f"Der Text nennt 18 ({views[0].name}).")
        page.get_by_label("E-Mail-Adresse").fill("leser@example.org")
        assert_readable(page, "claim-report", views)
        page.get_by_role("button", name="Melden", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Danke, die Meldung ist gespeichert")
        assert_readable(page, "objected", views)
        log_in(page, token)
        page.goto("/review/claims?queue=objected")
        expect(page.get_by_text(f"Der Text nennt 18 ({views[0].name}).")).to_be_visible()
        assert_readable(page, "queue-objected", views)
        page.get_by_role("link", name="Berichtigen").click()
        assert_readable(page, "claim-objected", views)
        page.get_by_label("Warum die Angabe bleibt, wie sie ist").fill("Der Text nennt 17.")
        page.get_by_role("button", name="Meldung abweisen").click()
        expect(page.get_by_text("Hier wartet nichts.")).to_be_visible()


def test_what_is_typed_in_vain_is_shown_again(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/watch?q=Professuren")
    page.get_by_label("Weg").select_option("slack")
    page.get_by_label("Adresse").fill("https://10.0.0.1/hook")
    page.get_by_role("button", name="Beobachten").click()
    expect(page.get_by_role("alert")).to_contain_text("zu keinem öffentlichen Server")
    expect(page.get_by_label("Adresse")).to_have_value("https://10.0.0.1/hook")
    assert_readable(page, "watch-refused")
    page.goto("/new?project=Ruhrkonferentz")
    page.get_by_role("link", name=PROGRAMME).first.click()
    expect(page).to_have_url(re.compile(r"/new\?project="))
    context.close()


def test_names_are_judged_by_keys_and_taken_back(page: Page, token: str) -> None:
    log_in(page, token)
    page.goto("/review/names")
    before = page.locator(".queued").count()
    assert before
    names = page.locator(".queued").first.locator("h3").all_text_contents()
    page.keyboard.press("j")
    page.keyboard.press("u")
    expect(page.get_by_role("listitem").filter(has_text=names[0]).filter(has_text="unklar").first).to_be_visible()
    assert names not in [each.locator("h3").all_text_contents() for each in page.locator(".queued").all()]
    page.get_by_role("button", name=re.compile("^Zurücknehmen:")).first.click()
    expect(page.get_by_text("zurückgenommen").first).to_be_visible()
    assert names in [each.locator("h3").all_text_contents() for each in page.locator(".queued").all()]


def test_a_card_stands_in_the_frame_of_another_site(
    browser: Browser, address: str, engine: Engine, offices: Any
) -> None:
    stored = claims(engine, ClaimFilter(project=PROGRAMME)).claims[0]
    elsewhere, context = offices.open(), browser.new_context()
    page = context.new_page()
    card = page.request.get(f"{address}/oembed", params={"url": f"{address}/claims/{stored.key}"}).json()["html"]
    for path, frame in {"/card": card, "/page": f'<iframe src="{address}/claims/{stored.key}"></iframe>'}.items():
        elsewhere.serve(path, Answer(f"<!doctype html><html lang=de><title>Anderswo</title>{frame}".encode()))
    page.goto(f"{elsewhere.url}/card")
    framed = page.frame_locator("iframe")
    expect(framed.locator("blockquote")).to_have_text(stored.claim.sentence)
    assert framed.locator("body").evaluate("body => getComputedStyle(body).paddingLeft") == "16px"
    page.screenshot(path=SHOTS / "embedded-elsewhere.png")
    page.goto(f"{elsewhere.url}/page")
    expect(page.frame_locator("iframe").locator("blockquote")).to_have_count(0)
    context.close()
