"""Sending a message to whoever watches, by the channel of the watch."""

from functools import partial
from urllib.parse import urlsplit

from db.watching.watches import WatchRecord
from models.addresses import is_this_machine
from models.settings import Settings
from output.delivery.mail import send_mail
from output.delivery.targets import may_receive
from output.delivery.webhook import send_chat, send_webhook
from output.letters import Letter


def send(
    settings: Settings, watch: WatchRecord, letter: Letter, key: str, *, patient: bool = True, local: bool | None = None
) -> None:
    """Sends a message by mail or to a web address.

    What was asked for on a page goes to public servers only; where the pages are this machine's own, to it as well.

    Args:
        settings: of the mail server, of signatures, and the address of the pages.
        watch: where it goes; its channel is none that Prefect has.
        letter: the message.
        key: by which a receiver knows a message that comes twice.
        patient: False does not try again, and waits less long.
        local: whether what was asked for on a page may go to this machine; None where the pages are its own.

    Raises:
        ServiceDown: what carries it is not set up, or does not answer.
        DeliveryFailed: it was refused.
    """
    if watch.channel == "mail":
        send_mail(settings, watch.target, letter, key)
        return
    local = is_local(settings.address) if local is None else local
    allowed = partial(may_receive, local=local) if watch.on_page else None
    if watch.channel == "webhook":
        send_webhook(settings, watch.target, letter, key, may_receive=allowed, patient=patient)
    else:
        send_chat(watch.channel, watch.target, letter, may_receive=allowed, patient=patient)


def is_local(address: str | None) -> bool:
    """Whether the public address of the pages is this machine's own, so that nobody else can use them."""
    return address is not None and is_this_machine(urlsplit(address).hostname or "")
