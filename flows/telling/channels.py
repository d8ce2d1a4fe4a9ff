"""How messages leave: e-mail, webhooks, and Prefect's notification blocks."""

import json
import re
import smtplib
import ssl
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from importlib.metadata import version
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from standardwebhooks import Webhook
from urllib3 import Retry

from db.watching.watches import Channel
from models.errors import DeliveryFailed, InputError, ServiceDown
from models.settings import Settings
from output.letters import Letter

SECONDS = 20
"""That a server may be silent."""

_RETRIES = 2
_PAUSE = 0.5
_BLOCK = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")


def check_target(channel: Channel, target: str) -> None:
    """Makes sure that something can be sent there at all.

    Raises:
        InputError: it is no address of that channel, or one that would carry messages in the clear.
    """
    if channel == "mail":
        try:
            complete = Address(addr_spec=target).domain
        except (HeaderParseError, ValueError, IndexError):
            complete = ""
        if not complete or not target.isprintable():
            raise InputError(f"{target!r} is no mail address; it should look like name@example.org.")
    elif channel == "webhook":
        parts = urlsplit(target)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(f"{target!r} is no web address; it should look like https://example.org/hook.")
        if parts.scheme == "http" and not is_loopback(parts.hostname):
            raise InputError(f"{target} would be sent in the clear; give an address that begins with https://.")
    elif not _BLOCK.fullmatch(target):
        raise InputError(f"{target!r} names no notification block; it should look like slack-webhook/newsroom.")


def service(channel: Channel, target: str) -> str:
    """What carries messages there: where it is down, others of its messages need not be tried."""
    if channel == "mail":
        return "mail"
    return urlsplit(target).netloc if channel == "webhook" else target


def send_mail(settings: Settings, target: str, letter: Letter, key: str) -> None:
    """Sends a mail by the server of the settings.

    Raises:
        ServiceDown: the server is not set up, does not answer, or lets us not in.
        DeliveryFailed: the server does not take this mail.
    """
    if settings.smtp_host is None or settings.mail_from is None:
        raise ServiceDown("No mail can be sent; set BILANZ_SMTP_HOST and BILANZ_MAIL_FROM.")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.mail_from, target, letter.subject
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = f"<{key}@{settings.mail_from.rpartition('@')[2].strip(' >')}>"
    # So that absence notes do not answer.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.body)
    mail["Content-Language"] = letter.language
    try:
        with _mail_server(settings, settings.smtp_host) as server:
            if settings.smtp_user is not None:
                password = settings.smtp_password
                server.login(settings.smtp_user, password.get_secret_value() if password else "")
            server.send_message(mail)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise DeliveryFailed(f"The mail server {settings.smtp_host} refused the mail ({error}).") from error
    except (OSError, smtplib.SMTPException) as error:
        raise ServiceDown(f"The mail server {settings.smtp_host} cannot be used ({error}).") from error


def send_webhook(settings: Settings, target: str, letter: Letter, key: str) -> None:
    """Posts a message as JSON, as Standard Webhooks describe; signed where a secret is set.

    The certificate is verified, and redirects are not followed: the message is for this address alone.

    Raises:
        ServiceDown: there is no answer.
        DeliveryFailed: the answer is not 2xx.
    """
    body = json.dumps(letter.data, ensure_ascii=False)
    now = datetime.now(UTC)
    headers = {
        "content-type": "application/json; charset=utf-8",
        "user-agent": f"Zwischenbilanz/{version('zwischenbilanz')}",
        "webhook-id": key,
        "webhook-timestamp": str(int(now.timestamp())),
    }
    if settings.webhook_secret is not None:
        headers["webhook-signature"] = _signer(settings.webhook_secret.get_secret_value()).sign(key, now, body)
    with requests.Session() as session:
        retry = Retry(
            _RETRIES,
            redirect=False,
            backoff_factor=_PAUSE,
            status_forcelist=(429, 502, 503, 504),
            allowed_methods=("POST",),
            respect_retry_after_header=False,
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=retry))
        try:
            answer = session.post(
                target, data=body.encode(), headers=headers, timeout=SECONDS, allow_redirects=False, stream=True
            )
        except requests.RequestException as error:
            raise ServiceDown(f"{_shown(target)} does not answer ({error}).") from error
    if answer.is_redirect:
        raise DeliveryFailed(f"{_shown(target)} redirects, which is not followed; watch with its new address.")
    if not answer.ok:
        raise DeliveryFailed(f"{_shown(target)} answered {answer.status_code}.")


def send_to_block(target: str, letter: Letter) -> None:
    """Hands a message to a notification block that was saved in Prefect ("slack-webhook/newsroom").

    Raises:
        DeliveryFailed: there is no such block, or it could not notify.
    """
    import prefect.blocks.notifications  # noqa: F401  # so that Prefect knows its own blocks
    from prefect.blocks.abstract import NotificationBlock
    from prefect.blocks.core import Block

    try:
        block: Any = Block.load(target)
        if not isinstance(block, NotificationBlock):
            raise DeliveryFailed(f"The block {target} is not for notifications.")
        with block.raise_on_failure():
            block.notify(letter.body, letter.subject)  # type: ignore[unused-coroutine]
    except DeliveryFailed:
        raise
    except Exception as error:  # a block is anyone's code
        raise DeliveryFailed(f"The block {target} could not notify ({type(error).__name__}: {error}).") from error


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, so that nothing leaves it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _mail_server(settings: Settings, host: str) -> smtplib.SMTP:
    security = settings.smtp_security or ("plain" if is_loopback(host) else "starttls")
    if security == "tls":
        return smtplib.SMTP_SSL(
            host, settings.smtp_port or smtplib.SMTP_SSL_PORT, timeout=SECONDS, context=ssl.create_default_context()
        )
    usual = smtplib.SMTP_PORT if security == "plain" else 587
    server = smtplib.SMTP(host, settings.smtp_port or usual, timeout=SECONDS)
    if security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
    return server


def _signer(secret: str) -> Webhook:
    try:
        return Webhook(secret)
    except ValueError as error:
        raise ServiceDown("BILANZ_WEBHOOK_SECRET is no secret; it should be whsec_ and bytes in base64.") from error


def _shown(target: str) -> str:
    """A webhook's address without what may be secret in it."""
    parts = urlsplit(target)
    return f"{parts.scheme}://{parts.hostname}"
