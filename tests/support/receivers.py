"""A real mail server and a real webhook receiver on loopback."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.simulator import PressOffice


class Mailbox:
    """What a mail server took; `refuse` answers the next mails with an error instead."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse: str | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Called by aiosmtpd for every mail."""
        if self.refuse:
            return self.refuse
        assert isinstance(envelope.content, bytes)
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.mails.append(found)
        return "250 OK"

    def texts(self) -> list[str]:
        return [mail.get_content() for mail in self.mails]


@contextmanager
def mail_server(
    mailbox: Mailbox,
    port: int,
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    login: tuple[str, str] | None = None,
) -> Iterator[None]:
    """Serves on a port until the block ends."""

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=(data.login.decode(), data.password.decode()) == login, handled=False)

    auth: dict[str, Any] = {"auth_required": True, "authenticator": check} if login else {}
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=port, ssl_context=tls, tls_context=starttls,
        require_starttls=starttls is not None, **auth,
    )  # fmt: skip
    controller.start()
    try:
        yield
    finally:
        controller.stop()


def hooks(receiver: PressOffice, path: str = "/hook") -> list[dict[str, Any]]:
    """What was posted there."""
    with receiver._lock:
        return [json.loads(request.body) for request in receiver.requests if request.url == path]
