"""Nights over simulated offices, through the real flow: who is told what, by mail and webhook, and how often."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db.claims.queries import ClaimFilter
from db.watching.alerts import deliveries
from db.watching.watches import add_watch
from flows.runs.outcome import SourceReport
from flows.telling.alerts import Delivered
from inquiries.series import list_series
from models.settings import settings
from tests.support.offices import write_source
from tests.support.receivers import Mailbox, hooks, mail_server
from tests.support.servers import free_port
from tests.support.simulator import CMS, PressOffice
from tests.support.simulator.server import Answer

NAMES = ("heil", "gesperrt", "umgebaut", "berichtigt")
BLOCKED = Answer(b"<h1>403</h1>", status=403)
REBUILT = Answer(b"<!DOCTYPE html><html><head><title>Amt</title></head><body><div id='app'></div></body></html>")


@dataclass
class Offices:
    """Four offices, and what receives the messages."""

    url: str
    engine: Engine
    mail_port: int
    hook: PressOffice
    sites: dict[str, CMS] = field(default_factory=dict)
    servers: dict[str, PressOffice] = field(default_factory=dict)
    mailbox: Mailbox = field(default_factory=Mailbox)

    def night(self, *, mail: bool = True) -> dict[str, str]:
        """Runs the flow over all offices; their states."""
        from flows.ingest import ingest

        if mail:
            with mail_server(self.mailbox, self.mail_port):
                state: Any = ingest(self.url, sources=list(NAMES), return_state=True)
        else:
            state = ingest(self.url, sources=list(NAMES), return_state=True)
        reports: list[SourceReport] = state.result(raise_on_failure=False)
        return {report.source: report.state for report in reports}

    def correct(self, name: str) -> None:
        """The office changes a number in its newest release."""
        newest = self.sites[name].releases[0]
        newest.paragraphs[0] = newest.paragraphs[0].replace("60 Millionen", "85 Millionen")

    def rebuild(self, name: str) -> None:
        """The office's pages are made by a script from now on."""
        for release in self.sites[name].releases:
            self.servers[name].serve(self.sites[name].path(release), REBUILT)


@pytest.fixture
def four(
    prefect_server: None,
    offices: Any,
    own_sources: Path,
    url: str,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> Offices:
    made = Offices(url, engine, free_port(), offices.open())
    made.hook.serve("/hook", Answer(b"", status=204))
    for name in NAMES:
        cms = made.sites[name] = CMS("wordpress")
        del cms.releases[:19]
        made.servers[name] = offices.open(cms)
        write_source(made.servers[name], cms, own_sources, name)
    monkeypatch.setenv("BILANZ_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("BILANZ_SMTP_PORT", str(made.mail_port))
    monkeypatch.setenv("BILANZ_MAIL_FROM", "Zwischenbilanz <bilanz@example.org>")
    monkeypatch.setenv("BILANZ_ADDRESS", "https://bilanz.example.org/")
    settings.cache_clear()
    return made


def watch(engine: Engine, topic: Any, channel: Any, target: str, wanted: ClaimFilter = ClaimFilter()) -> int:  # noqa: B008
    from datetime import UTC, datetime

    made = add_watch(engine, topic, "", wanted, channel=channel, target=target, now=datetime.now(UTC))
    return made.id


def test_each_change_is_told_once(four: Offices) -> None:
    assert set(four.night().values()) == {"completed"}
    watch(four.engine, "sources", "mail", "betrieb@example.org")
    by_mail = watch(four.engine, "claims", "mail", "redaktion@example.org", ClaimFilter(unit="EUR"))
    watch(four.engine, "claims", "webhook", f"{four.hook.url}/hook", ClaimFilter(unit="EUR"))

    # The mail server is down: the webhook is told all the same, the mails wait.
    four.servers["gesperrt"].serve("/feed/", BLOCKED)
    four.rebuild("umgebaut")
    four.correct("berichtigt")
    states = four.night(mail=False)
    assert (states["heil"], states["gesperrt"], states["berichtigt"]) == ("completed", "failed", "completed")
    assert states["umgebaut"] in ("degraded", "failed")
    (posted,) = hooks(four.hook)
    (item,) = posted["data"]["items"]
    assert (item["change"], item["cause"], item["release"]["source"]) == ("changed", "correction", "berichtigt")
    assert (item["before"]["value"], item["after"]["value"]) == ("60000000", "85000000")
    assert item["page"] == f"https://bilanz.example.org/claims/{item['key']}"
    assert deliveries(four.engine)[by_mail].waiting == 1

    # The same again, with a mail server: what waited arrives, and nothing else.
    assert four.night() == states
    assert len(hooks(four.hook)) == 1
    mails = {mail["To"]: mail for mail in four.mailbox.mails}
    assert sorted(mail["To"] for mail in four.mailbox.mails) == ["betrieb@example.org", "redaktion@example.org"]
    text = mails["redaktion@example.org"].get_content()
    assert mails["redaktion@example.org"]["Subject"] == "€: eine Änderung"
    for line in (
        "Geändert: 85 Mio. €",
        "vorher: 60 Mio. €",
        "85 Millionen Euro übergeben.",
        item["page"],
    ):
        assert line in text
    ops = mails["betrieb@example.org"].get_content()
    assert "(gesperrt): nicht lesbar" in ops
    assert "(umgebaut): " in ops
    assert "(heil)" not in ops

    four.night()
    assert (len(hooks(four.hook)), len(four.mailbox.mails)) == (1, 2)

    # One office is back, and shuts us out again the night after.
    del four.servers["gesperrt"]._scripts["/feed/"]
    four.night()
    four.servers["gesperrt"].serve("/feed/", BLOCKED)
    four.night()
    first, second = four.mailbox.mails[2:]
    assert first["Subject"] == "Amt für Übungen: in Ordnung"
    assert second["Subject"] == "Amt für Übungen: nicht lesbar"
    assert first["To"] == second["To"] == "betrieb@example.org"
    assert first["Message-ID"] != second["Message-ID"]
    assert len(hooks(four.hook)) == 1

    # The report tells the same without telling it to anyone again.
    from prefect.artifacts import Artifact

    from flows.report import report

    made = report(four.url)
    assert "## Changed by their publishers" in made.digest
    assert "(gesperrt): failed." in made.digest
    assert made.delivered == Delivered(0, ())
    artifact, states = Artifact.get("report"), Artifact.get("health")
    assert artifact
    assert artifact.data == made.digest
    assert states
    assert '"source": "umgebaut"' in str(states.data)
    assert "0 new claims, 0 changed" in report(four.url).digest
    assert list_series(four.engine).freshness == "current"
