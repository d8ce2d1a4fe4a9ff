"""Telling those who watch: each message until it arrived, no service tried again that is down."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from db.curation.objections import SENDERS_KEPT, forget_senders
from db.watching.alerts import Message, alert_failed, alert_sent, take_alert, waiting_alerts
from db.watching.links import CONFIRMED_WITHIN
from db.watching.raising import raise_claim_alerts
from db.watching.watches import forget_unconfirmed
from flows.telling.blocks import send_to_block
from flows.telling.publishers import publishers
from inquiries.previous import PreviousStatements
from models.errors import DeliveryFailed, ServiceDown
from models.settings import Settings
from output.delivery.send import send
from output.delivery.targets import service
from output.letters import Letter, letter

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of delivering: messages that arrived, and one sentence for each that did not."""

    sent: int
    problems: tuple[str, ...]


def deliver(engine: Engine, settings: Settings) -> Delivered:
    """Tells watches what happened since they were last told, and tries again what did not arrive.

    Nothing is lost where the process is killed: what was not delivered waits for the next run. A
    message that arrived at the very moment of a kill comes once more, with the same key.
    """
    forget_unconfirmed(engine, before=_now() - CONFIRMED_WITHIN)
    forget_senders(engine, before=_now() - SENDERS_KEPT)
    raise_claim_alerts(engine, PreviousStatements, now=_now())
    publisher = publishers(engine, settings)
    sent, problems, down = 0, [], set[str]()
    for waiting in waiting_alerts(engine, now=_now()):
        carrier = service(waiting.channel, waiting.target)
        message = None if carrier in down else take_alert(engine, waiting.id, now=_now())
        if message is None:
            continue
        try:
            _send(message, settings, publisher)
        except DeliveryFailed as error:
            if isinstance(error, ServiceDown):
                down.add(carrier)
            problems.append(_failed(engine, message, error))
        else:
            alert_sent(engine, message, now=_now())
            sent += 1
            log.info("watch %d was told of %d changes", message.watch.id, len(message.items) + message.left_out)
    return Delivered(sent, tuple(problems))


def _failed(engine: Engine, message: Message, error: DeliveryFailed) -> str:
    given_up = alert_failed(engine, message, str(error), now=_now())
    end = f"It is given up after {message.tries} tries." if given_up else "The next run tries again."
    problem = f"Watch {message.watch.id}: {error} {end}"
    log.warning("%s", problem)
    return problem


def _send(message: Message, settings: Settings, publisher: Callable[[str], str]) -> None:
    watch = message.watch
    written: Letter = letter(message, address=settings.address, publisher=publisher)
    if watch.channel == "block":
        send_to_block(watch.target, written)
    else:
        send(settings, watch, written, message.key)


def _now() -> datetime:
    return datetime.now(UTC)
