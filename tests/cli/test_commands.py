"""What commands print, and how they fail: one sentence, an exit status, no traceback."""

import csv
import gzip
import json
import re
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from typer.main import get_command

from cli.help import paragraphs
from cli.main import LISTED, program
from tests.support import reports
from tests.support.command import COMMAND, environment
from tests.support.simulator import CMS, samples
from tests.support.simulator.server import Answer

RELEASE = (
    "Brückenprogramm: Zwischenstand\n\n"
    "Von den 40 Brücken des Brückenprogramms „Neue Wege“ sind 25 fertiggestellt, 10 weitere befinden sich im Bau.\n\n"
    "Das Land stellt dafür 12,5 Millionen Euro bereit."
)

COMMANDS = (
    *("demo", "ingest", "import", "extract", "page", "language", "claims", "compare", "series", "runs", "health"),
    *("sources", "sources list", "sources check", "sources add", "sources pause", "sources resume", "sources remove"),
    *("db upgrade", "db downgrade", "db check", "db export", "db import", "db verify", "reextract", "check", "web"),
    *("projects", "projects list", "projects merge", "projects split", "projects suggest", "projects log"),
    *("projects unsure", "projects undo", "nouns", "nouns list", "nouns join", "nouns undo", "nouns suggest"),
    *("user add", "user list", "user revoke", "watch add", "watch list", "watch remove", "report", "objections"),
)


def one_sentence(result: subprocess.CompletedProcess[str]) -> str:
    """The only line on standard error of a command that failed as it should."""
    assert result.returncode == 2, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    (line,) = result.stderr.strip().splitlines()
    return line


def test_help_shows_all_commands(bilanz) -> None:
    result = bilanz("--help")
    assert result.returncode == 0
    for command in COMMANDS:
        assert command.split()[0] in result.stdout
        assert f"Example: bilanz {command}" in re.sub(r"[│`\s]+", " ", bilanz(*command.split(), "--help").stdout)


def test_a_broken_source_file_is_named_and_stops_no_other_office(bilanz, tmp_path: Path, offices) -> None:
    cms = CMS("wordpress", samples(3))
    own = tmp_path / "own"
    own.mkdir()
    cms.source_file(offices.open(cms).url, own).rename(own / "gut.yaml")
    (own / "kaputt.yaml").write_text("level: [", "utf-8")
    listed = bilanz("sources", "list", "--format", "csv", BILANZ_SOURCES=str(own), BILANZ_BUNDLED="no")
    assert listed.returncode == 2
    assert [line.partition(",")[0] for line in listed.stdout.splitlines()] == ["id", "gut"]
    assert "kaputt.yaml" in listed.stderr
    read = bilanz("ingest", "--source", "gut", BILANZ_SOURCES=str(own))
    assert read.returncode == 0
    assert re.search(r"^gut +completed +3 +3 ", read.stdout, re.MULTILINE)
    assert "kaputt.yaml" in read.stderr


def test_an_office_without_a_file_leaves_health_and_keeps_its_releases(bilanz, tmp_path: Path, offices) -> None:
    cms = CMS("wordpress", samples(3))
    own = tmp_path / "own"
    own.mkdir()
    file = cms.source_file(offices.open(cms).url, own).rename(own / "gut.yaml")
    assert bilanz("ingest", "--source", "gut", BILANZ_SOURCES=str(own)).returncode == 0
    refused = one_sentence(bilanz("sources", "remove", "gut", BILANZ_SOURCES=str(own)))
    assert refused == "gut has a source file and would be read again; `bilanz sources pause gut` ends that."
    file.unlink()
    assert bilanz("sources", "remove", "gut", BILANZ_SOURCES=str(own)).returncode == 0
    assert bilanz("health").returncode == 1
    with sqlite3.connect(tmp_path / "bilanz.db") as connection:
        assert connection.execute("SELECT count(*) FROM releases WHERE source_id = 'gut'").fetchone() == (3,)


def test_who_has_tokens_is_listed(bilanz) -> None:
    assert bilanz("db", "upgrade").returncode == 0
    assert bilanz("user", "list").returncode == 1
    bilanz("user", "add", "Ada", "--label", "laptop")
    bilanz("user", "add", "Ada", "--label", "desk")
    bilanz("user", "revoke", "Ada", "--label", "desk")
    listed = list(csv.DictReader(bilanz("user", "list", "--format", "csv").stdout.splitlines()))
    told = {each["label"]: (each["name"], each["allows"], bool(each["made"]), bool(each["revoked"])) for each in listed}
    assert told == {"laptop": ("Ada", "review", True, False), "desk": ("Ada", "review", True, True)}


