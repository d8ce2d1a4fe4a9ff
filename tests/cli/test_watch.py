"""`bilanz watch` and `bilanz report`: what is watched, told and said where it cannot be."""

import json
from pathlib import Path

import pytest

from db.archive.imported import note_import
from tests.support import reports
from tests.support.simulator.server import Answer


@pytest.fixture(autouse=True)
def filled(tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    reports.fill(engine)
    engine.dispose()


def test_a_watch_is_added_told_of_what_is_new_and_removed(bilanz, offices, tmp_path: Path) -> None:
    receiver = offices.open()
    receiver.serve("/hook", Answer(b"", status=204))
    search = "https://bilanz.example.org/?project=Seenprogramm&status=completed"
    added = bilanz("watch", "add", search, "--webhook", f"{receiver.url}/hook", BILANZ_ADDRESS="https://b.example")
    assert (added.returncode, added.stderr) == (0, "")
    assert "Seenprogramm, completed" in added.stdout
    assert "https://b.example/watches/" in added.stdout
    reports.correct(reports.database(tmp_path))
    first = bilanz("report", "--send")
    assert first.stderr == "1 messages were delivered.\n"
    assert "Changed by their publishers" in first.stdout
    (posted,) = (json.loads(request.body) for request in receiver.requests)
    assert posted["data"]["watch"]["query"] == "project=Seenprogramm&status=completed"
    assert {item["change"] for item in posted["data"]["items"]} == {"changed"}
    assert bilanz("report", "--send").stderr == "0 messages were delivered.\n"
    assert len(receiver.requests) == 1
    (row,) = json.loads(bilanz("watch", "list", "--format", "json").stdout)
    assert (row["watches"], row["sent"], row["waiting"]) == ("Seenprogramm, completed", 1, 0)
    assert "0 new claims, 0 changed" in bilanz("report").stdout
    assert bilanz("watch", "remove", str(row["id"])).returncode == 0
    assert bilanz("watch", "list").returncode == 1


def test_message_that_does_not_arrive_is_said(bilanz, tmp_path: Path) -> None:
    added = bilanz("watch", "add", "--mail", "ina@example.org")
    assert "set BILANZ_SMTP_HOST" in added.stderr
    reports.correct(reports.database(tmp_path))
    result = bilanz("report", "--send")
    assert result.returncode == 1
    assert "## Messages that did not arrive" in result.stdout
    (row,) = json.loads(bilanz("watch", "list", "--format", "json").stdout)
    assert (row["waiting"], "BILANZ_SMTP_HOST" in row["problem"]) == (1, True)


def test_a_watch_rests_and_goes_on(bilanz, offices, tmp_path: Path) -> None:
    receiver = offices.open()
    receiver.serve("/hook", Answer(b"", status=204))
    assert bilanz("watch", "add", "--slack", f"{receiver.url}/hook", "--every", "day").returncode == 0
    assert bilanz("watch", "pause", "1").stdout == "Watch 1 rests.\n"
    (row,) = json.loads(bilanz("watch", "list", "--format", "json").stdout)
    assert (row["every"], row["state"]) == ("day", "paused")
    reports.correct(reports.database(tmp_path))
    assert bilanz("report", "--send").stderr == "0 messages were delivered.\n"
    assert bilanz("watch", "resume", "1").stdout == "Watch 1 goes on.\n"
    assert "no watch 7" in bilanz("watch", "resume", "7").stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Stege"], "Give one of --mail, --webhook, --slack, --teams, --matrix and --block."),
        (["Stege", "--webhook", "http://example.org"], "in the clear"),
        (["projekt=Stege", "--mail", "a@b.de"], "Nothing is searched for by 'projekt'; it can be one of q, project,"),
        (["status=fertig", "--mail", "a@b.de"], "status cannot be searched for"),
        (["source=gibt-es-nicht", "--sources", "--mail", "a@b.de"], "gibt-es-nicht"),
        (["q=Stege", "--sources", "--mail", "a@b.de"], "leave other parameters out"),
    ],
)
def test_what_cannot_be_watched_is_said_in_one_sentence(bilanz, arguments: list[str], said: str) -> None:
    result = bilanz("watch", "add", *arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_a_name_that_nobody_used_is_told_and_all_is_german(bilanz) -> None:
    added = bilanz("--lang", "de", "watch", "add", "project=Seenprogram", "--mail", "ina@example.org")
    assert (
        added.returncode == 0 and "Noch nennt keine Meldung Seenprogram. Ähnliche Namen: Seenprogramm" in added.stderr
    )
    everything = bilanz("--lang", "de", "watch", "add", "", "--mail", "ina@example.org")
    assert "alle Angaben" in everything.stdout


def test_what_was_imported_can_be_watched(bilanz, tmp_path: Path) -> None:
    note_import(reports.database(tmp_path), "amt", "Amt für Seen")
    added = bilanz("watch", "add", "source=amt", "--mail", "a@b.example")
    assert added.returncode == 0, added.stderr
    assert "No source is called" in bilanz("watch", "add", "source=ammt", "--mail", "a@b.example").stderr
