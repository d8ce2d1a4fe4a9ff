"""The command line in German: every help and every sentence has a German one, and German words are understood."""

import ast
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from typer import rich_utils
from typer.main import get_command

from cli.help import HEADINGS, paragraphs
from cli.language import _, language_of, recognised, speak
from cli.main import main, program
from cli.options import beginning, day, moment
from models import checked_yaml
from models.errors import InputError
from models.settings import settings
from output.recognised import known
from scrapers.registry import load_source
from tests.support import reports

ROOT = Path(__file__).parents[2]
FIELD = re.compile(r"\{[^{}]*\}")
NAME = re.compile(r"\{(\w+)")
LAYERS = ("models", "extractors", "scrapers", "db", "comparison", "inquiries", "output", "flows", "cli")
ERRORS = {
    each.name
    for each in ast.parse((ROOT / "models/errors.py").read_text("utf-8")).body
    if isinstance(each, ast.ClassDef)
}
"""The errors that people see as one sentence."""


ENGLISH = re.compile(r"\b(as of|stated|in all|completed|nothing found|aliases|source|state|reason|likeness|verified)\b")
WHOLE_LINES = re.compile(r"https?://|„nichts gefunden“")
"""Addresses and sentences are wrapped by the terminal."""


class Said(NamedTuple):
    """What came of a call."""

    status: str | int
    out: str
    err: str


@pytest.fixture
def german() -> Iterator[None]:
    speak("de")
    yield
    speak("en")


def shape(message: str) -> str:
    """A message without the names of its fields."""
    return FIELD.sub("{}", message)


KNOWN = known("de", ("cli",))
SHAPES = {shape(message) for message in KNOWN}


def helps(command: Any, name: str = "bilanz") -> Iterator[tuple[str, str]]:
    """Each paragraph that a command and all below it say of themselves and their options."""
    texts = [command.help or "", *(getattr(each, "help", None) or "" for each in command.params)]
    texts += [each.show_default for each in command.params if isinstance(getattr(each, "show_default", None), str)]
    for text in texts:
        yield from ((name, each) for each in paragraphs(text) if each and not each.startswith("Example: "))
    for part, below in getattr(command, "commands", {}).items():
        yield from helps(below, f"{name} {part}")


