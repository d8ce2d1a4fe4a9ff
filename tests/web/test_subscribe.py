"""Watching from a page: looking ahead, being asked, being told, pausing and ending, and what is not let through."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import etree
from sqlalchemy import Engine

from db.archive.fetches import Vanished, record_fetch
from db.watching.links import CONFIRMED_WITHIN
from db.watching.watches import watches
from flows.telling.alerts import Delivered, deliver
from models.settings import settings
from tests.support.offices import bundled_sources
from tests.support.receivers import Mailbox, mail_server
from tests.support.releases import OFFICE, Page
from tests.support.servers import free_port
from tests.support.simulator.server import Answer
from tests.support.three_reports import PROGRAMME
from web.app import create_app

NOW = datetime.now(UTC)
ADDRESS = "https://bilanz.example"
ABOUT = {"counted": "Steg", "subject": "Uferplan", "status": "completed"}
URL = "https://presse.example/stege"


def steps(done: str, day: datetime = NOW) -> Page:
    page = Page("Stege am See", day.date().isoformat(), url=URL)
    page.projects.append("Uferplan")
    return page.says(f"Im Uferplan sind {done} Stege fertig.", done, value=done, **ABOUT)


class Clock:
    """The site's time, which a test may put forward."""

    ahead = timedelta()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(reports: Engine, clock: Clock) -> TestClient:
    app = create_app(reports, sources=bundled_sources(), address=ADDRESS, now=lambda: datetime.now(UTC) + clock.ahead)
    return TestClient(app, base_url=ADDRESS, follow_redirects=False)


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    def set_(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"BILANZ_{name.upper()}", str(value))
        settings.cache_clear()

    yield set_
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def mailbox(configure: Callable[..., None]) -> Iterator[Mailbox]:
    box, port = Mailbox(), free_port()
    configure(smtp_host="127.0.0.1", smtp_port=port, mail_from="bilanz@example.org", address=ADDRESS)
    with mail_server(box, port):
        yield box


def ask(site: TestClient, path: str = "/watch", **given: str) -> Any:
    form = {"query": "project=Uferplan", "channel": "mail", "target": "ina@example.org", "frequency": "run"}
    return site.post(path, data=form | given)


def links(mail: Any) -> list[str]:
    return [urlsplit(each).path for each in re.findall(rf"{ADDRESS}\S+", mail.get_content())]


def test_a_watch_is_asked_for_confirmed_told_paused_and_ended(
    site: TestClient, reports: Engine, mailbox: Mailbox
) -> None:
    steps("12").store(reports, fetched_at=NOW - timedelta(minutes=2))
    assert "E-Mail ist unterwegs" in ask(site).text
    (link,) = links(mailbox.mails[0])
    assert deliver(reports, settings()) == Delivered(0, ())
    assert site.get(link).status_code == 200
    (watch,) = watches(reports)
    assert watch.confirmed_at is None  # whoever only looks at a link confirms nothing
    manage = site.post(link).headers["location"]
    steps("14").store(reports, fetched_at=NOW + timedelta(minutes=1))
    assert deliver(reports, settings()) == Delivered(1, ())
    begun, told = mailbox.mails[1:]
    assert begun["Subject"].startswith("Beobachtung läuft") and manage in links(begun)
    assert "vorher: 12 Stege" in told.get_content()
    assert manage in links(told)
    assert told["List-Unsubscribe"].strip() == f"<{ADDRESS}{manage}/end>"
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    shown = site.get(manage)
    assert "1 verschickt" in shown.text and "ina@" not in shown.text
    assert shown.headers["x-robots-tag"].startswith("noindex")
    assert site.post(manage, data={"do": "pause"}).status_code == 303
    assert "pausiert seit" in site.get(manage).text
    steps("15").store(reports, fetched_at=NOW + timedelta(minutes=2))
    assert deliver(reports, settings()) == Delivered(0, ())
    site.post(manage, data={"do": "resume"})
    site.post(manage, data={"do": "often", "frequency": "week"})
    assert watches(reports)[0].frequency == "week"
    ended = site.post(f"{manage}/end", content="List-Unsubscribe=One-Click")
    assert "Beobachtung beendet" in ended.text
    assert watches(reports) == []
    for again in (site.get(manage), site.post(f"{manage}/end")):
        assert again.status_code == 200 and "Beobachtung beendet" in again.text
    forged = manage[:-1] + ("a" if manage[-1] != "a" else "b")
    assert site.get(forged).status_code == site.post(manage, data={"do": "pause"}).status_code == 404
    assert deliver(reports, settings()) == Delivered(0, ())


