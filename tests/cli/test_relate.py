"""`bilanz relate`: two stored claims by their keys, or places in releases from a file."""

import json
from pathlib import Path

from tests.support import reports

OLD = {"title": "Brückenprogramm", "published": "2023-03-01", "text": "Im Brückenprogramm sind 20 Brücken saniert."}
NEW = {"title": "Brückenprogramm", "published": "2024-03-01", "text": "Im Brückenprogramm sind 25 Brücken saniert."}


def place(release: dict[str, str], quote: str) -> dict[str, str | int]:
    start = f"{release['title']}\n\n{release['text']}".index(quote)
    return {**release, "start": start, "end": start + len(quote)}


def test_two_stored_claims_are_laid_side_by_side_with_their_sentences(bilanz, tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    reports.fill(engine)
    engine.dispose()
    listed = json.loads(bilanz("claims", "--format", "json").stdout)
    first, second = listed[0], listed[-1]
    shown = bilanz("relate", first["key"], second["key"]).stdout
    for claim in (first, second):
        assert claim["sentence"] in shown and claim["url"] in shown


def test_places_of_a_file_are_related_one_a_line(bilanz, tmp_path: Path) -> None:
    lines = [
        {"id": "grown", "a": place(OLD, "20 Brücken"), "b": place(NEW, "25 Brücken")},
        {"id": "no number", "a": place(OLD, "saniert"), "b": place(NEW, "25 Brücken")},
    ]
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    grown, none = map(json.loads, bilanz("relate", str(file), "--jsonl").stdout.splitlines())
    assert (grown["id"], grown["relation"]) == ("grown", "same") and grown["reasons"]
    assert (none["id"], none["relation"]) == ("no number", None)


def test_what_cannot_be_related_is_said_in_a_sentence(bilanz, tmp_path: Path) -> None:
    reports.database(tmp_path).dispose()
    assert "There is no claim 'unknown'" in bilanz("relate", "unknown", "other").stderr
    assert "Two keys are compared" in bilanz("relate", "one").stderr
    (tmp_path / "broken.jsonl").write_text('{"id": "1"}\n', "utf-8")
    assert "line 1 is no JSON object" in bilanz("relate", str(tmp_path / "broken.jsonl"), "--jsonl").stderr


def test_all_numbers_make_series_that_are_listed(bilanz, tmp_path: Path) -> None:
    engine = reports.database(tmp_path)
    reports.fill(engine)
    engine.dispose()
    before = bilanz("series")
    assert before.returncode == 1 and "`bilanz relate --all` makes them" in before.stderr
    assert "2 series of 4 points are stored" in bilanz("relate", "--all").stdout
    assert "as new as the claims" in bilanz("relate", "--all").stdout
    found = json.loads(bilanz("series", "Seenprogramm", "--format", "json").stdout)
    assert found["total"] == 2 and found["freshness"] == "current"
    completed = next(each for each in found["series"] if each["status"] == "completed")
    assert [point["figure"]["value"] for point in completed["points"]] == ["25", "31"]
    shown = bilanz("series", "--key", completed["key"]).stdout
    assert "+6 (+24 %)" in shown and completed["sentence"] in shown
    assert "takes no keys" in bilanz("relate", "--all", completed["key"]).stderr
