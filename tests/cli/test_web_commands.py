"""`bilanz web` and `bilanz user`: the pages answer, and a token opens what it should."""

import json
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import select

from db.curation.reviewers import holder
from db.engine import connect
from db.tables import Token
from tests.support import reports
from tests.support.command import COMMAND, environment


@pytest.fixture(autouse=True)
def filled(tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    reports.fill(engine)
    engine.dispose()


@pytest.fixture
def pages(tmp_path: Path, prefect_home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command as it serves, with a browser that notes what it is to open, and the address that it printed."""
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {tmp_path / "opened"}\n')
    browser.chmod(0o755)
    process = subprocess.Popen(
        [*COMMAND, "web", "--port", "0", "--open"],
        cwd=tmp_path,
        env=environment(tmp_path / "bilanz.db", prefect_home) | {"BROWSER": f"{browser} %s"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, (line, process.communicate())
    yield process, found[0]
    process.kill()
    process.communicate()


def test_pages_answer_at_the_printed_address_until_interrupted(
    pages: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, address = pages
    with urlopen(f"{address}/") as home:
        assert home.status == 200
    assert (tmp_path / "opened").read_text() == f"{address}/"
    asked = urlencode({"statement": "Von den 40 Projekten des Seenprogramms sind 31 abgeschlossen."})
    with urlopen(f"{address}/api/v1/check?{asked}") as answer:
        assert json.load(answer)["verdict"] == "supported"
    with pytest.raises(HTTPError, match="404"):
        urlopen(Request(f"{address}/nowhere", headers={"Accept": "text/html"}))
    process.send_signal(signal.SIGINT)
    assert process.communicate()[1] == ""
    assert process.returncode == 0


def test_port_that_is_taken_is_said_in_one_sentence(bilanz) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        result = bilanz("web", "--port", str(other.getsockname()[1]))
    assert (result.returncode, result.stdout) == (2, "")
    assert "choose another --port" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_token_is_printed_once_kept_as_hash_and_revoked(bilanz, tmp_path: Path) -> None:
    added = bilanz("user", "add", "Ada Beispiel", "--label", "laptop")
    assert added.returncode == 0
    (token,) = added.stdout.split()
    engine = connect(f"sqlite:///{tmp_path / 'bilanz.db'}")
    known = holder(engine, token)
    assert known is not None
    assert (known.name, known.scopes) == ("Ada Beispiel", {"review"})
    with engine.connect() as connection:
        assert token not in str(connection.execute(select(Token)).all())
    assert "Ada Beispiel: 0" in bilanz("user", "revoke", "Ada Beispiel", "--label", "phone").stdout
    assert holder(engine, token) is not None
    assert bilanz("user", "revoke", "Ada Beispiel").returncode == 0
    assert holder(engine, token) is None
    assert "no user" in bilanz("user", "revoke", "Ben").stderr