def test_what_would_have_been_told_is_shown_before(site: TestClient, reports: Engine) -> None:
    steps("12", NOW - timedelta(days=400)).store(reports, fetched_at=NOW - timedelta(days=3))
    steps("14", NOW - timedelta(days=400)).store(reports, fetched_at=NOW - timedelta(days=2))
    record_fetch(reports, OFFICE, URL, Vanished(NOW, 404, "not found"))
    shown = site.get("/watch?project=Uferplan").text
    # The release itself was old when it was first read, which nobody would have been told.
    assert "2 Änderungen" in shown
    assert "geändert, vorher" in shown and "beim Herausgeber gelöscht" in shown
    feed = etree.fromstring(site.get("/watch.atom?project=Uferplan").content)
    assert len(list(feed.iter("{*}entry"))) == 2


def test_a_number_that_stayed_is_not_said_to_have_changed(site: TestClient, reports: Engine) -> None:
    steps("12").store(reports, fetched_at=NOW - timedelta(minutes=3))
    page = Page("Stege am See", NOW.date().isoformat(), url=URL)
    page.says("Nun sind im Uferplan 12 Stege fertig.", "12", value="12", **ABOUT)
    page.store(reports, fetched_at=NOW - timedelta(minutes=2))
    shown = site.get("/watch?project=Uferplan").text
    assert "anders formuliert, vorher:" in shown and "geändert, vorher" not in shown
    page.reporting_date = "2023-12-31"
    page.store(reports, fetched_at=NOW - timedelta(minutes=1), html="<main>anders</main>")
    assert "geändert, vorher <del>12" not in site.get("/watch?project=Uferplan").text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("project=Uferplann", "Gemeint sein könnte:"),
        ("project=Uferplann", "sobald eine Meldung den Namen nennt"),
        ("q=Vorhbaen", "Meinten Sie:"),
        ("q=Mondbasis", "passt bisher keine gespeicherte Angabe"),
        ("q=und", "stehen in jedem Text"),
        ("state=NW", "Eine einzelne Pressestelle geht"),
        ("project=Ruhr-Konferenz", "Samt den Teilen beobachten"),
        ("project=Ruhr-Konferenz&parts=with", "Ohne die Teile"),
        (f"topic=sources&source={OFFICE}", "nicht mehr oder nur mit Lücken"),
    ],
)
def test_what_a_watch_would_miss_is_said_before(
    site: TestClient, reports: Engine, mailbox: Mailbox, query: str, said: str
) -> None:
    steps("12").store(reports)
    assert said in unescape(site.get(f"/watch?{query}").text)


@pytest.mark.parametrize("query", ["q=und", "health=failed", "status=fertig"])
def test_what_cannot_be_watched_is_not_begun(site: TestClient, reports: Engine, mailbox: Mailbox, query: str) -> None:
    assert ask(site, query=query).status_code in (200, 422)
    assert watches(reports) == [] and mailbox.mails == []


@pytest.mark.parametrize(
    ("channel", "target", "said"),
    [
        ("mail", "ina", "Das ist keine E-Mail-Adresse"),
        ("mail", "a@b.de\nBcc: c@d.de", "Das ist keine E-Mail-Adresse"),
        ("webhook", "http://example.org/hook", "passt nicht zu dem gewählten Weg"),
        ("slack", "https://127.0.0.1/hook", "zu keinem öffentlichen Server"),
        ("slack", "https://localhost/hook", "zu keinem öffentlichen Server"),
        ("teams", "https://10.1.2.3/hook", "zu keinem öffentlichen Server"),
        ("webhook", "https://[::ffff:192.168.0.1]/hook", "zu keinem öffentlichen Server"),
        ("matrix", "https://169.254.169.254/latest", "zu keinem öffentlichen Server"),
        ("block", "slack-webhook/newsroom", "Auf diesem Weg"),
    ],
)
def test_targets_that_nobody_may_name_on_a_page(
    site: TestClient, reports: Engine, mailbox: Mailbox, channel: str, target: str, said: str
) -> None:
    answer = ask(site, channel=channel, target=target)
    assert answer.status_code == 422
    assert said in answer.text
    assert watches(reports) == []


@pytest.mark.parametrize(("client", "status"), [("127.0.0.1", 200), ("192.0.2.7", 422)])
def test_this_machine_is_told_of_by_whoever_sits_at_it_alone(
    reports: Engine, offices: Any, configure: Callable[..., None], client: str, status: int
) -> None:
    own = "http://127.0.0.1:8080"
    configure(address=own)
    receiver = offices.open()
    receiver.serve("/hook", Answer(b"", status=204))
    app = create_app(reports, sources=bundled_sources(), address=own)
    answer = ask(TestClient(app, base_url=own, client=(client, 50000)), channel="slack", target=f"{receiver.url}/hook")
    assert answer.status_code == status
    assert (len(receiver.requests), len(watches(reports))) == ((1, 1) if status == 200 else (0, 0))


def test_names_that_lead_into_a_network_are_found_out_on_the_way(
    site: TestClient, reports: Engine, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, offices: Any
) -> None:
    receiver = offices.open_tls()
    port = urlsplit(receiver.url).port
    # A name of loopback's own zone, as a public name of an attacker would lead there.
    monkeypatch.setattr("output.delivery.targets.is_this_machine", lambda host: False)
    answer = ask(site, channel="slack", target=f"https://localhost:{port}/hook")
    assert answer.status_code == 422
    assert "Die Nachricht kam nicht an." in answer.text
    assert receiver.requests == [] and watches(reports) == []


