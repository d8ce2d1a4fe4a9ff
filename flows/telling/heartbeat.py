"""A sign of life: an address that is asked after good runs, so that someone else notices when none comes."""

import logging

import requests

from flows.runs.outcome import FinalState
from models.errors import InputError
from output.delivery.targets import check_target
from output.delivery.webhook import SECONDS

log = logging.getLogger(__name__)

_LASTING = {"lasting": True}
"""For whoever shows progress, see `cli.run_flow`."""


def beat(address: str | None, state: FinalState) -> None:
    """Asks the address that waits for signs of life; what goes wrong there harms no run.

    Args:
        address: of a service that rings when no sign came for a day; None where there is none.
        state: what the run came to.
    """
    if address is None:
        return
    try:
        check_target("webhook", address)
        answer = requests.post(address, json={"state": state}, timeout=SECONDS, allow_redirects=False)
    except InputError as error:
        log.warning("No sign of life could be given (BILANZ_HEARTBEAT): %s", error, extra=_LASTING)
    except requests.RequestException as error:
        log.debug("%s", error)
        log.warning("No sign of life could be given: the address of BILANZ_HEARTBEAT does not answer.", extra=_LASTING)
    else:
        if not answer.ok:
            told = "No sign of life could be given: the address of BILANZ_HEARTBEAT answered %d."
            log.warning(told, answer.status_code, extra=_LASTING)
