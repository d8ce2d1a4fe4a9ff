"""The Prefect server and worker of docs/operation.md, literally: nights come by themselves, a run tells its story.

All that Prefect sends to the world would have to pass a proxy here, which notes who is asked for.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import httpx
import pytest
import yaml

from tests.support.offices import Offices, write_source
from tests.support.servers import free_port
from tests.support.simulator import CMS
from tests.support.simulator.server import Answer

ROOT = Path(__file__).parents[2]
PREFECT = [sys.executable, "-m", "prefect", "--no-prompt"]
PATIENCE = 120


class Prefect:
    """A server of its own with a pool, spoken to as the documentation says; `proxy` leads to the world."""

    def __init__(self, home: Path, sources: Path, url: str, proxy: str) -> None:
        self.port, self.log, self.sources = free_port(), home / "server.log", sources
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "BILANZ"))}
        self.environment = {
            **kept,
            "PREFECT_HOME": str(home),
            "PREFECT_API_URL": f"http://127.0.0.1:{self.port}/api",
            "BILANZ_HOME": str(ROOT),
            "BILANZ_DATABASE_URL": url,
            "BILANZ_SOURCES": str(sources),
            "BILANZ_CONTACT": "redaktion@example.org",
            "DO_NOT_TRACK": "1",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), proxy),
            **dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1,localhost"),
        }

    def start(self, *arguments: str, log: Path) -> subprocess.Popen[bytes]:
        with log.open("wb") as out:
            return subprocess.Popen([*PREFECT, *arguments], env=self.environment, cwd=ROOT, stdout=out, stderr=out)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PREFECT, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def ask(self, path: str, **filters: object) -> list[dict[str, object]]:
        answer = httpx.post(f"{self.environment['PREFECT_API_URL']}{path}", json=filters, timeout=30)
        found: list[dict[str, object]] = answer.raise_for_status().json()
        return found


def until_there(found):
    """What a function finds, as soon as it finds something."""
    for _ in range(PATIENCE):
        if result := found():
            return result
        time.sleep(1)
    pytest.fail("it did not come")


def _logs(prefect: Prefect, run_id: object) -> list[dict[str, object]]:
    """What our own loggers have told the server of a run."""
    lines = prefect.ask("/logs/filter", logs={"flow_run_id": {"any_": [run_id]}}, limit=200)
    return [line for line in lines if str(line["name"]).startswith("flows.")]


def ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(60)


class _Refusing(BaseHTTPRequestHandler):
    """A proxy that lets nobody through."""

    def _refuse(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_error(403)

    do_CONNECT = do_GET = do_POST = _refuse  # noqa: N815 - as the server calls them

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def proxy() -> Iterator[ThreadingHTTPServer]:
    """The way to the world; `asked` has the addresses that were asked for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Refusing)
    server.asked = []  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def prefect(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, proxy: ThreadingHTTPServer
) -> Iterator[Prefect]:
    """The server, on which nothing is deployed at first."""
    home = tmp_path_factory.mktemp("prefect")
    (home / "sources").mkdir()
    url = f"sqlite:///{shutil.copy(sqlite_template, home / 'bilanz.db')}"
    made = Prefect(home, home / "sources", url, f"http://127.0.0.1:{proxy.server_port}")
    server = made.start("server", "start", "--port", str(made.port), "--no-ui", log=made.log)

    def well() -> bool:
        try:
            with urlopen(f"{made.environment['PREFECT_API_URL']}/health", timeout=10) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    try:
        until_there(well)
        assert made.run("work-pool", "create", "bilanz", "--type", "process").returncode == 0
        yield made
    finally:
        ended(server)


def test_without_the_folder_nothing_is_deployed(prefect: Prefect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(prefect.environment, "BILANZ_HOME")
    refused = prefect.run("deploy", "--all")
    assert refused.returncode != 0
    assert "Set BILANZ_HOME to the folder of the source" in refused.stdout + refused.stderr
    assert prefect.ask("/deployments/filter") == []


def test_the_night_comes_by_itself_and_a_run_says_what_happened(
    prefect: Prefect, offices: Offices, tmp_path: Path, proxy: ThreadingHTTPServer
) -> None:
    for name in ("gesperrt", "fort"):
        office = offices.open(CMS("wordpress"))
        office.serve("/feed/", Answer(b"<h1>403</h1>", status=403))
        write_source(office, CMS("wordpress"), prefect.sources, name)
    deployed = prefect.run("deploy", "--all")
    assert deployed.returncode == 0, deployed.stdout + deployed.stderr
    found = {str(each["name"]): each for each in prefect.ask("/deployments/filter")}
    wanted = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
    queues = {name: each["work_queue_name"] for name, each in found.items()}
    assert queues == {each["name"]: each["work_pool"]["work_queue_name"] for each in wanted}
    (every,) = found["nightly"]["schedules"]  # type: ignore[misc]
    assert (every["schedule"]["cron"], every["schedule"]["timezone"]) == ("30 2 * * *", "Europe/Berlin")  # type: ignore[index]
    assert found["nightly"]["parameters"] == {"due": True}
    nights = until_there(
        lambda: prefect.ask("/flow_runs/filter", flow_runs={"state": {"type": {"any_": ["SCHEDULED"]}}})
    )
    assert all(str(night["expected_start_time"])[11:16] in ("00:30", "01:30") for night in nights)
    assert "Can't evaluate" not in prefect.log.read_text("utf-8")

    asked = prefect.run("deployment", "run", "ingest/by-hand", "--param", 'sources=["gesperrt","fort"]')
    assert asked.returncode == 0, asked.stdout + asked.stderr
    told = tmp_path / "worker.log"
    worker = prefect.start("worker", "start", "--pool", "bilanz", "--type", "process", log=told)
    try:
        (run,) = until_there(
            lambda: prefect.ask("/flow_runs/filter", flow_runs={"state": {"type": {"any_": ["FAILED", "CRASHED"]}}})
        )
        run_id = run["id"]  # type: ignore[index]
        # What a run logs reaches the server a little after its end.
        assert until_there(lambda: [line for line in _logs(prefect, run_id) if "403" in str(line["message"])])
    finally:
        ended(worker)
    reasons = str(run["state"]["message"])  # type: ignore[index]
    assert [reasons.count(f"{name}: ") for name in ("gesperrt", "fort")] == [1, 1]
    assert "TypeError" not in told.read_text("utf-8")
    artifacts = prefect.ask("/artifacts/filter", artifacts={"flow_run_id": {"any_": [run["id"]]}})
    assert {artifact["key"] for artifact in artifacts} == {"ingest", "ingest-digest"}
    # Its list of kinds of workers is public and asked for without a word of us.
    assert set(proxy.asked) <= {"raw.githubusercontent.com:443"}  # type: ignore[attr-defined]
