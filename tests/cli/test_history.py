"""`bilanz history`, WARC files and `bilanz db forget`: what they say, and how they end."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from tests.support.archive import WebArchive, described
from tests.support.simulator.server import PressOffice
from tests.support.years import HOST, Kept, at, office, page, warc

FIRST = at("2016-05-01T10:00:00")


def url(number: int) -> str:
    return f"https://www.{HOST}/pm/{number}"


@pytest.fixture
def site() -> WebArchive:
    return WebArchive([Kept(url(each), FIRST + timedelta(days=each), page(each, 10 + each)) for each in range(1, 4)])


@pytest.fixture
def asked(site: WebArchive, bilanz, tmp_path: Path) -> Iterator:
    """Runs the command where an archive of its own stands beside the office's file."""
    with PressOffice(site) as server:
        own = tmp_path / "sources"
        (own / "archives").mkdir(parents=True)
        source = office().model_dump(mode="json", exclude_unset=True, exclude={"id"})
        (own / "amt.yaml").write_text(yaml.safe_dump(source), "utf-8")
        archive = described(server.url).model_dump(mode="json", exclude_unset=True, exclude={"id"})
        for door in ("index", "replay"):
            archive[door]["spacing"] = 0.01
        (own / "archives" / "probe.yaml").write_text(yaml.safe_dump(archive), "utf-8")
        settings = {"BILANZ_SOURCES": str(own), "BILANZ_CONTACT": "me@example.org"}
        yield lambda *arguments, **more: bilanz(*arguments, **settings | more)


def test_years_are_planned_read_shown_and_forgotten(asked, site: WebArchive) -> None:
    where = ("amt", "--since", "2015", "--archive", "probe")
    assert "probe" in asked("history", "archives").stdout
    plan = asked("history", "plan", *where)
    assert (plan.returncode, plan.stderr) == (0, "")
    assert [line.split() for line in plan.stdout.splitlines() if line.startswith("2016")] == [
        ["2016", "3", "3", "3", "3"]
    ]
    assert "No copy of 2015, 2017" in plan.stdout
    assert "Probearchiv: 3 requests; 0 minutes at its pace." in plan.stdout
    assert site.count("replay") == 0
    read = asked("history", "read", *where)
    assert (read.returncode, read.stderr) == (0, "")
    assert "3 copies: 3 new releases, 0 corrected" in read.stdout
    again = asked("history", "read", *where)
    assert (again.returncode, again.stderr) == (1, "No copy is left to be read.\n")
    assert site.count("replay") == 3
    shown = " ".join(asked("claims", "--source", "amt", "--status", "completed").stdout.split())
    assert "archived by Probearchiv on 2 May 2016:" in shown
    assert {each["kind"] for each in json.loads(asked("runs", "--format", "json").stdout)} == {"history"}
    gone = asked("db", "forget", url(1), "--reason", "Request", "--yes")
    assert gone.returncode == 0
    assert f"{url(1)} is forgotten: " in gone.stdout
    assert url(1) in " ".join(asked("db", "forget", "--list").stdout.split())
    assert asked("db", "verify").returncode == 0
    assert url(1) not in asked("claims", "--source", "amt", "--format", "csv").stdout


def test_archive_that_is_asked_too_much_ends_the_command(asked, site: WebArchive) -> None:
    site.refuse = lambda _number, _kind: 429
    plan = asked("history", "plan", "amt", "--since", "2015", "--archive", "probe")
    assert plan.returncode == 2
    assert "answers 429. It is left alone for 60 minutes" in plan.stderr


def test_what_cannot_be_asked_is_said_in_one_sentence(asked) -> None:
    for arguments, word in (
        (["plan", "amt", "--since", "2015", "--archive", "prob"], "did you mean probe?"),
        (["plan", "niemand", "--since", "2015"], "No source is called"),
        (["read", "amt", "--since", "gestern"], "no year or day"),
    ):
        result = asked("history", *arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert word in result.stderr
    assert "BILANZ_CONTACT" in asked("history", "plan", "amt", "--since", "2015", BILANZ_CONTACT="").stderr


def test_warc_files_are_imported_as_what_the_office_said(asked, tmp_path: Path) -> None:
    records = [Kept(url(1), FIRST, page(1, 8)), Kept(url(2), FIRST, page(2, 9), fields={"WARC-Truncated": "time"})]
    warc(tmp_path / "amt.warc.gz", [*records, Kept("https://andere.example/", FIRST, page(3, 3))])
    result = asked("import", "amt.warc.gz")
    assert result.returncode == 0
    counts = "1 new releases, 0 corrected, 0 known already; 2 new claims; 1 other answers were passed over."
    assert result.stdout.splitlines()[0] == f"amt.warc.gz is imported as amt: {counts}"
    assert "record 3" in result.stderr
    assert "WARC-Truncated: time" in result.stderr
    written = asked("db", "warc", "again.warc.gz")
    assert written.stdout == "1 answers were written.\n"
    assert "1 known already" in asked("import", "again.warc.gz", "--source", "amt").stdout
    refused = asked("import", "amt.warc.gz", "--publisher", "Amt")
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
