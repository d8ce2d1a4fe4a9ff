"""Runs the flow `ingest` each time a line arrives on standard input, and says what it came to and what it holds.

In a process of its own, so that the simulated office's memory is not counted.
"""

import json
import logging
import sys
from typing import Any

import psutil


def held() -> dict[str, int]:
    """Bytes of own memory, bytes of mapped files, and open file handles: of this process and those that read claims.

    SQLite reads the database through a mapping; those pages are the system's, which takes them back
    when it needs them, and grow with the database. Only the process' own memory can leak.
    """
    here = psutil.Process()
    readers = [child for child in here.children() if any("spawn_main" in part for part in child.cmdline())]
    memory = [process.memory_info() for process in (here, *readers)]
    return {
        "bytes": sum(each.rss - each.shared for each in memory),
        "mapped": sum(each.shared for each in memory),
        "handles": sum(process.num_fds() for process in (here, *readers)),
    }


def main(database_url: str, source: str) -> None:
    """Serves until standard input is closed; a Prefect server is there."""
    from flows.ingest import ingest  # not for the processes beside this one, which import this module too

    logging.disable()
    for _ in sys.stdin:
        state: Any = ingest(database_url, sources=[source], lookback=0, return_state=True)
        (report,) = state.result()
        print(json.dumps({**report.outcome.counts, "state": report.state, "reason": report.reason, **held()}))
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
