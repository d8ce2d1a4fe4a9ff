"""Mails, sent by the server of the settings."""

import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from models.addresses import is_this_machine
from models.errors import DeliveryFailed, ServiceDown
from models.settings import Settings
from output.letters import Letter

_SECONDS = 20
"""That a mail server may be silent."""


def can_mail(settings: Settings) -> bool:
    """Whether a server and a sender are set."""
    return settings.smtp_host is not None and settings.mail_from is not None


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
    if letter.end is not None:
        # By which mail programs offer a button of their own (RFC 8058).
        mail["List-Unsubscribe"] = f"<{letter.end}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
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


def _mail_server(settings: Settings, host: str) -> smtplib.SMTP:
    security = settings.smtp_security or ("plain" if is_this_machine(host) else "starttls")
    if security == "tls":
        return smtplib.SMTP_SSL(
            host, settings.smtp_port or smtplib.SMTP_SSL_PORT, timeout=_SECONDS, context=ssl.create_default_context()
        )
    usual = smtplib.SMTP_PORT if security == "plain" else 587
    server = smtplib.SMTP(host, settings.smtp_port or usual, timeout=_SECONDS)
    if security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
    return server