def test_a_mail_has_no_words_of_a_stranger(site: TestClient, reports: Engine, mailbox: Mailbox) -> None:
    ask(site, query="q=Gewinn+unter+https%3A%2F%2Fevil.example&project=Gratis+Geld")
    assert not re.search("evil|Gewinn|Gratis", mailbox.mails[0].as_string())
    about = mailbox.mails[0].get_content()
    assert "mit gesuchten Wörtern, die auf der verlinkten Seite stehen" in about and "alle Angaben" not in about
    ask(site, query=f"q=Gewinn&project={PROGRAMME}")
    assert PROGRAMME in mailbox.mails[1].get_content()


def test_a_mail_has_the_words_that_releases_say_themselves(site: TestClient, reports: Engine, mailbox: Mailbox) -> None:
    steps("12").store(reports, fetched_at=NOW - timedelta(minutes=2))
    ask(site, query="q=Stege&status=planned")
    assert mailbox.mails[0]["Subject"] == "Bitte bestätigen: Beobachtung „Stege“, geplant oder angekündigt"
    ask(site, query="q=Gewinn&status=planned")
    assert "geplant oder angekündigt, mit gesuchten Wörtern" in mailbox.mails[1]["Subject"]


def test_nobody_is_pestered(site: TestClient, reports: Engine, mailbox: Mailbox) -> None:
    answers = [ask(site, target="opfer@example.org") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 422]
    assert "Es warten schon mehrere Nachrichten" in answers[-1].text
    more = [ask(site, target=f"opfer{number}@example.org").status_code for number in range(4)]
    assert more == [200, 200, 422, 422]
    assert len(mailbox.mails) == 5


def test_other_sites_begin_and_change_nothing(site: TestClient, reports: Engine, mailbox: Mailbox) -> None:
    foreign = {"sec-fetch-site": "cross-site"}
    form = {"query": "", "channel": "mail", "target": "ina@example.org"}
    assert site.post("/watch", data=form, headers=foreign).status_code == 403
    ask(site)
    (link,) = links(mailbox.mails[0])
    assert site.post(link, headers=foreign).status_code == 403
    manage = site.post(link).headers["location"]
    assert site.post(manage, data={"do": "end"}, headers=foreign).status_code == 403
    assert len(watches(reports)) == 1


def test_a_confirmation_comes_too_late(site: TestClient, reports: Engine, mailbox: Mailbox, clock: Clock) -> None:
    ask(site)
    (link,) = links(mailbox.mails[0])
    clock.ahead = CONFIRMED_WITHIN + timedelta(minutes=1)
    assert site.get(link).status_code == site.post(link).status_code == 404


def test_a_mail_server_that_is_down_leaves_no_watch(site: TestClient, reports: Engine, configure: Any) -> None:
    configure(smtp_host="127.0.0.1", smtp_port=free_port(), mail_from="a@example.org")
    answer = ask(site)
    assert "Die Nachricht kam nicht an." in answer.text
    assert 'value="ina@example.org"' in answer.text and "127.0.0.1" not in answer.text
    assert watches(reports) == []


def test_without_an_address_of_the_pages_only_feeds_are_offered(client: TestClient) -> None:
    shown = client.get("/watch").text
    assert (
        "hat ihren Versand nicht eingerichtet" in shown
        and "BILANZ_" not in shown
        and "<form method" not in shown.partition("<main")[2]
    )
    assert ask(client).status_code == 422


def test_english_watches_speak_english(site: TestClient, reports: Engine, mailbox: Mailbox) -> None:
    assert "An e-mail is on its way" in ask(site, "/en/watch").text
    assert mailbox.mails[0]["Content-Language"] == "en"
    (link,) = links(mailbox.mails[0])
    assert link.startswith("/en/watches/confirm/")
    assert site.post(link).headers["location"].startswith("/en/watches/manage/")


@pytest.mark.parametrize("path", ["/?q=Vorhaben", f"/projects/{PROGRAMME}", "/health"])
def test_pages_offer_to_watch_them(site: TestClient, path: str) -> None:
    assert 'href="/watch?' in site.get(path).text or path == "/health"


def test_where_nothing_was_new_for_long_the_last_claims_show_what_a_message_is_like(
    site: TestClient, clock: Clock
) -> None:
    clock.ahead = timedelta(days=400)
    page = etree.HTML(site.get(f"/watch?project={PROGRAMME}").text)
    assert page.xpath("//section[@aria-labelledby='last']//h3/text()")
    assert page.xpath("//section[@aria-labelledby='last']//li/a/@href")
    assert not etree.HTML(site.get("/watch?q=Gibtsnicht").text).xpath("//section[@aria-labelledby='last']")