def text_of(node: ast.expr) -> str | None:
    """A string, or an f-string with its fields as "{}"."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values)
    return None


def said_by_commands() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "cli").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                constants = (each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant))
                yield from ((path.name, each) for each in constants if isinstance(each, str))


def errors() -> Iterator[tuple[str, str]]:
    """The sentences of errors that stand where they are raised; those that are put together elsewhere are no part."""
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                name = getattr(getattr(node, "func", None), "id", None)
                told = text_of(node.args[0]) if isinstance(node, ast.Call) and name in ERRORS and node.args else None
                if told and re.search("[a-z]", FIELD.sub("", told)):
                    yield path.name, told


def faults_of_files() -> Iterator[tuple[str, str]]:
    """What is wrong in a source file or one of an archive, by its schema."""
    yield from (("checked_yaml.py", shape(each)) for each in checked_yaml._PROBLEMS.values())
    for path in (ROOT / "models/source.py", ROOT / "models/archive.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            told = text_of(node.args[0]) if isinstance(node, ast.Call) and name_of(node) == "ValueError" else None
            if told:
                yield path.name, told


def findings() -> Iterator[tuple[str, str]]:
    """What checks find at a site, and what they looked at."""
    for path in sorted((ROOT / "scrapers/proposing").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and name_of(node) == "SiteFinding":
                told = [text_of(node.args[0]), text_of(node.args[3])]
                # "{layout}.body": a key of the file.
                spoken = (each for each in told if each and re.search("[a-z]", re.sub(r"\{\}\.\w+", "", each)))
                yield from ((path.name, each) for each in spoken)


def progress() -> Iterator[tuple[str, str]]:
    """What flows log, which a terminal shows in passing."""
    for path in sorted((ROOT / "flows").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in {"info", "warning"} and called_on(called) == "log":
                told = re.sub("%[sd]", "{}", text_of(node.args[0]) or "")
                yield from [(path.name, told)] if re.search("[a-z]", FIELD.sub("", told)) else []


def name_of(call: ast.Call) -> str | None:
    return getattr(call.func, "id", None)


def called_on(called: ast.Attribute) -> str | None:
    return getattr(called.value, "id", None)


def test_every_help_has_a_german_one() -> None:
    assert [each for each in helps(get_command(program())) if each[1] not in KNOWN] == []


def test_every_sentence_of_commands_has_a_german_one_with_its_fields() -> None:
    said = list(said_by_commands())
    assert len(said) > 200
    assert [each for each in said if each[1] not in KNOWN] == []
    for message, german in KNOWN.items():
        assert set(NAME.findall(german)) <= set(NAME.findall(message)), message


def test_every_error_has_a_german_one() -> None:
    told = list(errors())
    assert len(told) > 150
    assert [each for each in told if shape(each[1]) not in SHAPES] == []


@pytest.mark.parametrize(
    ("told", "at_least"),
    [(faults_of_files, 25), (findings, 15), (progress, 10)],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_what_is_told_in_passing_has_a_german_one(told: Callable[[], Iterator[tuple[str, str]]], at_least: int) -> None:
    said = list(told())
    assert len(said) >= at_least
    assert [each for each in said if shape(each[1]) not in SHAPES] == []


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("level", "stadt", "level: ist keines von 'federal', 'land', 'agency', 'court', 'municipal', 'union'."),
        ("feeds", "https://amt.example/f", "feeds: muss eine Liste sein."),
        ("feeds", ["amt.example"], "feeds.0: muss eine Adresse sein, die mit http:// oder https:// beginnt."),
        ("hosts", ["b.example"], "2:1: hosts muss den Host der Website enthalten."),
        ("verified", "gestern", "verified: muss ein Tag sein wie 2024-12-31."),
        ("feed", [], "feed: unbekannter Schlüssel."),
        ("politeness", {"spacing": -1}, "politeness.spacing: muss mindestens 0 sein."),
        ("gate", {"must_have": "h1::x"}, "an Stelle 2 steht ein Pseudoelement, das auf keiner Seite zu finden ist."),
        ("release_url", "(", "ist kein gültiger regulärer Ausdruck: an Stelle 0 beginnt eine Klammer ohne Ende."),
    ],
)
def test_faults_of_source_files_are_told_in_german(key: str, value: object, said: str, tmp_path: Path) -> None:
    file = {"publisher": "Amt", "level": "land", "state": "BE", "homepage": "https://amt.example/"}
    file |= {"hosts": ["amt.example"], "family": "typo3", "verified": "never", "feeds": ["https://amt.example/feed"]}
    path = tmp_path / "amt.yaml"
    path.write_text("# Amt\n" + yaml.safe_dump(file | {key: value}, sort_keys=False), "utf-8")
    with pytest.raises(InputError) as raised:
        load_source(path)
    told = recognised(str(raised.value))
    assert said in told and not re.search(r"\b(must|is|none|input|valid|should)\b", told, re.IGNORECASE), told


def test_nothing_else_is_called_as_the_function_that_translates() -> None:
    for path in (ROOT / "cli").rglob("*.py"):
        names = [each for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.Name)]
        of_that_name = {type(each.ctx) for each in names if each.id == "_"}
        assert len(of_that_name) < 2, path


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("There is no claim 'abc'.", "Es gibt keine Angabe 'abc'."),
        ("No source is called 'belrin'; did you mean berlin?", "Keine Quelle heißt 'belrin'. Meinten Sie berlin?"),
        (
            "a.jsonl, line 3 is no JSON object with id, title and text.",
            "a.jsonl, line 3 ist kein JSON-Objekt mit id, title und text.",
        ),
        (
            "The press office could not be read: robots.txt of x.example does not allow https://x.example/a.",
            "Die Pressestelle war nicht zu lesen: robots.txt von x.example erlaubt https://x.example/a nicht.",
        ),
        (
            "asks for 5 s between two requests, shuts https://a.example/x, as the file says; names 2 sitemaps",
            "verlangt 5 s zwischen zwei Abrufen, sperrt https://a.example/x, wie die Datei sagt; nennt 2 Sitemaps",
        ),
        ("berlin: 12 of 40 releases read", "berlin: 12 von 40 Meldungen gelesen"),
        (
            "12 of 40 releases could not be read (https://x.example: it took too long); "
            "3 of 40 releases were left for the next run",
            "12 von 40 Meldungen waren nicht zu lesen (https://x.example: es dauerte zu lange); "
            "3 von 40 Meldungen blieben für den nächsten Lauf",
        ),
        (
            "berlin: robots.txt of x.example does not allow https://x.example/a.",
            "berlin: robots.txt von x.example erlaubt https://x.example/a nicht.",
        ),
        ("status is a column, and what people write stays: 'status'.", None),
    ],
)
def test_errors_are_recognised_as_they_leave(sentence: str, said: str | None) -> None:
    assert recognised(sentence) == (said or sentence)


@pytest.mark.usefixtures("german")
def test_fields_are_filled_in() -> None:
    assert _("Watch {watch_id} rests.", watch_id=3) == "Beobachtung 3 ruht."
    assert _("no message of ours {x}", x=1) == "no message of ours 1"


@pytest.mark.parametrize(
    ("locale", "arguments", "language", "others"),
    [
        ({}, ["claims"], "en", ["claims"]),
        ({"LANG": "de_AT.UTF-8"}, ["claims"], "de", ["claims"]),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, ["claims"], "en", ["claims"]),
        ({"LC_MESSAGES": "de"}, ["--lang", "en", "claims"], "en", ["claims"]),
        ({}, ["claims", "--lang=de", "x"], "de", ["claims", "x"]),
        ({}, ["claims", "--lang", "fr"], "en", ["claims", "--lang", "fr"]),
        ({"LANG": "den"}, [], "en", []),
    ],
)
def test_language_is_that_of_the_option_or_the_locale(
    locale: dict[str, str], arguments: list[str], language: str, others: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, locale.get(name, ""))
    assert language_of(arguments) == (language, others)


@pytest.fixture
def bilanz(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Said]]:
    """The command in this process, at a terminal of 80 columns: its exit status and what it printed."""
    engine = reports.database(tmp_path)
    reports.fill(engine)
    engine.dispose()
    monkeypatch.setenv("BILANZ_DATABASE_URL", f"sqlite:///{tmp_path / 'bilanz.db'}")
    monkeypatch.setenv("COLUMNS", "80")
    settings.cache_clear()
    for name in HEADINGS:
        monkeypatch.setattr(rich_utils, name, getattr(rich_utils, name))

    def call(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["bilanz", "--lang", "de", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Said(ended.value.code or 0, printed.out, printed.err)

    yield call
    speak("en")
    settings.cache_clear()


def test_help_is_german(bilanz: Callable[..., Said]) -> None:
    shown = bilanz("claims", "--help").out
    assert all(word in shown for word in ("Aufruf: bilanz claims", "Optionen", "Zeigt diese Hilfe.", "abgeschlossen"))
    assert not {"Usage", "Options", "Example", "default", "One of"} & set(re.findall(r"\w+", shown))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["claims", "--status", "abgeschlosen"], "Meinten Sie abgeschlossen?"),
        (["claims", "--limit", "0"], "--limit': muss mindestens 1 sein"),
        (["claims", "--stauts", "x"], "Meinten Sie --status?"),
        (["claims", "--year", "24"], "'24' ist kein Jahr. Meinten Sie 2024?"),
        (["calims"], "Meinten Sie 'claims'"),
        (["compare", "Senprogramm"], "Meinten Sie Seenprogramm"),
        (["extract", "-", "--published", "gestern"], "--published': 'gestern' ist kein Tag"),
        (["backfill", "bmf", "--since", "gestern"], "--since': 'gestern' ist kein Jahr oder Tag"),
        (["promise", "rate", "x", "gehallten", "--reason", "x", "--source", "x"], "Meinten Sie gehalten?"),
    ],
)
def test_what_is_wrong_with_a_call_is_one_german_sentence(
    call: list[str], said: str, bilanz: Callable[..., Said]
) -> None:
    status, out, told = bilanz(*call)
    assert (status, out, said in told, told.count("\n")) == (2, "", True, 1), told
    assert "Invalid" not in told


def test_values_that_no_claim_has_are_told(bilanz: Callable[..., Said]) -> None:
    known = json.loads(bilanz("claims", "--format", "json").out)[0]
    assert f"Meinten Sie {known['source']}?" in bilanz("claims", "--source", known["source"][:-1]).err
    assert "Meinten Sie: abgeschlossen" in bilanz("claims", "abgeschlosen").err
    assert "ist nicht zu lesen (gibt es nicht)" in bilanz("extract", "nirgends.txt").err
    assert "Zu dem Jahr '1850' gibt es keine Angabe. Es gibt " in bilanz("claims", "--year", "1850").err


def test_german_words_are_understood_and_tables_fit_a_terminal(bilanz: Callable[..., Said]) -> None:
    named = json.loads(bilanz("claims", "--status", "abgeschlossen", "--format", "json").out)
    assert named
    assert {each["status"] for each in named} == {"completed"}
    lists = (["projects", "list"], ["sources", "list"], ["projects", "suggest"], ["health"], ["runs"])
    for words in (["compare", "Seenprogramm"], ["claims", "--project", "Seenprogramm"], *lists):
        shown = bilanz(*words).out
        assert not ENGLISH.search(shown), shown
        assert not re.search(r"\b\d{4}-\d\d-\d\d[ T]\d\d:", shown), shown
        assert all(len(line.rstrip()) <= 80 for line in shown.splitlines() if not WHOLE_LINES.search(line)), shown


def test_offices_are_listed_by_land(bilanz: Callable[..., Said]) -> None:
    shown = bilanz("sources").out.splitlines()
    assert shown[0].strip() == "Bund" and shown.count("") < 40
    assert any(line.split()[:2] == ["bayern-finanzen", "Bayerisches"] for line in shown)
    assert not [line for line in shown if "…" in line]


def test_a_report_is_german(bilanz: Callable[..., Said]) -> None:
    told = bilanz("report", "--since", "1.1.2020").out
    assert told.startswith("# Was von 01.01.2020, 00:00 Uhr bis ")
    assert " neue Meldungen, " in told and "## Neue Angaben" in told
    assert not ENGLISH.search(told) and "(before" not in told


@pytest.mark.parametrize("words", ["2024-12-31", "31.12.2024", "31. Dezember 2024", "31 December 2024", "Ende 2024"])
def test_a_day_is_understood_as_people_write_it(words: str) -> None:
    assert day(words) == date(2024, 12, 31)
    assert moment(words).isoformat() == "2024-12-31T00:00:00+01:00"


def test_a_beginning_is_a_year_a_month_or_a_day() -> None:
    assert [beginning(words) for words in ("2019", "Mai 2019", "3.5.2019")] == [
        date(2019, 1, 1), date(2019, 5, 1), date(2019, 5, 3),
    ]  # fmt: skip