def test_who_only_reads_makes_no_folder(bilanz, tmp_path: Path) -> None:
    for command in (["health"], ["claims"], ["db", "verify"]):
        assert "There is no database" in one_sentence(bilanz(*command, BILANZ_DATABASE_URL="sqlite:///nowhere/b.db"))
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("command", [["serve"], ["ingest"]])
def test_settings_that_cannot_be_are_told(bilanz, command: list[str]) -> None:
    told = one_sentence(bilanz(*command, BILANZ_NIGHT="25:99"))
    assert told == "BILANZ_NIGHT is '25:99'; it must be a time of day such as 02:30."


def test_a_folder_of_sources_that_is_not_there_is_told(bilanz, tmp_path: Path) -> None:
    for command in (["ingest"], ["sources"], ["sources", "check", "bmas"]):
        assert "is not there" in one_sentence(bilanz(*command, BILANZ_SOURCES=str(tmp_path / "nichtda")))


def test_the_list_of_commands_loads_none_and_says_what_their_helps_say(bilanz) -> None:
    code = (
        "import sys\nfrom cli.main import main\nsys.argv = ['bilanz', '--help']\n"
        "try:\n    main()\nfinally:\n"
        "    print([name for name in sys.modules if name.startswith(('cli.commands.', 'output.', 'pydantic'))])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    *shown, loaded = result.stdout.splitlines()
    assert loaded == "[]"
    assert len(shown) > 50
    listed = {name: told for name, (_place, told) in LISTED.items()}
    assert listed == {name: paragraphs(each.help)[0] for name, each in get_command(program()).commands.items()}


def test_help_loads_nothing_heavy() -> None:
    heavy = {"spacy", "prefect", "sqlalchemy", "trafilatura", "pydantic", "soupsieve"}
    code = f"import sys, cli.main; cli.main.program(); print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("command", [["claims", "--project", "Seenprogramm"], ["compare", "Seenprogramm"]])
def test_questions_to_the_database_load_neither_language_nor_flows(command: list[str], tmp_path: Path) -> None:
    code = (
        "import sys\nfrom cli.main import main\n"
        f"sys.argv = {['bilanz', *command]}\n"
        "try:\n    main()\nfinally:\n"
        "    print(sorted({'spacy', 'prefect', 'trafilatura', 'fastapi', 'distributed', 'pydantic_settings', 'alembic'}"
        " & set(sys.modules)))"
    )
    where = environment(tmp_path / "bilanz.db", tmp_path)
    engine = reports.database(tmp_path)
    reports.fill(engine)
    engine.dispose()
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path, env=where
    )
    *shown, loaded = result.stdout.splitlines()
    assert ("31" in "".join(shown), loaded) == (True, "[]")
    assert [path.name for path in tmp_path.glob("bilanz.db*")] == ["bilanz.db"], "the log is put away"


def test_text_file_becomes_one_json_line(bilanz, tmp_path: Path) -> None:
    (tmp_path / "B1.txt").write_text(RELEASE, "utf-8")
    result = bilanz("extract", "B1.txt", "--jsonl", "--published", "2024-05-01")
    assert (result.returncode, result.stderr) == (0, "")
    (line,) = result.stdout.splitlines()
    record = json.loads(line)
    assert (record["id"], record["published"]) == ("B1", "2024-05-01")
    assert {"25", "10", "40", "12500000"} <= {claim["value"] for claim in record["claims"]}
    for claim in record["claims"]:
        assert RELEASE[claim["start"] : claim["end"]] == claim["quote"]
        assert claim["extractor_version"] == record["extractor_version"]
    assert {"name", "aliases"} == set(record["projects"][0])


def test_json_lines_and_standard_input_give_what_the_file_gives(bilanz, tmp_path: Path) -> None:
    title, _, text = RELEASE.partition("\n\n")
    line = json.dumps({"id": "B1", "published": "2024-05-01", "title": title, "text": text})
    (tmp_path / "B1.txt").write_text(RELEASE, "utf-8")
    (tmp_path / "many.jsonl").write_text(f"{line}\n{line}\n", "utf-8")
    (tmp_path / "many.jsonl.gz").write_bytes(gzip.compress(f"{line}\n".encode()))
    expected = bilanz("extract", "B1.txt", "--jsonl", "--published", "2024-05-01").stdout
    assert bilanz("extract", "many.jsonl", "many.jsonl.gz", "--jsonl").stdout == expected * 3
    assert bilanz("extract", "-", "--jsonl", stdin=line).stdout == expected
    piped = bilanz("extract", "-", "--jsonl", "--published", "2024-05-01", stdin=RELEASE).stdout
    assert json.loads(piped) == {**json.loads(expected), "id": "stdin"}


