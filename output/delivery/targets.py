"""Where messages can go: what an address of each channel looks like."""

import re
from email.errors import HeaderParseError
from email.headerregistry import Address
from urllib.parse import urlsplit

from models.addresses import is_this_machine, may_speak_to
from models.errors import InputError
from models.watching import Channel

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
    elif channel == "block":
        if not _BLOCK.fullmatch(target):
            raise InputError(f"{target!r} names no notification block; it should look like slack-webhook/newsroom.")
    else:
        _check_web_address(target)


def check_public(target: str, *, local: bool) -> None:
    """Makes sure that a web address does not say itself that it is none of a public server.

    Where a name leads is checked when something is posted there.

    Args:
        target: a web address, as `check_target` takes it.
        local: this machine is allowed too.

    Raises:
        InputError: it is an address within a network.
    """
    host = urlsplit(target).hostname or ""
    try:
        allowed = may_receive(host, local=local)
    except ValueError:  # a name
        allowed = local or not is_this_machine(host)
    if not allowed:
        raise InputError(f"{target} is no address of a public server.")


def may_receive(peer: str, *, local: bool) -> bool:
    """Whether what anybody asked for may be posted to an IP address: a public one, with `local` also this machine's."""
    return may_speak_to(peer, local=False) or (local and may_speak_to(peer, local=True))


def service(channel: Channel, target: str) -> str:
    """What carries messages there: where it is down, others of its messages need not be tried."""
    if channel == "mail":
        return "mail"
    return target if channel == "block" else urlsplit(target).netloc


def _check_web_address(target: str) -> None:
    try:
        parts = urlsplit(target)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or not target.isprintable() or " " in target:
        raise InputError(f"{target!r} is no web address; it should look like https://example.org/hook.")
    if parts.scheme == "http" and not is_this_machine(host):
        raise InputError(f"{target} would be sent in the clear; give an address that begins with https://.")
