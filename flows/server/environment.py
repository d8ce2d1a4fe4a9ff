"""How Prefect runs inside one command. Applies to what is imported after `prepare`."""

import logging
import os
from pathlib import Path

TEMPORARY = "BILANZ_TEMPORARY_PREFECT"
"""Set where the Prefect server ends with this process, in its child processes too."""

_LOGGERS = ("flows", "scrapers", "extractors", "db")

_SETTINGS = {
    # Nothing is reported to anyone.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # What a server needs that serves a single run: it records task runs, and that is all.
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    # For where Prefect starts a server itself: on a busy machine its own 20 seconds are not enough.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
    # Releases are kept in our database, not a second time among Prefect's results.
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_LOGGING_EXTRA_LOGGERS": ",".join(_LOGGERS),
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    # Prefect's API keeps the log; what went wrong is said once, by the command.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}


def prepare(home: Path) -> None:
    """Sets what the user has not set; `home` is where Prefect keeps its own database."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("PREFECT_HOME", str(home.resolve()))
    let_be_heard()


def let_be_heard() -> None:
    """Lets the lines of our own log reach Prefect, in a worker too, which `prepare` did not prepare."""
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.INFO)