def test_saved_page_is_read_as_a_release(bilanz, tmp_path: Path) -> None:
    title, *paragraphs = RELEASE.split("\n\n")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f'<html lang="de"><body><main><h1>{title}</h1><time>2024-05-01</time>{body}</main></body></html>'
    (tmp_path / "saved.html").write_text(html, "utf-8")
    record = json.loads(bilanz("extract", "saved.html", "--jsonl").stdout)
    assert {"25", "10", "40", "12500000"} <= {claim["value"] for claim in record["claims"]}
    page = json.loads(bilanz("page", "saved.html", "--json").stdout)
    assert (page["title"], page["text"]) == (title, RELEASE)


def test_claims_are_listed_for_people_and_explained_on_request(bilanz) -> None:
    result = bilanz("extract", "-", stdin=RELEASE)
    assert "25 of 40 Brücken · completed" in result.stdout
    assert "rule " not in result.stdout
    explained = bilanz("extract", "-", "--explain", stdin=RELEASE).stdout
    assert "rule " in explained
    assert "status: „fertiggestellt“" in explained


def test_release_without_claims_ends_with_status_1(bilanz) -> None:
    result = bilanz("extract", "-", stdin="Titel\n\nHier steht nichts.")
    assert (result.returncode, result.stderr) == (1, "No claim was found.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["extract", "missing.txt"], "missing.txt cannot be read (No such file or directory)."),
        (["extract", "bad.jsonl"], "bad.jsonl, line 2 is no JSON object with id, title and text."),
        (["extract", "bad.jsonl.gz"], "bad.jsonl.gz cannot be read"),
        (["extract", "latin.txt"], "latin.txt is no UTF-8 text"),
        (["extract", "day.jsonl"], "day.jsonl, line 1: 'gestern' is no date"),
        (["page", "missing.html"], "missing.html cannot be read (No such file or directory)."),
        (["page", "x.html", "--source", "uebungsportl"], "did you mean uebungsportal"),
        (["ingest", "--source", "nirgendwo"], "No source is called 'nirgendwo'"),
        (["ingest", "--feed", "ftp://example.org/feed"], "is no address that begins"),
        (["ingest", "--feed", "http://x.example/", "--source", "nrw"], "alone"),
        (["claims"], "There is no database"),
        (["compare", "Ruhr-Konferenz"], "There is no database"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(bilanz, tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "bad.jsonl").write_text("\n[]\n", "utf-8")
    (tmp_path / "day.jsonl").write_text('{"id": 1, "title": "a", "text": "b", "published": "gestern"}', "utf-8")
    (tmp_path / "bad.jsonl.gz").write_bytes(b"no gzip")
    (tmp_path / "latin.txt").write_bytes("Brücke\n\nText".encode("latin-1"))
    assert said in one_sentence(bilanz(*arguments))


def test_bad_date_and_unknown_status_are_usage_errors(bilanz) -> None:
    assert bilanz("extract", "-", "--published", "gestern").returncode == 2
    result = bilanz("claims", "--status", "fertig")
    assert result.returncode == 2
    assert "in_progress" in result.stderr


def test_database_of_another_program_is_refused(bilanz, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "bilanz.db") as database:
        database.execute("CREATE TABLE other (id INTEGER)")
    assert "another program" in one_sentence(bilanz("claims"))


def test_office_that_cannot_be_reached_fails_in_one_sentence(bilanz) -> None:
    result = bilanz("ingest", "--feed", "http://127.0.0.1:9/feed.xml")
    assert result.returncode == 2
    assert "127.0.0.1:9" in result.stderr
    assert "Traceback" not in result.stderr


def test_reader_that_hangs_up_causes_no_traceback(bilanz, tmp_path: Path) -> None:
    (tmp_path / "B1.txt").write_text(RELEASE, "utf-8")
    process = subprocess.Popen(
        [*COMMAND, "extract", *["B1.txt"] * 300, "--explain"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert "Traceback" not in process.stderr.read()
    assert process.wait() != 0


def test_sources_are_listed_checked_and_proposed(bilanz, offices, tmp_path: Path) -> None:
    listed = json.loads(bilanz("sources", "list", "--format", "json").stdout)
    assert {"uebungsportal", "berlin"} <= {source["id"] for source in listed}
    assert {source["last_run"] for source in listed} == {None}
    office = offices.open(CMS("wordpress"))
    added = bilanz("sources", "add", f"{office.url}/feed/", "--folder", "sources")
    assert (added.returncode, added.stderr) == (0, "")
    (proposal,) = (tmp_path / "sources").glob("*.yaml")
    assert f"BILANZ_SOURCES=sources bilanz sources check {proposal.stem}" in added.stdout
    checked = bilanz("sources", "check", proposal.stem, BILANZ_SOURCES=str(tmp_path / "sources"))
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "10 releases" in checked.stdout
    read = bilanz("sources", "check", proposal.stem, "--claims", BILANZ_SOURCES=str(tmp_path / "sources"))
    assert (read.returncode, read.stderr, "„" in checked.stdout) == (0, "", False)
    assert read.stdout.count("„") >= 3
    assert not (tmp_path / "bilanz.db").exists()
    assert "exists already" in one_sentence(bilanz("sources", "add", f"{office.url}/feed/", "--folder", "sources"))
    own = str(tmp_path / "sources")
    office.serve("/robots.txt", Answer(b"User-agent: *\nDisallow: /wp-sitemap\nDisallow: /feed\n"))
    assert bilanz("sources", "check", proposal.stem, BILANZ_SOURCES=own).returncode == 3
    office.serve("/feed/", Answer(b"<h1>403</h1>", status=403))
    told = bilanz("sources", "check", proposal.stem, "--report", "abend.md", BILANZ_SOURCES=own)
    assert (told.returncode, told.stderr) == (3, "")
    assert "**differs** robots" in (tmp_path / "abend.md").read_text("utf-8")
    (diagnosis,) = json.loads((tmp_path / "abend.json").read_text("utf-8"))
    assert (diagnosis["source"], diagnosis["severity"]) == (proposal.stem, "broken")
    assert "Name one press office, or say --all" in one_sentence(bilanz("sources", "check"))
    assert "BILANZ_CONTACT" in one_sentence(bilanz("sources", "check", "--all", BILANZ_CONTACT=""))


def test_database_is_made_and_checked(bilanz) -> None:
    assert bilanz("db", "upgrade").returncode == 0
    assert bilanz("db", "check").stdout == "The database is as it should be.\n"
    assert "nonsense" in one_sentence(bilanz("db", "downgrade", "nonsense", "--yes"))
    assert "Nothing was removed" in one_sentence(bilanz("db", "downgrade", "0003"))
    assert bilanz("db", "check").returncode == 0
    assert bilanz("claims").returncode == 1


def test_feed_is_read_listed_and_reported(bilanz, offices) -> None:
    office = offices.open(CMS("wordpress"))
    first = bilanz("ingest", "--feed", f"{office.url}/feed/")
    assert (first.returncode, first.stderr) == (0, "")
    assert "completed" in first.stdout
    listed = json.loads(bilanz("claims", "--format", "json", "--limit", "3").stdout)
    assert len(listed) == 3
    assert all(claim["quote"] in claim["sentence"] and claim["url"].startswith(office.url) for claim in listed)
    table = bilanz("claims", "--format", "csv").stdout.splitlines()
    assert table[0].startswith("key,kind,value,")
    assert bilanz("claims", "--source", "nirgendwo").returncode == 1
    (run,) = json.loads(bilanz("runs", "--format", "json").stdout)
    assert (run["state"], run["new"]) == ("completed", 10)
    assert datetime.fromisoformat(run["started"]).tzinfo
    well = bilanz("health", "--format", "json")
    (health,) = json.loads(well.stdout)
    assert (well.returncode, well.stderr, health["state"], health["releases"]) == (0, "", "completed", 10)
    assert datetime.fromisoformat(health["last run"]).tzinfo
    assert bilanz("db", "backup", "copy.db").returncode == 0
    assert "The last proved copy of the database is of 20" in bilanz("health").stdout
    office.serve("/feed/", Answer(b"", status=503))
    assert bilanz("ingest", "--feed", f"{office.url}/feed/").returncode == 2
    unwell = bilanz("health", "--format", "json")
    assert (unwell.returncode, json.loads(unwell.stdout)[0]["state"]) == (1, "failed")
    assert "Some press offices could not be read in their last run." in unwell.stderr
