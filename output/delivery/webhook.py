"""Messages that are posted to web addresses: as Standard Webhooks describe, or as chat services take them."""

import json
import socket
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from standardwebhooks import Webhook
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Retry
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from models.errors import DeliveryFailed, ServiceDown
from models.settings import Settings
from output.letters import Letter

SECONDS = 20
"""That a server may be silent."""

_RETRIES = 2
_PAUSE = 0.5
_LONGEST = 20_000
"""Characters of a message in a chat; Teams takes 28 kB."""


def send_webhook(
    settings: Settings,
    target: str,
    letter: Letter,
    key: str,
    *,
    may_receive: Callable[[str], bool] | None = None,
    patient: bool = True,
) -> None:
    """Posts a message as JSON, as Standard Webhooks describe; signed where a secret is set.

    The certificate is verified, and redirects are not followed: the message is for this address alone.

    Args:
        settings: have the secret.
        target: the web address.
        letter: the message, of which `data` is posted.
        key: by which a receiver knows a message that comes twice.
        may_receive: which peers (IP addresses) may be spoken to; None for all.
        patient: False asks once and waits a quarter of the time, since a reader waits too.

    Raises:
        ServiceDown: there is no answer.
        DeliveryFailed: the answer is not 2xx.
    """
    body = json.dumps(letter.data, ensure_ascii=False)
    now = datetime.now(UTC)
    headers = {"webhook-id": key, "webhook-timestamp": str(int(now.timestamp()))}
    if settings.webhook_secret is not None:
        headers["webhook-signature"] = _signer(settings.webhook_secret.get_secret_value()).sign(key, now, body)
    _post(target, body, headers, may_receive=may_receive, patient=patient)


def send_chat(
    channel: str, target: str, letter: Letter, *, may_receive: Callable[[str], bool] | None = None, patient: bool = True
) -> None:
    """Posts a message in words to a chat: to an incoming webhook of "slack", "teams" or "matrix".

    Mattermost takes what Slack takes; of Matrix it is the generic webhook of the bridge Hookshot. For the other
    arguments and for errors see `send_webhook`.
    """
    body = json.dumps(_CHATS[channel](letter.subject, _within(letter.body, _LONGEST)), ensure_ascii=False)
    _post(target, body, {}, may_receive=may_receive, patient=patient)


def _slack(_subject: str, body: str) -> Mapping[str, Any]:
    # Slack reads these three as the beginning of links and marks.
    return {"text": body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")}


def _teams(subject: str, body: str) -> Mapping[str, Any]:
    paragraphs = body.removeprefix(subject).strip().split("\n\n")
    blocks = [{"type": "TextBlock", "text": subject, "weight": "Bolder", "wrap": True}]
    # A text block makes a new line of two.
    blocks += [{"type": "TextBlock", "text": each.replace("\n", "\n\n"), "wrap": True} for each in paragraphs]
    card = {"type": "AdaptiveCard", "version": "1.4", "body": blocks}
    return {
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}],
    }


def _matrix(_subject: str, body: str) -> Mapping[str, Any]:
    return {"text": body}


_CHATS: Mapping[str, Callable[[str, str], Mapping[str, Any]]] = {"slack": _slack, "teams": _teams, "matrix": _matrix}


def _within(text: str, most: int) -> str:
    """A text of so many characters at most, with its last paragraph, which has the links."""
    if len(text) <= most:
        return text
    begin, _, end = text.rstrip().rpartition("\n\n")
    return "\n\n".join((begin[: most - len(end)].rpartition("\n\n")[0], "…", end))


def _post(
    target: str, body: str, headers: Mapping[str, str], *, may_receive: Callable[[str], bool] | None, patient: bool
) -> None:
    sent = {
        "content-type": "application/json; charset=utf-8",
        "user-agent": f"Zwischenbilanz/{version('zwischenbilanz')}",
        **headers,
    }
    retry = Retry(
        _RETRIES if patient else 0,
        redirect=False,
        backoff_factor=_PAUSE,
        status_forcelist=(429, 502, 503, 504),
        allowed_methods=("POST",),
        respect_retry_after_header=False,
        raise_on_status=False,
    )
    with requests.Session() as session:
        # A proxy of the environment would hide the peer whose address is to be checked.
        session.trust_env = may_receive is None
        adapter = HTTPAdapter(max_retries=retry) if may_receive is None else _Checked(may_receive, retry)
        for scheme in ("http://", "https://"):
            session.mount(scheme, adapter)
        try:
            answer = session.post(
                target,
                data=body.encode(),
                headers=sent,
                timeout=SECONDS if patient else SECONDS / 4,
                allow_redirects=False,
                stream=True,
            )
        except requests.RequestException as error:
            raise ServiceDown(f"{_shown(target)} does not answer ({error}).") from error
    if answer.is_redirect:
        raise DeliveryFailed(f"{_shown(target)} redirects, which is not followed; watch with its new address.")
    if not answer.ok:
        raise DeliveryFailed(f"{_shown(target)} answered {answer.status_code}.")


class _Checked(HTTPAdapter):
    """Speaks to allowed peers only, which is seen on the open connection: names may lead elsewhere a moment later."""

    def __init__(self, may_receive: Callable[[str], bool], retry: Retry) -> None:
        self._may_receive = may_receive
        super().__init__(max_retries=retry)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        may_receive = self._may_receive

        def checked(connection: socket.socket, made_by: HTTPConnection) -> socket.socket:
            if may_receive(connection.getpeername()[0]):
                return connection
            connection.close()
            raise NewConnectionError(made_by, f"{made_by.host} is no address of a public server")

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return checked(super()._new_conn(), self)

        class Encrypted(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return checked(super()._new_conn(), self)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class EncryptedPool(HTTPSConnectionPool):
            ConnectionCls = Encrypted

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": EncryptedPool}


def _signer(secret: str) -> Webhook:
    try:
        return Webhook(secret)
    except ValueError as error:
        raise ServiceDown("BILANZ_WEBHOOK_SECRET is no secret; it should be whsec_ and bytes in base64.") from error


def _shown(target: str) -> str:
    """A webhook's address without what may be secret in it."""
    parts = urlsplit(target)
    return f"{parts.scheme}://{parts.hostname}"
