"""Links by which a watch is confirmed, paused and ended: signed, so that only who was sent one can use it."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Literal

from sqlalchemy import Engine

from db.watching.watches import WatchRecord, ended_watch_by_id, watch_by_id

Purpose = Literal["confirm", "manage"]

CONFIRMED_WITHIN = timedelta(days=2)
"""Time in which a watch can be confirmed; after that it is forgotten."""
_BYTES = 18


def signed(watch: WatchRecord, purpose: Purpose) -> str:
    """What a link has that does one thing with one watch: its id and a signature by its secret."""
    return f"{watch.id}.{_signature(watch, purpose)}"


def watch_of_link(engine: Engine, token: str, purpose: Purpose, *, now: datetime) -> WatchRecord | None:
    """The watch of such a link; None where the signature is another's, the watch has ended, or it is too late."""
    watch = _signed_watch(token, purpose, partial(watch_by_id, engine))
    if watch is None:
        return None
    too_late = watch.confirmed_at is None and now - watch.created_at > CONFIRMED_WITHIN
    return None if too_late else watch


def ended_watch_of_link(engine: Engine, token: str) -> WatchRecord | None:
    """The watch that a link once managed and that has ended; None where it stands, or there never was one."""
    return _signed_watch(token, "manage", partial(ended_watch_by_id, engine))


def _signed_watch(token: str, purpose: Purpose, by_id: Callable[[int], WatchRecord | None]) -> WatchRecord | None:
    number, _, signature = token.partition(".")
    # No more than the databases take.
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    watch = by_id(int(number))
    if watch is None or not hmac.compare_digest(_signature(watch, purpose).encode(), signature.encode()):
        return None
    return watch


def _signature(watch: WatchRecord, purpose: Purpose) -> str:
    digest = hmac.new(watch.secret.encode(), f"{purpose} {watch.id}".encode(), sha256).digest()
    return urlsafe_b64encode(digest[:_BYTES]).decode()
