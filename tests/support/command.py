"""How the tests start the command."""

import os
import sys
from pathlib import Path

COMMAND = [str(Path(sys.executable).with_name("bilanz"))]


def environment(database: Path, prefect_home: Path) -> dict[str, str]:
    """An environment without a user's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BILANZ_", "PREFECT_"))}
    return {
        **kept,
        "BILANZ_DATABASE_URL": f"sqlite:///{database}",
        "PREFECT_HOME": str(prefect_home),
        "PYTHONWARNINGS": "ignore",
    }


def servers(prefect_home: Path) -> list[str]:
    """The Prefect servers that run with this home."""
    mine = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text()
            settings = (process / "environ").read_text()
        except OSError:
            continue
        if "flows.server.serving" in command and str(prefect_home) in settings:
            mine.append(process.name)
    return mine
