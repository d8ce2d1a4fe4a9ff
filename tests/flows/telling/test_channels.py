"""Mails, webhooks and notification blocks as they arrive, and what is said where they do not."""

import ssl
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
from sqlalchemy import Engine
from standardwebhooks import Webhook

from db.claims.queries import ClaimFilter
from db.operation.runs import SourceRecord, record_source, start_run
from db.watching.alerts import deliveries
from db.watching.watches import add_watch, confirm_watch
from flows.telling.alerts import Delivered, deliver
from models.errors import InputError
from models.settings import settings
from output.delivery.targets import check_target
from output.delivery.webhook import _slack, _within
from tests.support.receivers import Mailbox, hooks, mail_server
from tests.support.servers import free_port
from tests.support.simulator.faults import redirect
from tests.support.simulator.server import Answer

NO_CONTENT = Answer(b"", status=204)


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets BILANZ_ settings."""

    def set_(**values: object) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name.upper() if name.startswith("SSL") else f"BILANZ_{name.upper()}", str(value))
        settings.cache_clear()

    yield set_
    monkeypatch.undo()
    settings.cache_clear()


def fail(engine: Engine, state: str = "failed") -> None:
    """A source fails, which its watches are to be told."""
    now = datetime.now(UTC)
    run_id = start_run(engine, "ingest", now=now)
    record_source(engine, SourceRecord(run_id, "land", state, "Die Stelle sagt 403.", {}, now, now))  # type: ignore[arg-type]


def watch(engine: Engine, channel: Any, target: str, **more: Any) -> int:
    now = datetime.now(UTC)
    return add_watch(engine, "sources", "", ClaimFilter(), channel=channel, target=target, now=now, **more).id


def mailed(engine: Engine, mailbox: Mailbox, port: int, **server: Any) -> Delivered:
    watch(engine, "mail", "betrieb@example.org")
    fail(engine)
    with mail_server(mailbox, port, **server):
        return deliver(engine, settings())


def test_mail_is_encrypted_and_logged_in(engine: Engine, configure: Any, tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    mailbox, port = Mailbox(), free_port()
    configure(smtp_host="127.0.0.1", smtp_port=port, smtp_security="starttls", mail_from="a@example.org")
    untrusted = mailed(engine, mailbox, port, starttls=context)
    assert untrusted.sent == 0
    assert "CERTIFICATE_VERIFY_FAILED" in untrusted.problems[0]
    configure(SSL_CERT_FILE=tmp_path / "ca.pem", smtp_security="tls")
    with mail_server(mailbox, port, tls=context):
        assert deliver(engine, settings()).sent == 1
    fail(engine, "completed")
    with mail_server(mailbox, port, starttls=context, login=("ina", "geheim")):
        configure(smtp_security="starttls", smtp_user="ina", smtp_password="falsch")
        (problem,) = deliver(engine, settings()).problems
        assert "535" in problem
        assert "falsch" not in problem
        configure(smtp_password="geheim")
        assert deliver(engine, settings()).sent == 1
    assert len(mailbox.mails) == 2


def test_mail_does_not_leave_in_the_clear_unless_asked(engine: Engine, configure: Any) -> None:
    mailbox, port = Mailbox(), free_port()
    configure(smtp_host="127.0.0.1", smtp_port=port, smtp_security="starttls", mail_from="a@example.org")
    (problem,) = mailed(engine, mailbox, port).problems
    assert "STARTTLS" in problem
    assert mailbox.mails == []


def test_mail_reads_well_in_both_languages(engine: Engine, configure: Any) -> None:
    mailbox, port = Mailbox(), free_port()
    configure(smtp_host="127.0.0.1", smtp_port=port, mail_from="Bilanz <a@example.org>", address="https://b.example")
    watch(engine, "mail", "english@example.org", language="en")
    assert mailed(engine, mailbox, port) == Delivered(2, ())
    english, german = mailbox.texts()
    assert "land (land): could not be read\r\n  before: well again\r\n  Die Stelle sagt 403." in english
    assert "land (land): nicht lesbar\r\n  vorher: in Ordnung\r\n  Die Stelle sagt 403." in german
    assert "https://b.example/health" in german
    assert "https://b.example/en/health" in english
    first, second = mailbox.mails
    assert (first["Content-Language"], second["Content-Language"]) == ("en", "de")
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Message-ID"].endswith("@example.org>")


def test_refused_mail_is_tried_again_as_the_same_mail(engine: Engine, configure: Any) -> None:
    mailbox, port = Mailbox(), free_port()
    configure(smtp_host="127.0.0.1", smtp_port=port, mail_from="a@example.org")
    mailbox.refuse = "451 later"
    (problem,) = mailed(engine, mailbox, port).problems
    assert "451" in problem
    assert "The next run tries again." in problem
    mailbox.refuse = None
    with mail_server(mailbox, port):
        assert deliver(engine, settings()) == Delivered(1, ())
        assert deliver(engine, settings()) == Delivered(0, ())
    assert len(mailbox.mails) == 1


def test_without_mail_server_it_is_said_what_to_set(engine: Engine) -> None:
    first, second = (watch(engine, "mail", f"{name}@example.org") for name in ("ina", "ben"))
    fail(engine)
    (problem,) = deliver(engine, settings()).problems
    assert "set BILANZ_SMTP_HOST and BILANZ_MAIL_FROM" in problem
    # What would fail the same way is not tried.
    became = deliveries(engine)
    assert (became[first].problem is None, became[second].problem) == (False, None)
    assert became[first].waiting == became[second].waiting == 1


def test_webhook_is_signed_and_tried_again(engine: Engine, offices: Any, configure: Any) -> None:
    secret = "whsec_" + "QmlsYW56" * 4
    configure(webhook_secret=secret)
    receiver = offices.open()
    receiver.serve("/hook", Answer(b"", status=503), NO_CONTENT)
    watch(engine, "webhook", f"{receiver.url}/hook")
    fail(engine)
    assert deliver(engine, settings()) == Delivered(1, ())
    first, second = (request for request in receiver.requests if request.url == "/hook")
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    posted = Webhook(secret).verify(second.body, second.headers)
    assert posted["type"] == "sources.changed"
    assert posted["data"]["id"] == second.headers["webhook-id"]
    assert posted["data"]["items"][0]["state"] == "failed"
    assert "@" not in second.body.decode()


def test_webhook_follows_no_redirect(engine: Engine, offices: Any) -> None:
    receiver, elsewhere = offices.open(), offices.open()
    receiver.serve("/hook", redirect(elsewhere.serve("/hook", NO_CONTENT), 307))
    watch(engine, "webhook", f"{receiver.url}/hook?key=geheim")
    watch(engine, "webhook", f"{receiver.url}/hook")
    fail(engine)
    problems = deliver(engine, settings()).problems
    assert "redirects" in problems[1]
    assert "geheim" not in "".join(problems)
    assert hooks(elsewhere) == []


def test_webhook_with_a_certificate_that_nobody_signed_gets_nothing(engine: Engine, offices: Any) -> None:
    receiver = offices.open_tls()
    watch(engine, "webhook", f"{receiver.url}/hook")
    fail(engine)
    (problem,) = deliver(engine, settings()).problems
    assert "certificate" in problem.lower()
    assert receiver.requests == []


def test_notification_block_of_prefect(prefect_server: None, engine: Engine, offices: Any) -> None:
    from prefect.blocks.notifications import CustomWebhookNotificationBlock
    from prefect.blocks.system import Secret

    receiver = offices.open()
    receiver.serve("/block", NO_CONTENT)
    CustomWebhookNotificationBlock(
        name="ops", url=f"{receiver.url}/block", json_data={"title": "{{subject}}", "text": "{{body}}"}
    ).save("ops", overwrite=True)
    Secret(value="x").save("no-notifier", overwrite=True)
    watch(engine, "block", "custom-webhook/ops")
    watch(engine, "block", "custom-webhook/missing")
    watch(engine, "block", "secret/no-notifier")
    fail(engine)
    delivered = deliver(engine, settings())
    assert delivered.sent == 1
    assert [posted["title"] for posted in hooks(receiver, "/block")] == ["land: nicht lesbar"]
    assert "custom-webhook/missing" in delivered.problems[0]
    assert "not for notifications" in delivered.problems[1]


@pytest.mark.parametrize(
    ("channel", "target"),
    [
        ("mail", "ina"), ("mail", "ina@"), ("mail", "a@b.de\nBcc: c@d.de"), ("mail", ""),
        ("webhook", "http://example.org/hook"), ("webhook", "ftp://example.org"), ("webhook", "example.org"),
        ("block", "newsroom"), ("block", "slack-webhook/../x"),
    ],
)  # fmt: skip
def test_targets_that_cannot_be_reached_are_refused(channel: Any, target: str) -> None:
    with pytest.raises(InputError, match=r"should look like|in the clear"):
        check_target(channel, target)


def test_targets() -> None:
    check_target("mail", "ina.muster@example.org")
    check_target("webhook", "https://example.org/hook")
    check_target("webhook", "http://127.0.0.1:8000/hook")
    check_target("block", "slack-webhook/newsroom")


def test_chats_get_what_they_take(engine: Engine, offices: Any) -> None:
    receiver = offices.open()
    for channel in ("slack", "teams", "matrix"):
        receiver.serve(f"/{channel}", NO_CONTENT)
        watch(engine, channel, f"{receiver.url}/{channel}")
    fail(engine)
    assert deliver(engine, settings()) == Delivered(3, ())
    (slack,), (teams,), (matrix,) = (hooks(receiver, f"/{channel}") for channel in ("slack", "teams", "matrix"))
    assert slack["text"].startswith("land: nicht lesbar")
    assert matrix["text"].startswith("land: nicht lesbar")
    (card,) = teams["attachments"]
    assert card["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert card["content"]["body"][0]["text"] == "land: nicht lesbar"
    assert "Die Stelle sagt 403." in card["content"]["body"][1]["text"]


def test_chats_get_no_marks_and_no_more_than_they_take() -> None:
    assert _slack("", "<!channel> 5 & 6")["text"] == "&lt;!channel&gt; 5 &amp; 6"
    text = "\n\n".join([*(f"Absatz {number}" for number in range(99)), "Ende: https://b.example"]) + "\n"
    short = _within(text, 200)
    assert len(short) <= 210
    assert short.startswith("Absatz 0\n\n") and short.endswith("…\n\nEnde: https://b.example")


def test_watches_of_pages_reach_no_private_server(engine: Engine, offices: Any, configure: Any) -> None:
    receiver = offices.open()
    receiver.serve("/hook", NO_CONTENT)
    made = watch(engine, "slack", f"{receiver.url}/hook", on_page=True)
    confirm_watch(engine, made, now=datetime.now(UTC))
    fail(engine)
    (problem,) = deliver(engine, settings()).problems
    assert "no address of a public server" in problem
    assert receiver.requests == []
    # Where the pages are this machine's own, nobody else made the watch.
    configure(address="http://127.0.0.1:8080")
    assert deliver(engine, settings()) == Delivered(1, ())
