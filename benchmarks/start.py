"""Seconds from `bilanz ingest` to the first request, beside an empty Prefect flow; both with a fresh home, by turns.

    python -m benchmarks.start

Exit status 1 where the median of five is more than three seconds above that of the flow.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROUNDS = 5
MOST = 3.0
EMPTY = """
import time
from prefect import flow

@flow
def empty():
    print(time.time(), flush=True)

if __name__ == "__main__":
    empty()
"""


class _Office(BaseHTTPRequestHandler):
    """Notes when it was first asked."""

    first: float | None = None

    def do_GET(self) -> None:
        if _Office.first is None:
            _Office.first = time.time()
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def environment(home: Path) -> dict[str, str]:
    """Nobody's own settings, a fresh home, and time enough for Prefect to start a server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BILANZ_", "PREFECT_"))}
    return {
        **kept,
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
        "BILANZ_DATABASE_URL": f"sqlite:///{home}/bilanz.db",
    }


def ours(url: str) -> float:
    """Seconds until the office is asked for robots.txt."""
    _Office.first = None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        began = time.time()
        command = [sys.executable, "-m", "cli.main", "ingest", "--feed", f"{url}/feed.xml"]
        subprocess.run(command, env=environment(Path(home)), capture_output=True, check=False)
    if _Office.first is None:
        raise SystemExit("bilanz ingest asked for nothing")
    return _Office.first - began


def theirs() -> float:
    """Seconds until the body of an empty flow runs."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        script = Path(home) / "empty.py"
        script.write_text(EMPTY)
        began = time.time()
        output = subprocess.run(
            [sys.executable, str(script)], env=environment(Path(home)), capture_output=True, text=True, check=True
        ).stdout
    return float(output.split()[0]) - began


def main() -> None:
    """Prints both medians."""
    office = ThreadingHTTPServer(("127.0.0.1", 0), _Office)
    threading.Thread(target=office.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{office.server_port}"
    times: dict[str, list[float]] = {"bilanz ingest": [], "empty flow": []}
    for _ in range(ROUNDS):
        times["bilanz ingest"].append(ours(url))
        times["empty flow"].append(theirs())
    medians = {name: statistics.median(measured) for name, measured in times.items()}
    for name, measured in times.items():
        print(f"{name:14} {medians[name]:6.1f} s to the first step ({', '.join(f'{each:.1f}' for each in measured)})")
    sys.exit(medians["bilanz ingest"] > medians["empty flow"] + MOST)


if __name__ == "__main__":
    main()
